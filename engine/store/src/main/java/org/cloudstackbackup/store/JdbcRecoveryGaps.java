/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.rpo.RecoveryGap;
import org.cloudstackbackup.framework.rpo.RecoveryGaps;
import org.cloudstackbackup.framework.schedule.IntervalType;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Compares tables {@code backup_schedule}, {@code backups} and {@code alert}. Safe for use by many threads. */
public final class JdbcRecoveryGaps implements RecoveryGaps {
    /** From the index alone; a backup that is being restored is still one. */
    private static final String NEWEST = """
            (SELECT b.date FROM backups b
              WHERE b.vm_id = v.id AND b.removed IS NULL AND b.status IN ('BackedUp', 'Restoring')
              ORDER BY b.date DESC LIMIT 1)""";

    private static final String PROMISES =
            "SELECT v.uuid, v.name, v.data_center_id AS zone, s.id, s.schedule_type AS type,"
                    + " s.first_slot, " + NEWEST + " AS newest FROM backup_schedule s"
                    + " JOIN vm_instance v ON v.id = s.vm_id AND v.removed IS NULL AND v.backup_offering_id IS NOT NULL"
                    + " AND v.state NOT IN ('Destroyed', 'Expunging', 'Error')"
                    + " WHERE s.first_slot < :due";
    private static final String BROKEN = "(g.newest IS NULL"
            + List.of(IntervalType.values()).stream()
                    .map(type -> " OR (g.type = " + type.number() + " AND g.newest < :" + type.name() + ")")
                    .collect(Collectors.joining())
            + ")";
    private static final String OPENED = "SELECT g.* FROM (" + PROMISES + ") g WHERE " + BROKEN
            + " AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.type = :rpo AND a.cause = CONCAT('vm:', g.uuid)"
            + " AND a.open_key IS NOT NULL)";
    private static final String HEALED = "SELECT a.type, a.cause FROM alert a WHERE a.open_key IS NOT NULL AND ("
            + "(a.type = :rpo AND NOT EXISTS (SELECT 1 FROM (" + PROMISES + ") g"
            + " WHERE g.uuid = SUBSTRING(a.cause, 4) AND " + BROKEN + "))"
            + " OR (a.type = :failed AND a.cause LIKE 'vm:%' AND NOT EXISTS (SELECT 1 FROM vm_instance v"
            + " WHERE v.uuid = SUBSTRING(a.cause, 4) AND v.removed IS NULL AND v.backup_offering_id IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM backups b WHERE b.vm_id = v.id AND b.removed IS NULL"
            + " AND b.date > a.last_sent AND b.status IN ('BackedUp', 'Restoring'))))"
            + " OR (a.cause LIKE 'schedule:%' AND NOT EXISTS (SELECT 1 FROM backup_schedule s"
            + " WHERE s.uuid = SUBSTRING(a.cause, 10)))) ORDER BY a.id LIMIT :limit";

    private final Jdbi jdbi;

    public JdbcRecoveryGaps(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public List<RecoveryGap> opened(Promise promise, Set<Long> exceptZones, int limit) {
        String zones = exceptZones.isEmpty() ? "" : " AND g.zone NOT IN (<zones>)";
        return jdbi.withHandle(handle -> {
            Query query = bound(handle.createQuery(OPENED + zones + " ORDER BY g.id LIMIT :limit"), promise)
                    .bind("limit", limit);
            if (!exceptZones.isEmpty()) {
                query.bindList("zones", List.copyOf(exceptZones));
            }
            return query.map((row, context) -> {
                        Rows rows = new Rows(row);
                        return new RecoveryGap(
                                row.getString("uuid"),
                                row.getString("name"),
                                row.getLong("zone"),
                                IntervalType.ofNumber(row.getInt("type")),
                                rows.instant("first_slot"),
                                rows.maybeInstant("newest"));
                    })
                    .list();
        });
    }

    @Override
    public List<Healed> healed(Promise promise, int limit) {
        return jdbi.withHandle(handle -> bound(handle.createQuery(HEALED), promise)
                .bind("failed", AlertType.BACKUP_FAILED.number())
                .bind("limit", limit)
                .map((row, context) -> Map.entry(row.getInt("type"), row.getString("cause")))
                .list()
                .stream()
                .flatMap(found ->
                        AlertType.ofNumber(found.getKey()).stream().map(type -> new Healed(type, found.getValue())))
                .toList());
    }

    private static Query bound(Query query, Promise promise) {
        promise.oldest().forEach((type, oldest) -> query.bind(type.name(), oldest));
        return query.bind("due", promise.due()).bind("rpo", AlertType.RPO_EXCEEDED.number());
    }
}
