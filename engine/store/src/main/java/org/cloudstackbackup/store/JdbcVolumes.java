/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.ListedVolume;
import org.cloudstackbackup.framework.inventory.Named;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeFilter;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeStore;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jdbi.v3.core.mapper.RowMapper;

/** Volumes in the table of that name. */
public final class JdbcVolumes implements VolumeStore {
    private static final String SELECT = "SELECT " + InventoryRows.VOLUME + InventoryRows.VOLUME_FROM;

    private final Database database;
    private final Clock clock;

    public JdbcVolumes(Database database, Clock clock) {
        this.database = requireNonNull(database, "database is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Optional<Volume> find(long id) {
        return one("WHERE o.id = :key AND o.removed IS NULL", id);
    }

    @Override
    public Optional<Volume> findByUuid(String uuid) {
        return one("WHERE o.uuid = :key AND o.removed IS NULL", uuid);
    }

    @Override
    public Optional<Volume> findIncludingRemoved(long id) {
        return one("WHERE o.id = :key", id);
    }

    @Override
    public Optional<Volume> findByUuidIncludingRemoved(String uuid) {
        return one("WHERE o.uuid = :key", uuid);
    }

    private Optional<Volume> one(String where, Object key) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + where)
                        .bind("key", key)
                        .map((row, context) -> InventoryRows.volume(row))
                        .findOne());
    }

    @Override
    public List<Volume> ofVm(long vmId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE o.instance_id = :vmId AND o.removed IS NULL"
                                + " AND o.state NOT IN ('Destroy', 'Expunging', 'Expunged') ORDER BY o.device_id, o.id")
                        .bind("vmId", vmId)
                        .map((row, context) -> InventoryRows.volume(row))
                        .list());
    }

    @Override
    public boolean transition(Set<Long> ids, VolumeState from, VolumeState to) {
        if (ids.isEmpty()) {
            return true;
        }
        return database.inTransaction(() -> database.jdbi().withHandle(handle -> {
            // Locked in the order of ids, so that two callers cannot wait for each other.
            List<Long> locked = handle.createQuery("SELECT id FROM volumes WHERE id IN (<ids>) AND state = :from"
                            + " AND removed IS NULL ORDER BY id FOR UPDATE")
                    .bindList("ids", new TreeSet<>(ids))
                    .bind("from", from.wireName())
                    .mapTo(Long.class)
                    .list();
            if (locked.size() != ids.size()) {
                return false;
            }
            handle.createUpdate("UPDATE volumes SET state = :to WHERE id IN (<ids>)")
                    .bindList("ids", locked)
                    .bind("to", to.wireName())
                    .execute();
            return true;
        }));
    }

    @Override
    public Volume addRestored(NewVolume volume, long vmId) {
        return database.inTransaction(() -> {
            Set<Long> taken = lockDeviceIds(vmId);
            Optional<Volume> before = findByUuidIncludingRemoved(volume.uuid());
            if (before.isPresent()) {
                return before.get();
            }
            Vm vm = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT " + InventoryRows.VM + InventoryRows.VM_FROM
                                    + "WHERE v.id = :id AND v.removed IS NULL")
                            .bind("id", vmId)
                            .map((row, context) -> InventoryRows.vm(row))
                            .findOne())
                    .orElseThrow(() -> new ProviderException(
                            ErrorKind.NOT_FOUND,
                            "vm " + vmId,
                            "Volume " + volume.name() + " cannot be attached: its VM was removed"));
            Instant now = clock.instant();
            Volume added = add(
                    new Volume(
                            0,
                            volume.uuid(),
                            volume.name(),
                            VolumeType.DATADISK,
                            VolumeState.READY,
                            volume.sizeBytes(),
                            volume.path(),
                            vmId,
                            lowestFree(taken),
                            volume.diskOfferingId(),
                            null,
                            null,
                            null,
                            vm.zoneId(),
                            vm.owner(),
                            now,
                            null),
                    now);
            return added;
        });
    }

    private static long lowestFree(Set<Long> taken) {
        long device = 1;
        while (taken.contains(device)) {
            device++;
        }
        return device;
    }

    @Override
    public Optional<String> diskOfferingUuid(long diskOfferingId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT uuid FROM disk_offering WHERE id = :id")
                        .bind("id", diskOfferingId)
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public Optional<Long> diskOfferingId(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT id FROM disk_offering WHERE uuid = :uuid AND removed IS NULL")
                        .bind("uuid", uuid)
                        .mapTo(Long.class)
                        .findOne());
    }

    // Listing ---------------------------------------------------------------------------------------------------------

    private static final String LISTED = InventoryRows.VOLUME + ", " + InventoryRows.ownerColumns("a", "od") + ", "
            + InventoryRows.namedColumns("z") + ", " + JdbcDiskOfferings.COLUMNS + ", "
            + InventoryRows.namedColumns("v") + ", v.display_name AS v_display_name, v.state AS v_state, "
            + InventoryRows.namedColumns("t");
    private static final String LISTED_JOINS = " JOIN account a ON a.id = o.account_id" + InventoryRows.ownerJoin("a")
            + " JOIN data_center z ON z.id = o.data_center_id"
            + " LEFT JOIN disk_offering f ON f.id = o.disk_offering_id"
            + " LEFT JOIN vm_instance v ON v.id = o.instance_id"
            + " LEFT JOIN vm_template t ON t.id = o.template_id";

    private static final RowMapper<ListedVolume> LISTED_VOLUME = (row, context) -> {
        Named vm = InventoryRows.namedOrNull(row, "v");
        return new ListedVolume(
                InventoryRows.volume(row),
                InventoryRows.ownerNames(row),
                InventoryRows.named(row, "z"),
                row.getString("f_uuid") == null ? null : JdbcDiskOfferings.offering(row, context),
                vm == null
                        ? null
                        : new ListedVolume.Attachment(
                                vm,
                                row.getString("v_display_name"),
                                row.getString("v_state"),
                                InventoryRows.instantOrNull(row, "o_attached")),
                InventoryRows.namedOrNull(row, "t"));
    };

    @Override
    public Page<ListedVolume> page(VolumeFilter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .and("o.removed IS NULL")
                .and(OwnerScopeSql.of(filter.scope(), "o"))
                .andIf(filter.ids().isEmpty() ? null : filter.ids(), "o.id IN (<ids>)", "ids")
                .andIf(filter.name(), "o.name = :name", "name")
                .andIf(
                        InventoryPages.pattern(filter.keyword()),
                        "LOWER(o.name) LIKE LOWER(:keyword) ESCAPE '!'",
                        "keyword")
                .andIf(filter.type() == null ? null : filter.type().name(), "o.volume_type = :type", "type")
                .andIf(filter.state() == null ? null : filter.state().wireName(), "o.state = :state", "state")
                .andIf(filter.vmId(), "o.instance_id = :vmId", "vmId")
                .andIf(filter.zoneId(), "o.data_center_id = :zoneId", "zoneId")
                .andIf(filter.diskOfferingId(), "o.disk_offering_id = :diskOfferingId", "diskOfferingId");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        LISTED,
                        InventoryRows.VOLUME_FROM,
                        LISTED_JOINS,
                        conditions,
                        "o.id",
                        page,
                        LISTED_VOLUME));
    }

    @Override
    public Optional<ListedVolume> describe(long id) {
        return page(VolumeFilter.of(new OwnerScope.All(), List.of(id)), new PageRequest(0, 1)).items().stream()
                .findFirst();
    }

    // Changes ---------------------------------------------------------------------------------------------------------

    private static final String INSERT = "INSERT INTO volumes (uuid, name, volume_type, state, size, path, instance_id,"
            + " device_id, disk_offering_id, template_id, min_iops, max_iops, data_center_id, account_id, domain_id,"
            + " attached, created) VALUES (:uuid, :name, :type, :state, :size, :path, :vmId, :deviceId, :offeringId,"
            + " :templateId, :minIops, :maxIops, :zoneId, :accountId, :domainId, :attached, :created)";

    @Override
    public Volume add(Volume volume, Instant when) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("uuid", volume.uuid())
                        .bind("name", volume.name())
                        .bind("type", volume.type().name())
                        .bind("state", volume.state().wireName())
                        .bind("size", volume.sizeBytes())
                        .bind("path", volume.path())
                        .bind("vmId", volume.vmId())
                        .bind("deviceId", volume.deviceId())
                        .bind("offeringId", volume.diskOfferingId())
                        .bind("templateId", volume.templateId())
                        .bind("minIops", volume.minIops())
                        .bind("maxIops", volume.maxIops())
                        .bind("zoneId", volume.zoneId())
                        .bind("accountId", volume.owner().accountId())
                        .bind("domainId", volume.owner().domainId())
                        .bind("attached", volume.vmId() == null ? null : when)
                        .bind("created", when)
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public boolean made(long id, String path) {
        return changes(
                "UPDATE volumes SET state = 'Ready', path = ? WHERE id = ? AND state = 'Allocated' AND removed IS NULL",
                path,
                id);
    }

    @Override
    public boolean isUsed(long zoneId, String path) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM volumes WHERE data_center_id = :zone"
                                + " AND path = :path AND removed IS NULL LIMIT 1")
                        .bind("zone", zoneId)
                        .bind("path", path)
                        .mapTo(Long.class)
                        .findOne())
                .isPresent();
    }

    @Override
    public void relocate(long id, String path) {
        changes("UPDATE volumes SET path = ? WHERE id = ? AND removed IS NULL", path, id);
    }

    @Override
    public boolean attach(long id, long vmId, long deviceId, Instant when) {
        return database.inTransaction(() -> !lockDeviceIds(vmId).contains(deviceId)
                && changes(
                        "UPDATE volumes SET instance_id = ?, device_id = ?, attached = ? WHERE id = ?"
                                + " AND instance_id IS NULL AND volume_type = 'DATADISK'"
                                + " AND state IN ('Allocated', 'Ready') AND removed IS NULL",
                        vmId,
                        deviceId,
                        when,
                        id));
    }

    @Override
    public boolean detach(long id, long vmId) {
        return changes(
                "UPDATE volumes SET instance_id = NULL, device_id = NULL, attached = NULL WHERE id = ?"
                        + " AND instance_id = ? AND volume_type = 'DATADISK' AND state = 'Ready' AND removed IS NULL",
                id,
                vmId);
    }

    @Override
    public Set<Long> lockDeviceIds(long vmId) {
        if (!database.isOpen()) {
            throw new IllegalStateException("Devices of VM " + vmId + " need a transaction to be locked");
        }
        return database.jdbi().withHandle(handle -> {
            handle.createQuery("SELECT id FROM vm_instance WHERE id = :id FOR UPDATE")
                    .bind("id", vmId)
                    .mapTo(Long.class)
                    .findOne();
            return handle.createQuery("SELECT device_id FROM volumes WHERE instance_id = :id AND removed IS NULL"
                            + " AND device_id IS NOT NULL")
                    .bind("id", vmId)
                    .mapTo(Long.class)
                    .set();
        });
    }

    @Override
    public void setSize(long id, long sizeBytes) {
        changes("UPDATE volumes SET size = ? WHERE id = ? AND removed IS NULL", sizeBytes, id);
    }

    @Override
    public void rename(long id, String name) {
        changes("UPDATE volumes SET name = ? WHERE id = ? AND removed IS NULL", name, id);
    }

    @Override
    public boolean remove(long id, Instant when) {
        return changes(
                "UPDATE volumes SET removed = ?, state = 'Expunged', instance_id = NULL, device_id = NULL,"
                        + " attached = NULL WHERE id = ? AND removed IS NULL",
                when,
                id);
    }

    private boolean changes(String sql, Object... arguments) {
        return database.jdbi().withHandle(handle -> handle.execute(sql, arguments)) == 1;
    }
}
