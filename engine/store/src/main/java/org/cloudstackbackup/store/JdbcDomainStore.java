/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.Domains;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.jdbi.v3.core.statement.Update;

/** The tree of domains in table {@code domain}; where a domain stands is its {@code path}. */
public final class JdbcDomainStore implements Domains {
    private static final String SELECT = "SELECT " + IdentityRows.DOMAIN + " FROM domain d WHERE ";

    private final Database database;
    private final CountRows counts = new CountRows();

    public JdbcDomainStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Domain> find(long id) {
        return one(SELECT + "d.id = :value", id);
    }

    @Override
    public Optional<Domain> findByUuid(String uuid) {
        return one(SELECT + "d.uuid = :value", uuid);
    }

    @Override
    public Optional<Domain> findByPath(String path) {
        return one(SELECT + "LOWER(d.path) = LOWER(:value) AND d.removed IS NULL", path);
    }

    @Override
    public Optional<Domain> lock(long id) {
        return one(SELECT + "d.id = :value AND d.removed IS NULL FOR UPDATE", id);
    }

    private Optional<Domain> one(String sql, Object value) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("value", value)
                        .map((row, context) -> IdentityRows.domain(row))
                        .findOne());
    }

    private static final String LISTED = "SELECT " + IdentityRows.DOMAIN
            + ", p.uuid AS p_uuid, p.name AS p_name, EXISTS (SELECT 1 FROM domain c"
            + " WHERE c.parent = d.id AND c.removed IS NULL) AS has_child"
            + " FROM domain d LEFT JOIN domain p ON p.id = d.parent";

    @Override
    public Page<ListedDomain> page(DomainFilter filter, PageRequest page) {
        Conditions conditions = conditions(filter);
        return database.jdbi().withHandle(handle -> {
            long total = handle.createQuery("SELECT COUNT(*) FROM domain d" + conditions.where())
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            List<ListedDomain> items = handle.createQuery(
                            LISTED + conditions.where() + " ORDER BY d.id LIMIT :limit OFFSET :offset")
                    .bindMap(conditions.bindings())
                    .bind("limit", page.limit())
                    .bind("offset", page.offset())
                    .map((row, context) -> new ListedDomain(
                            IdentityRows.domain(row),
                            row.getString("p_uuid"),
                            row.getString("p_name"),
                            row.getBoolean("has_child")))
                    .list();
            return new Page<>(items, total);
        });
    }

    private static Conditions conditions(DomainFilter filter) {
        String keyword = filter.keyword();
        return new Conditions()
                .and("d.removed IS NULL")
                .andIf(OwnerScopeSql.startingWith(filter.treePath()), "d.path LIKE :treePath ESCAPE '!'", "treePath")
                .andIf(filter.id(), "d.id = :id", "id")
                .andIf(filter.parentId(), "d.parent = :parentId", "parentId")
                .andIf(filter.exceptId(), "d.id <> :exceptId", "exceptId")
                .andIf(filter.level(), "d.level = :level", "level")
                .andIf(filter.name(), "LOWER(d.name) = LOWER(:name)", "name")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword),
                        "LOWER(d.name) LIKE LOWER(:keyword) ESCAPE '!'",
                        "keyword");
    }

    private static final String CONTENTS = "SELECT"
            + " (SELECT COUNT(*) FROM domain c WHERE c.parent = :id AND c.removed IS NULL) AS domains,"
            + " (SELECT COUNT(*) FROM account a WHERE a.domain_id = :id AND a.removed IS NULL) AS accounts";

    @Override
    public Contents contents(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(CONTENTS)
                        .bind("id", id)
                        .map((row, context) -> new Contents(row.getLong("domains"), row.getLong("accounts")))
                        .one());
    }

    private static final String COLUMNS = "uuid, parent, name, owner, path, level, state, created)";
    private static final String VALUES = ":uuid, :parent, :name, :owner, :path, :level, :state, :created)";

    @Override
    public Domain add(Domain domain) {
        return database.jdbi().inTransaction(handle -> {
            boolean chosen = domain.id() != 0;
            Update insert = handle.createUpdate(
                            chosen
                                    ? "INSERT INTO domain (id, " + COLUMNS + " VALUES (:id, " + VALUES
                                    : "INSERT INTO domain (" + COLUMNS + " VALUES (" + VALUES)
                    .bind("uuid", domain.uuid())
                    .bind("parent", domain.parentId())
                    .bind("name", domain.name())
                    .bind("owner", Account.SYSTEM_ID)
                    .bind("path", domain.path())
                    .bind("level", domain.level())
                    .bind("state", domain.state())
                    .bind("created", domain.created());
            long id = domain.id();
            if (chosen) {
                insert.bind("id", id).execute();
            } else {
                id = insert.executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one();
            }
            counts.create(handle, OwnerKey.domain(id));
            return new Domain(
                    id,
                    domain.uuid(),
                    domain.name(),
                    domain.parentId(),
                    domain.path(),
                    domain.level(),
                    domain.state(),
                    Database.stored(domain.created()),
                    null);
        });
    }

    private static final String RENAME = "UPDATE domain SET name = :name WHERE id = :id";
    // Removed domains below move as well: whose their leftovers were stays readable.
    private static final String MOVE =
            "UPDATE domain SET path = CONCAT(:path, SUBSTRING(path, :rest))" + " WHERE path LIKE :oldPath ESCAPE '!'";

    @Override
    public Domain rename(Domain domain, String name) {
        String path = domain.path()
                        .substring(0, domain.path().length() - domain.name().length() - 1) + name + "/";
        database.run(() -> database.jdbi().useHandle(handle -> {
            handle.createUpdate(RENAME)
                    .bind("name", name)
                    .bind("id", domain.id())
                    .execute();
            handle.createUpdate(MOVE)
                    .bind("path", path)
                    .bind("rest", domain.path().codePointCount(0, domain.path().length()) + 1)
                    .bind("oldPath", OwnerScopeSql.startingWith(domain.path()))
                    .execute();
        }));
        return new Domain(
                domain.id(),
                domain.uuid(),
                name,
                domain.parentId(),
                path,
                domain.level(),
                domain.state(),
                domain.created(),
                domain.removed());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "UPDATE domain SET state = 'Inactive', removed = :when WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }
}
