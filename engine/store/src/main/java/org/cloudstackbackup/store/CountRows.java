/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code resource_count}. Rows are locked in the order of their ids, and those of the root domain, which every change
 * needs, have the lowest: whoever has them has all, so transactions do not wait for each other in a circle. Safe for use by
 * many threads.
 */
final class CountRows {
    private static final String ROW = "SELECT id, account_id, domain_id, type, count FROM resource_count WHERE ";
    private static final String ADD = "UPDATE resource_count SET count = count + :delta WHERE id = :id";
    private static final String INSERT =
            "INSERT INTO resource_count (account_id, domain_id, type, count) VALUES (:account, :domain, :type, 0)";
    // One transaction at a time adds rows: several would wait for each other in a circle at the unique indexes.
    private static final String LOCK_TABLE =
            "SELECT version FROM table_version WHERE name = 'resource_count' FOR UPDATE";

    /** A domain and all above it. Never changes: domains are renamed, not moved. */
    private final Map<Long, List<Long>> chains = new ConcurrentHashMap<>();

    /** The domain itself and every domain above up to the root, in this order. */
    List<Long> chain(Handle handle, long domainId) {
        List<Long> known = chains.get(domainId);
        if (known != null) {
            return known;
        }
        List<Long> found = new ArrayList<>();
        @Nullable Long next = domainId;
        while (next != null) {
            found.add(next);
            next = handle.createQuery("SELECT parent FROM domain WHERE id = :id")
                    .bind("id", next)
                    .map((row, context) -> new Rows(row).maybeLong("parent"))
                    .findOne()
                    .orElse(null);
        }
        List<Long> chain = List.copyOf(found);
        chains.put(domainId, chain);
        return chain;
    }

    /** What the owners use now, as far as it is committed or of the open transaction; holds other changes back until its end. */
    Map<OwnerKey, Footprint> lock(Handle handle, Collection<OwnerKey> owners) {
        List<Row> rows = handle.createQuery(ROW + "id IN (<ids>) ORDER BY id FOR UPDATE")
                .bindList("ids", rows(handle, owners).stream().map(Row::id).toList())
                .map((row, context) -> row(new Rows(row)))
                .list();
        return rows.stream().collect(Collectors.toMap(Row::owner, Row::footprint, Footprint::plus));
    }

    /** Changes what the owners use; also those whose change is none are locked. Two statements, however many owners. */
    void add(Handle handle, Map<OwnerKey, Footprint> changes) {
        PreparedBatch batch = handle.prepareBatch(ADD);
        rows(handle, changes.keySet())
                .forEach(row -> batch.bind("id", row.id())
                        .bind("delta", requireNonNull(changes.get(row.owner())).of(row.type()))
                        .add());
        batch.execute();
    }

    /** Writes what the owner uses. */
    void set(Handle handle, OwnerKey owner, Footprint used) {
        PreparedBatch batch = handle.prepareBatch("UPDATE resource_count SET count = :count WHERE id = :id");
        rows(handle, Set.of(owner))
                .forEach(row -> batch.bind("id", row.id())
                        .bind("count", used.of(row.type()))
                        .add());
        batch.execute();
    }

    /** Adds the rows of an owner that uses nothing yet. */
    void create(Handle handle, OwnerKey owner) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (ResourceType type : ResourceType.values()) {
            batch.bind("account", owner.isAccount() ? owner.id() : null)
                    .bind("domain", owner.isAccount() ? null : owner.id())
                    .bind("type", type.wireName())
                    .add();
        }
        batch.execute();
    }

    /** By id, without locking them. Accounts and domains get their rows when they are made; missing ones are added. */
    private List<Row> rows(Handle handle, Collection<OwnerKey> owners) {
        List<Row> rows = find(handle, owners);
        if (rows.size() == owners.size() * ResourceType.values().length) {
            return rows;
        }
        handle.createQuery(LOCK_TABLE).mapTo(Long.class).one();
        // Domains before accounts, so that the root's rows come to be before all others.
        Set<OwnerKey> missing =
                new TreeSet<>(Comparator.comparing(OwnerKey::isAccount).thenComparing(OwnerKey::id));
        missing.addAll(owners);
        find(handle, owners).forEach(row -> missing.remove(row.owner()));
        missing.forEach(owner -> create(handle, owner));
        return find(handle, owners);
    }

    private static List<Row> find(Handle handle, Collection<OwnerKey> owners) {
        return handle.createQuery(ROW + "account_id IN (<accounts>) OR domain_id IN (<domains>) ORDER BY id")
                .bindList("accounts", ids(owners, true))
                .bindList("domains", ids(owners, false))
                .map((row, context) -> row(new Rows(row)))
                .list();
    }

    /** Never empty, which SQL does not know: 0 is nobody's id. */
    static List<Long> ids(Collection<OwnerKey> owners, boolean accounts) {
        List<Long> ids = owners.stream()
                .filter(owner -> owner.isAccount() == accounts)
                .map(OwnerKey::id)
                .sorted()
                .toList();
        return ids.isEmpty() ? List.of(0L) : ids;
    }

    private static Row row(Rows row) throws SQLException {
        return new Row(row.row().getLong("id"), owner(row), type(row), row.row().getLong("count"));
    }

    static OwnerKey owner(Rows row) throws SQLException {
        Long account = row.maybeLong("account_id");
        return account != null
                ? OwnerKey.account(account)
                : OwnerKey.domain(row.row().getLong("domain_id"));
    }

    static ResourceType type(Rows row) throws SQLException {
        String name = row.row().getString("type");
        return ResourceType.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("Unknown type of resource " + name));
    }

    private record Row(long id, OwnerKey owner, ResourceType type, long count) {
        Footprint footprint() {
            return type == ResourceType.BACKUP ? new Footprint(count, 0) : new Footprint(0, count);
        }
    }
}
