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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.sync.Busy;
import org.cloudstackbackup.framework.sync.LastBackups;
import org.cloudstackbackup.framework.sync.SyncOffering;
import org.cloudstackbackup.framework.sync.SyncRow;
import org.cloudstackbackup.framework.sync.SyncRow.Defect;
import org.cloudstackbackup.framework.sync.SyncStore;
import org.cloudstackbackup.framework.sync.SyncTarget;
import org.cloudstackbackup.framework.sync.SyncVm;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Reads for comparisons from the tables of backups and inventory; notes in {@code backup_missing}. Safe for many threads. */
public final class JdbcSyncStore implements SyncStore {
    private static final String IN_USE = """
            SELECT DISTINCT o.zone_id, o.provider
              FROM backup_offering o
             WHERE o.removed IS NULL
                OR EXISTS (SELECT 1 FROM backups b WHERE b.backup_offering_id = o.id AND b.removed IS NULL)""";
    /**
     * Restricted by the points' ids alone, and to the target only when read: MariaDB, given a choice, would read all rows of the
     * zone or of the offering for each lot of ids.
     */
    private static final String ROWS = """
            SELECT b.id, b.external_id, b.type, b.date, b.size, b.protected_size, b.status, b.zone_id, o.provider,
                   v.uuid AS vm_uuid, CASE WHEN b.status = 'Error' THEN b.failure END AS failure,
                   CASE WHEN b.status = 'Error' THEN b.backed_volumes END AS volumes
              FROM backups b
              LEFT JOIN backup_offering o ON o.id = b.backup_offering_id
              LEFT JOIN vm_instance v ON v.id = b.vm_id
             WHERE b.external_id IN (<ids>) AND b.removed IS NULL""";

    private static final String ROW_IDS = """
            SELECT b.id
              FROM backups b
             WHERE b.zone_id = :zone AND b.removed IS NULL AND b.id > :after AND b.external_id IS NOT NULL
               AND b.status IN (<statuses>) AND b.backup_offering_id IN (<offerings>)
             ORDER BY b.id
             LIMIT :limit""";
    private static final String REMOVED_SINCE = """
            SELECT b.external_id
              FROM backups b
             WHERE b.external_id IN (<ids>) AND b.zone_id = :zone AND b.removed >= :since""";
    /** Two statements in one, since an OR over the end of operations would read all of them. */
    private static final String BUSY = """
            SELECT p.backup_id, p.vm_id, p.kind, p.created, TRUE AS is_open
              FROM backup_operation p
             WHERE p.ended IS NULL AND p.zone_id = :zone AND p.provider = :provider
             UNION ALL
            SELECT p.backup_id, p.vm_id, p.kind, p.created, FALSE AS is_open
              FROM backup_operation p
             WHERE p.ended >= :since AND p.zone_id = :zone AND p.provider = :provider""";

    private static final String VMS = """
            SELECT v.id, v.uuid, v.name, v.account_id, v.domain_id, v.backup_offering_id, d.path
              FROM vm_instance v
              JOIN domain d ON d.id = v.domain_id
             WHERE v.uuid IN (<uuids>) AND v.data_center_id = :zone""";
    private static final String VOLUMES = """
            SELECT v.uuid, v.min_iops, v.max_iops, o.uuid AS offering_uuid
              FROM volumes v
              LEFT JOIN disk_offering o ON o.id = v.disk_offering_id
             WHERE v.uuid IN (<uuids>)""";
    private static final String LAST_BACKUPS = """
            SELECT b.vm_id, MAX(CASE WHEN b.status IN ('BackedUp', 'Restoring') THEN b.date END) AS good,
                   MAX(CASE WHEN b.status IN ('Error', 'Failed') THEN b.date END) AS bad
              FROM backups b
             WHERE b.vm_id IN (<ids>) AND b.removed IS NULL
             GROUP BY b.vm_id""";
    private static final String OF_TARGET = " WHERE zone_id = :zone AND provider = :provider";
    private static final List<String> WITH_POINT = List.of(
            BackupStatus.BACKED_UP.wireName(), BackupStatus.ERROR.wireName(), BackupStatus.RESTORING.wireName());

    private final Jdbi jdbi;

    public JdbcSyncStore(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public Set<SyncTarget> inUse() {
        return jdbi.withHandle(handle -> handle.createQuery(IN_USE)
                .map((row, context) -> new SyncTarget(row.getLong("zone_id"), row.getString("provider")))
                .collect(Collectors.toSet()));
    }

    @Override
    public List<SyncRow> rows(SyncTarget target, Collection<String> externalIds) {
        return jdbi.withHandle(handle -> handle
                .createQuery(ROWS)
                .bindList("ids", externalIds)
                .map((row, context) -> row.getLong("zone_id") == target.zoneId()
                                && target.provider().equals(row.getString("provider"))
                        ? Optional.of(row(row))
                        : Optional.<SyncRow>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    private static SyncRow row(ResultSet row) throws SQLException {
        Rows rows = new Rows(row);
        String text = row.getString("status");
        BackupStatus status = BackupStatus.ofWireName(text)
                .orElseThrow(() -> new IllegalStateException("Unknown backup status " + text));
        return new SyncRow(
                row.getLong("id"),
                row.getString("external_id"),
                row.getString("vm_uuid"),
                row.getString("type"),
                rows.instant("date"),
                rows.maybeLong("size"),
                rows.maybeLong("protected_size"),
                status,
                status == BackupStatus.ERROR ? defect(row) : null);
    }

    private static Defect defect(ResultSet row) throws SQLException {
        return new Defect(
                row.getString("failure"),
                BackedVolume.fromJson(row.getString("volumes")).stream()
                        .map(BackedVolume::uuid)
                        .collect(Collectors.toSet()));
    }

    @Override
    public List<Long> rowIds(SyncTarget target, long after, int limit) {
        List<Long> offerings = offerings(target).stream().map(SyncOffering::id).toList();
        if (offerings.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(ROW_IDS)
                .bind("zone", target.zoneId())
                .bind("after", after)
                .bindList("statuses", WITH_POINT)
                .bindList("offerings", offerings)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list());
    }

    @Override
    public Set<String> removedSince(SyncTarget target, Collection<String> externalIds, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(REMOVED_SINCE)
                .bindList("ids", externalIds)
                .bind("zone", target.zoneId())
                .bind("since", since)
                .mapTo(String.class)
                .collect(Collectors.toSet()));
    }

    @Override
    public Busy busy(SyncTarget target, Instant since) {
        Set<Long> backups = new HashSet<>();
        Map<Long, Instant> backedUp = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(BUSY)
                .bind("zone", target.zoneId())
                .bind("provider", target.provider())
                .bind("since", since)
                .map((row, context) -> new Operating(
                        new Rows(row).maybeLong("backup_id"),
                        row.getLong("vm_id"),
                        row.getString("kind"),
                        new Rows(row).instant("created"),
                        row.getBoolean("is_open")))
                .forEach(operation -> {
                    if (operation.backupId() != null) {
                        backups.add(operation.backupId());
                    }
                    if (operation.open() && operation.kind().equals(OperationKind.BACKUP.name())) {
                        backedUp.merge(
                                operation.vmId(), operation.created(), (one, two) -> one.isBefore(two) ? one : two);
                    }
                }));
        return new Busy(backups, backedUp);
    }

    @Override
    public Map<String, SyncVm> vms(long zoneId, Collection<String> uuids) {
        return jdbi.withHandle(handle -> handle.createQuery(VMS)
                .bindList("uuids", uuids)
                .bind("zone", zoneId)
                .map((row, context) -> new SyncVm(
                        row.getLong("id"),
                        row.getString("uuid"),
                        row.getString("name"),
                        new Owner(row.getLong("account_id"), row.getLong("domain_id"), row.getString("path")),
                        new Rows(row).maybeLong("backup_offering_id")))
                .collect(Collectors.toMap(SyncVm::uuid, vm -> vm)));
    }

    @Override
    public List<SyncOffering> offerings(SyncTarget target) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, external_id, removed FROM backup_offering" + OF_TARGET + " ORDER BY id")
                .bind("zone", target.zoneId())
                .bind("provider", target.provider())
                .map((row, context) -> new SyncOffering(
                        row.getLong("id"), row.getString("external_id"), new Rows(row).maybeInstant("removed") != null))
                .list());
    }

    @Override
    public Map<String, VolumeFacts> volumes(Collection<String> uuids) {
        if (uuids.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(VOLUMES)
                .bindList("uuids", uuids)
                .map((row, context) -> Map.entry(
                        row.getString("uuid"),
                        new VolumeFacts(
                                row.getString("offering_uuid"),
                                new Rows(row).maybeLong("min_iops"),
                                new Rows(row).maybeLong("max_iops"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Map<Long, LastBackups> lastBackups(Collection<Long> vmIds) {
        return jdbi.withHandle(handle -> handle.createQuery(LAST_BACKUPS)
                .bindList("ids", vmIds)
                .map((row, context) -> Map.entry(
                        row.getLong("vm_id"),
                        new LastBackups(new Rows(row).maybeInstant("good"), new Rows(row).maybeInstant("bad"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Map<Long, Instant> missing(SyncTarget target, long after, long upTo) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT backup_id, noticed FROM backup_missing" + OF_TARGET
                        + " AND backup_id > :after AND backup_id <= :upTo")
                .bind("zone", target.zoneId())
                .bind("provider", target.provider())
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> Map.entry(row.getLong("backup_id"), new Rows(row).instant("noticed")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public void noteMissing(SyncTarget target, Collection<Long> backupIds, Instant at) {
        if (backupIds.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT IGNORE INTO backup_missing"
                    + " (backup_id, zone_id, provider, noticed) VALUES (:id, :zone, :provider, :at)");
            backupIds.forEach(id -> batch.bind("id", id)
                    .bind("zone", target.zoneId())
                    .bind("provider", target.provider())
                    .bind("at", at)
                    .add());
            batch.execute();
        });
    }

    @Override
    public void forgetMissing(Collection<Long> backupIds) {
        if (!backupIds.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM backup_missing WHERE backup_id IN (<ids>)")
                    .bindList("ids", backupIds)
                    .execute());
        }
    }

    @Override
    public void forgetMissingOfRemoved(SyncTarget target) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "DELETE FROM backup_missing" + OF_TARGET
                                + " AND EXISTS (SELECT 1 FROM backups b WHERE b.id = backup_missing.backup_id AND b.removed IS NOT NULL)")
                .bind("zone", target.zoneId())
                .bind("provider", target.provider())
                .execute());
    }

    @Override
    public long countMissing(SyncTarget target) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM backup_missing" + OF_TARGET)
                .bind("zone", target.zoneId())
                .bind("provider", target.provider())
                .mapTo(Long.class)
                .one());
    }

    private record Operating(
            @org.jspecify.annotations.Nullable Long backupId, long vmId, String kind, Instant created, boolean open) {}
}
