/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.offering.BackupOfferingStore;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Backup offerings in table {@code backup_offering}. Safe for use by many threads. */
public final class JdbcBackupOfferingStore implements BackupOfferingStore {
    private static final String SELECT = """
            SELECT o.*, z.uuid AS zone_uuid, z.name AS zone_name
              FROM backup_offering o
              JOIN data_center z ON z.id = o.zone_id
             WHERE\s""";
    private static final String INSERT = """
            INSERT INTO backup_offering (uuid, name, description, external_id, user_driven_backup, zone_id, provider, created)
            VALUES (:uuid, :name, :description, :externalId, :userDriven, :zone, :provider, :created)""";
    private static final String UPDATE = """
            UPDATE backup_offering
               SET name = :name, description = :description, user_driven_backup = :userDriven
             WHERE id = :id AND removed IS NULL""";

    private final Jdbi jdbi;

    public JdbcBackupOfferingStore(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public BackupOffering add(NewRow row) {
        long id = jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                .bind("uuid", row.uuid())
                .bind("name", row.name())
                .bind("description", row.description())
                .bind("externalId", row.externalId())
                .bind("userDriven", row.userDriven())
                .bind("zone", row.zoneId())
                .bind("provider", row.provider())
                .bind("created", row.created())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
        return find(id).orElseThrow(() -> new IllegalStateException("Backup offering " + id + " vanished"));
    }

    @Override
    public Optional<BackupOffering> find(long id) {
        return one("o.removed IS NULL AND o.id = :id", Map.of("id", id));
    }

    @Override
    public Optional<BackupOffering> findIncludingRemoved(long id) {
        return one("o.id = :id", Map.of("id", id));
    }

    @Override
    public Optional<BackupOffering> findByUuid(String uuid) {
        return one("o.uuid = :uuid", Map.of("uuid", uuid));
    }

    @Override
    public Optional<BackupOffering> findByExternalId(
            long zoneId, String provider, String externalId, boolean userDriven) {
        return one(
                "o.removed IS NULL AND o.zone_id = :zone AND o.provider = :provider AND o.external_id = :key"
                        + " AND o.user_driven_backup = :userDriven ORDER BY o.id LIMIT 1",
                Map.of("zone", zoneId, "provider", provider, "key", externalId, "userDriven", userDriven));
    }

    @Override
    public Optional<BackupOffering> findByName(long zoneId, String name) {
        return one(
                "o.removed IS NULL AND o.zone_id = :zone AND o.name = :key ORDER BY o.id LIMIT 1",
                Map.of("zone", zoneId, "key", name));
    }

    @Override
    public Page<BackupOffering> list(Filter filter, PageRequest page) {
        String keyword = filter.keyword();
        Conditions conditions = new Conditions()
                .and("o.removed IS NULL")
                .andIf(filter.id(), "o.id = :id", "id")
                .andIf(filter.zoneId(), "o.zone_id = :zone", "zone")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)),
                        "(LOWER(o.name) LIKE :keyword ESCAPE '!' OR LOWER(o.description) LIKE :keyword ESCAPE '!')",
                        "keyword");
        if (filter.userDrivenOnly()) {
            Long account = filter.alsoForAccount();
            conditions.andIf(
                    account == null ? -1L : account,
                    "(o.user_driven_backup = TRUE OR o.id IN (SELECT v.backup_offering_id FROM vm_instance v"
                            + " WHERE v.removed IS NULL AND (v.account_id = :account OR v.account_id IN"
                            + " (SELECT m.project_account_id FROM project_account m WHERE m.account_id = :account))))",
                    "account");
        }
        return jdbi.withHandle(handle -> {
            List<BackupOffering> items = handle.createQuery(
                            SELECT + conditions.where().substring(" WHERE ".length())
                                    + " ORDER BY o.id LIMIT :limit OFFSET :offset")
                    .bindMap(conditions.bindings())
                    .bind("limit", page.limit())
                    .bind("offset", page.offset())
                    .map(JdbcBackupOfferingStore::offering)
                    .list();
            long total = handle.createQuery("SELECT COUNT(*) FROM backup_offering o" + conditions.where())
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            return new Page<>(items, total);
        });
    }

    @Override
    public void update(BackupOffering changed) {
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE)
                .bind("id", changed.id())
                .bind("name", changed.name())
                .bind("description", changed.description())
                .bind("userDriven", changed.userDriven())
                .execute());
    }

    @Override
    public void remove(long id, Instant at) {
        jdbi.useHandle(handle ->
                handle.execute("UPDATE backup_offering SET removed = ? WHERE id = ? AND removed IS NULL", at, id));
    }

    @Override
    public long countBackups(long id) {
        return count("SELECT COUNT(*) FROM backups WHERE removed IS NULL AND backup_offering_id = :id", id);
    }

    @Override
    public long countVms(long id) {
        return count("SELECT COUNT(*) FROM vm_instance WHERE removed IS NULL AND backup_offering_id = :id", id);
    }

    @Override
    public void lockZone(long zoneId) {
        count("SELECT id FROM data_center WHERE id = :id FOR UPDATE", zoneId);
    }

    @Override
    public Optional<BackupOffering> lock(long id) {
        Optional<Long> locked = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id FROM backup_offering WHERE id = :id AND removed IS NULL FOR UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne());
        return locked.flatMap(this::find);
    }

    private long count(String sql, long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("id", id).mapTo(Long.class).one());
    }

    private Optional<BackupOffering> one(String condition, Map<String, Object> bindings) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + condition)
                .bindMap(bindings)
                .map(JdbcBackupOfferingStore::offering)
                .findOne());
    }

    private static BackupOffering offering(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new BackupOffering(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("description"),
                row.getString("external_id"),
                row.getBoolean("user_driven_backup"),
                row.getLong("zone_id"),
                row.getString("zone_uuid"),
                row.getString("zone_name"),
                row.getString("provider"),
                rows.instant("created"),
                rows.maybeInstant("removed"));
    }
}
