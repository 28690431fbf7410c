/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.Holder;
import org.cloudstackbackup.framework.limit.Holder.Kind;
import org.cloudstackbackup.framework.limit.ResourceStore;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jdbi.v3.core.Handle;

/** Limits and counts in tables {@code resource_limit} and {@code resource_count}. */
public final class JdbcResourceStore implements ResourceStore {
    private static final String AMOUNTS = """
            SELECT account_id, domain_id, type, count AS amount, 0 AS is_limit FROM resource_count
             WHERE account_id IN (<accounts>) OR domain_id IN (<domains>)
             UNION ALL
            SELECT account_id, domain_id, type, max AS amount, 1 AS is_limit FROM resource_limit
             WHERE account_id IN (<accounts>) OR domain_id IN (<domains>)""";
    private static final String ACCOUNTS = """
            SELECT a.id, a.type, a.account_name, d.uuid AS domain_uuid
              FROM account a JOIN domain d ON d.id = a.domain_id
             WHERE a.id IN (<ids>) ORDER BY a.id""";
    private static final String DOMAINS = "SELECT id, uuid, path FROM domain WHERE id IN (<ids>) ORDER BY id";
    // The same as BackupStatus.footprint, which tests hold it to.
    private static final String FOOTPRINT = """
            SELECT COUNT(*) AS backups, COALESCE(SUM(CASE
                     WHEN status IN ('Allocated', 'Queued', 'BackingUp') THEN COALESCE(protected_size, 0)
                     ELSE COALESCE(size, protected_size, 0) END), 0) AS bytes
              FROM backups
             WHERE removed IS NULL
               AND (status IN ('Allocated', 'Queued', 'BackingUp', 'BackedUp', 'Restoring')
                    OR (status = 'Error' AND external_id IS NOT NULL))
               AND %s""";

    private final Database database;
    private final CountRows counts = new CountRows();

    public JdbcResourceStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public List<Holder> lock(Owner owner) {
        if (!database.isOpen()) {
            throw new IllegalStateException("Counts were to be locked outside of a transaction");
        }
        return database.jdbi().withHandle(handle -> {
            List<OwnerKey> owners = new ArrayList<>();
            owners.add(OwnerKey.account(owner.accountId()));
            counts.chain(handle, owner.domainId()).forEach(domain -> owners.add(OwnerKey.domain(domain)));
            Map<OwnerKey, Footprint> used = counts.lock(handle, owners);
            Optional<BackupLedger> ledger = database.atEnd(BackupLedger.class);
            Map<OwnerKey, Holder> holders = holders(handle, owners);
            return owners.stream()
                    .map(each -> known(holders, each)
                            .using(used.getOrDefault(each, Footprint.NONE)
                                    .plus(ledger.map(open -> open.pending(handle, each))
                                            .orElse(Footprint.NONE))))
                    .toList();
        });
    }

    @Override
    public Map<Long, Holder> accounts(Collection<Long> ids) {
        return byId(ids.stream().map(OwnerKey::account).toList());
    }

    @Override
    public Map<Long, Holder> domains(Collection<Long> ids) {
        return byId(ids.stream().map(OwnerKey::domain).toList());
    }

    private Map<Long, Holder> byId(List<OwnerKey> owners) {
        Map<Long, Holder> found = new LinkedHashMap<>();
        if (!owners.isEmpty()) {
            database.jdbi()
                    .withHandle(handle -> holders(handle, owners))
                    .forEach((owner, holder) -> found.put(owner.id(), holder));
        }
        return found;
    }

    @Override
    public List<Long> chain(long domainId) {
        return database.jdbi().withHandle(handle -> counts.chain(handle, domainId));
    }

    @Override
    public void limitAccount(long accountId, ResourceType type, long limit) {
        limit(OwnerKey.account(accountId), type, limit);
    }

    @Override
    public void limitDomain(long domainId, ResourceType type, long limit) {
        limit(OwnerKey.domain(domainId), type, limit);
    }

    private void limit(OwnerKey owner, ResourceType type, long limit) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("INSERT INTO resource_limit (account_id, domain_id, type, max)"
                                + " VALUES (:account, :domain, :type, :max) ON DUPLICATE KEY UPDATE max = :max")
                        .bind("account", owner.isAccount() ? owner.id() : null)
                        .bind("domain", owner.isAccount() ? null : owner.id())
                        .bind("type", type.wireName())
                        .bind("max", limit)
                        .execute());
    }

    @Override
    public Footprint recountAccount(long accountId) {
        return recount(OwnerKey.account(accountId), List.of(accountId), "account_id IN (<ids>)");
    }

    @Override
    public Footprint recountDomain(long domainId) {
        List<Long> below = database.jdbi().withHandle(handle -> below(handle, domainId));
        return recount(OwnerKey.domain(domainId), below, "domain_id IN (<ids>)");
    }

    /** Whoever adds a row that is not seen yet waits for the lock with its part of the count. */
    private Footprint recount(OwnerKey owner, List<Long> ids, String condition) {
        return database.inTransaction(() -> database.jdbi().withHandle(handle -> {
            counts.lock(handle, Set.of(owner));
            Footprint used = handle.createQuery(FOOTPRINT.formatted(condition))
                    .bindList("ids", ids)
                    .map((row, context) -> new Footprint(row.getLong("backups"), row.getLong("bytes")))
                    .one();
            counts.set(handle, owner, used);
            return used;
        }));
    }

    /** The domain and all below it. */
    private static List<Long> below(Handle handle, long domainId) {
        Map<Long, List<Long>> children = new HashMap<>();
        handle.createQuery("SELECT id, parent FROM domain WHERE parent IS NOT NULL")
                .map((row, context) -> Map.entry(row.getLong("parent"), row.getLong("id")))
                .forEach(edge -> children.computeIfAbsent(edge.getKey(), parent -> new ArrayList<>())
                        .add(edge.getValue()));
        List<Long> found = new ArrayList<>(List.of(domainId));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(children.getOrDefault(found.get(i), List.of()));
        }
        return found;
    }

    private static Holder known(Map<OwnerKey, Holder> holders, OwnerKey owner) {
        Holder holder = holders.get(owner);
        if (holder == null) {
            throw new IllegalStateException(owner + " is not in the database");
        }
        return holder;
    }

    /** Three statements, however many. */
    private static Map<OwnerKey, Holder> holders(Handle handle, Collection<OwnerKey> owners) {
        Map<OwnerKey, Footprint> used = new HashMap<>();
        Map<OwnerKey, Map<ResourceType, Long>> limits = new HashMap<>();
        handle.createQuery(AMOUNTS)
                .bindList("accounts", CountRows.ids(owners, true))
                .bindList("domains", CountRows.ids(owners, false))
                .map((row, context) -> {
                    Rows rows = new Rows(row);
                    return new Amount(
                            CountRows.owner(rows),
                            CountRows.type(rows),
                            row.getLong("amount"),
                            row.getInt("is_limit") == 1);
                })
                .forEach(amount -> {
                    if (amount.isLimit()) {
                        limits.computeIfAbsent(amount.owner(), owner -> new EnumMap<>(ResourceType.class))
                                .put(amount.type(), amount.amount());
                    } else {
                        used.merge(amount.owner(), amount.footprint(), Footprint::plus);
                    }
                });
        Map<OwnerKey, Holder> holders = new LinkedHashMap<>();
        handle.createQuery(ACCOUNTS)
                .bindList("ids", CountRows.ids(owners, true))
                .map((row, context) -> {
                    OwnerKey owner = OwnerKey.account(row.getLong("id"));
                    return new Named(
                            owner,
                            Kind.ofAccount(owner.id(), row.getInt("type")),
                            row.getString("account_name"),
                            row.getString("domain_uuid"));
                })
                .forEach(named -> holders.put(named.owner(), named.holder(used, limits)));
        handle.createQuery(DOMAINS)
                .bindList("ids", CountRows.ids(owners, false))
                .map((row, context) -> {
                    OwnerKey owner = OwnerKey.domain(row.getLong("id"));
                    return new Named(
                            owner,
                            Kind.ofDomain(owner.id()),
                            Domain.displayPath(row.getString("path")),
                            row.getString("uuid"));
                })
                .forEach(named -> holders.put(named.owner(), named.holder(used, limits)));
        return holders;
    }

    private record Amount(OwnerKey owner, ResourceType type, long amount, boolean isLimit) {
        Footprint footprint() {
            return type == ResourceType.BACKUP ? new Footprint(amount, 0) : new Footprint(0, amount);
        }
    }

    private record Named(OwnerKey owner, Kind kind, String name, String domainUuid) {
        Holder holder(Map<OwnerKey, Footprint> used, Map<OwnerKey, Map<ResourceType, Long>> limits) {
            return new Holder(
                    kind,
                    owner.id(),
                    name,
                    domainUuid,
                    limits.getOrDefault(owner, Map.of()),
                    used.getOrDefault(owner, Footprint.NONE));
        }
    }
}
