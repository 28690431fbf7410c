/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Ipv4Range;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.Nic;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.VmStore;
import org.cloudstackbackup.framework.inventory.Volume;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** VMs in tables {@code vm_instance}, {@code vm_instance_details} and {@code nics}. */
public final class JdbcVms implements VmStore {
    private static final String SELECT = "SELECT " + InventoryRows.VM + InventoryRows.VM_FROM;

    private final Database database;

    public JdbcVms(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Vm> find(long id) {
        return one("WHERE v.id = :key AND v.removed IS NULL", id);
    }

    @Override
    public Optional<Vm> findIncludingRemoved(long id) {
        return one("WHERE v.id = :key", id);
    }

    @Override
    public Optional<Vm> findByUuid(String uuid) {
        return one("WHERE v.uuid = :key", uuid);
    }

    private Optional<Vm> one(String where, Object key) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + where)
                        .bind("key", key)
                        .map((row, context) -> InventoryRows.vm(row))
                        .findOne());
    }

    @Override
    public Map<String, String> details(long vmId) {
        return database.jdbi()
                .withHandle(handle -> details(handle, List.of(vmId)).getOrDefault(vmId, Map.of()));
    }

    @Override
    public List<Nic> nics(long vmId) {
        return database.jdbi().withHandle(handle -> nics(handle, List.of(vmId)).getOrDefault(vmId, List.of()));
    }

    @Override
    public Map<Long, Map<String, String>> detailsOf(Collection<Long> vmIds) {
        return vmIds.isEmpty() ? Map.of() : database.jdbi().withHandle(handle -> details(handle, List.copyOf(vmIds)));
    }

    @Override
    public Map<Long, List<Nic>> nicsOf(Collection<Long> vmIds) {
        return vmIds.isEmpty() ? Map.of() : database.jdbi().withHandle(handle -> nics(handle, List.copyOf(vmIds)));
    }

    @Override
    public long countByBackupOffering(long backupOfferingId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM vm_instance"
                                + " WHERE backup_offering_id = :id AND removed IS NULL")
                        .bind("id", backupOfferingId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public boolean transition(long id, Set<VmState> from, VmState to) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate("UPDATE vm_instance SET state = :to,"
                                        + " update_count = update_count + 1"
                                        + " WHERE id = :id AND removed IS NULL AND state IN (<from>)")
                                .bind("to", to.wireName())
                                .bind("id", id)
                                .bindList(
                                        "from",
                                        from.stream().map(VmState::wireName).toList())
                                .execute())
                == 1;
    }

    private static final String SET_OFFERING = "UPDATE vm_instance SET backup_offering_id = :offeringId,"
            + " backup_external_id = :externalId, backup_volumes = :volumes, update_count = update_count + 1"
            + " WHERE id = :id AND removed IS NULL AND ";

    @Override
    public boolean setBackupOffering(
            long id,
            @Nullable Long expected,
            @Nullable Long offeringId,
            @Nullable String externalId,
            @Nullable String volumesJson) {
        return database.jdbi().withHandle(handle -> {
                    var update = handle.createUpdate(SET_OFFERING
                            + (expected == null ? "backup_offering_id IS NULL" : "backup_offering_id = :expected"));
                    if (expected != null) {
                        update.bind("expected", expected);
                    }
                    return update.bind("offeringId", offeringId)
                            .bind("externalId", externalId)
                            .bind("volumes", volumesJson)
                            .bind("id", id)
                            .execute();
                })
                == 1;
    }

    // Listing ---------------------------------------------------------------------------------------------------------

    private static final String LISTED = InventoryRows.VM + ", " + InventoryRows.ownerColumns("a", "vd") + ", "
            + InventoryRows.namedColumns("z")
            + ", t.uuid AS t_uuid, t.name AS t_name, t.display_text AS t_display_text,"
            + " g.uuid AS g_uuid, g.display_name AS g_name, " + InventoryRows.namedColumns("c") + ", "
            + InventoryRows.namedColumns("b") + ", s.id AS s_id, s.uuid AS s_uuid, s.name AS s_name,"
            + " s.display_text AS s_display_text, s.cpu AS s_cpu, s.speed AS s_speed, s.ram_size AS s_memory,"
            + " s.created AS s_created, s.removed AS s_removed";
    private static final String LISTED_JOINS = " JOIN account a ON a.id = v.account_id" + InventoryRows.ownerJoin("a")
            + " JOIN data_center z ON z.id = v.data_center_id"
            + " JOIN service_offering s ON s.id = v.service_offering_id"
            + " JOIN vm_template t ON t.id = v.vm_template_id"
            + " JOIN guest_os g ON g.id = v.guest_os_id"
            + " JOIN guest_os_category c ON c.id = g.category_id"
            + " LEFT JOIN backup_offering b ON b.id = v.backup_offering_id";

    private static final RowMapper<ListedVm> LISTED_VM = (row, context) -> new ListedVm(
            InventoryRows.vm(row),
            InventoryRows.ownerNames(row),
            InventoryRows.named(row, "z"),
            new ServiceOffering(
                    row.getLong("s_id"),
                    row.getString("s_uuid"),
                    row.getString("s_name"),
                    row.getString("s_display_text"),
                    row.getInt("s_cpu"),
                    row.getInt("s_speed"),
                    row.getInt("s_memory"),
                    InventoryRows.instant(row, "s_created"),
                    InventoryRows.instantOrNull(row, "s_removed")),
            InventoryRows.named(row, "t"),
            row.getString("t_display_text"),
            InventoryRows.named(row, "g"),
            InventoryRows.named(row, "c"),
            InventoryRows.namedOrNull(row, "b"),
            null,
            List.of(),
            Map.of());

    @Override
    public Page<ListedVm> page(VmFilter filter, PageRequest page) {
        Conditions conditions = conditions(filter);
        return database.jdbi().withHandle(handle -> {
            Page<ListedVm> bare = InventoryPages.page(
                    handle, LISTED, InventoryRows.VM_FROM, LISTED_JOINS, conditions, "v.id", page, LISTED_VM);
            return new Page<>(complete(handle, bare.items()), bare.total());
        });
    }

    @Override
    public Optional<ListedVm> describe(long id) {
        return page(VmFilter.of(new OwnerScope.All(), List.of(id)), new PageRequest(0, 1)).items().stream()
                .findFirst();
    }

    private static Conditions conditions(VmFilter filter) {
        return new Conditions()
                .and("v.removed IS NULL")
                .and(OwnerScopeSql.of(filter.scope(), "v"))
                .andIf(filter.ids().isEmpty() ? null : filter.ids(), "v.id IN (<ids>)", "ids")
                .andIf(filter.name(), "v.name = :name", "name")
                .andIf(
                        InventoryPages.pattern(filter.keyword()),
                        "(LOWER(v.name) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(v.display_name) LIKE LOWER(:keyword) ESCAPE '!')",
                        "keyword")
                .andIf(
                        filter.states().isEmpty()
                                ? null
                                : filter.states().stream()
                                        .map(VmState::wireName)
                                        .toList(),
                        "v.state IN (<states>)",
                        "states")
                .andIf(filter.zoneId(), "v.data_center_id = :zoneId", "zoneId")
                .andIf(filter.backupOfferingId(), "v.backup_offering_id = :backupOfferingId", "backupOfferingId")
                .andIf(filter.serviceOfferingId(), "v.service_offering_id = :serviceOfferingId", "serviceOfferingId")
                .andIf(filter.templateId(), "v.vm_template_id = :templateId", "templateId")
                .andIf(
                        filter.networkId(),
                        "v.id IN (SELECT n.instance_id FROM nics n"
                                + " WHERE n.network_id = :networkId AND n.removed IS NULL)",
                        "networkId");
    }

    private static List<ListedVm> complete(Handle handle, List<ListedVm> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        List<Long> ids = bare.stream().map(listed -> listed.vm().id()).toList();
        Map<Long, List<Nic>> nics = nics(handle, ids);
        Map<Long, Map<String, String>> details = details(handle, ids);
        Map<Long, Volume> roots = roots(handle, ids);
        return bare.stream()
                .map(listed -> new ListedVm(
                        listed.vm(),
                        listed.owner(),
                        listed.zone(),
                        listed.serviceOffering(),
                        listed.template(),
                        listed.templateDisplayText(),
                        listed.guestOs(),
                        listed.guestOsCategory(),
                        listed.backupOffering(),
                        roots.get(listed.vm().id()),
                        nics.getOrDefault(listed.vm().id(), List.of()),
                        details.getOrDefault(listed.vm().id(), Map.of())))
                .toList();
    }

    private static Map<Long, Volume> roots(Handle handle, List<Long> vms) {
        return handle
                .createQuery("SELECT " + InventoryRows.VOLUME + InventoryRows.VOLUME_FROM
                        + "WHERE o.instance_id IN (<vms>) AND o.device_id = 0 AND o.removed IS NULL ORDER BY o.id")
                .bindList("vms", vms)
                .map((row, context) -> InventoryRows.volume(row))
                .stream()
                .collect(Collectors.toMap(
                        volume -> requireNonNull(volume.vmId()), Function.identity(), (first, second) -> first));
    }

    private static Map<Long, List<Nic>> nics(Handle handle, List<Long> vms) {
        record Row(long vmId, Nic nic) {}
        return handle
                .createQuery("SELECT n.instance_id, n.uuid, n.device_id, n.mac_address, n.ip4_address, n.default_nic,"
                        + " w.uuid AS network_uuid, w.name AS network_name, w.cidr, w.gateway"
                        + " FROM nics n JOIN networks w ON w.id = n.network_id"
                        + " WHERE n.instance_id IN (<vms>) AND n.removed IS NULL ORDER BY n.device_id, n.id")
                .bindList("vms", vms)
                .map((row, context) -> new Row(
                        row.getLong("instance_id"),
                        new Nic(
                                row.getString("uuid"),
                                row.getString("network_uuid"),
                                row.getString("network_name"),
                                row.getInt("device_id"),
                                row.getString("mac_address"),
                                row.getString("ip4_address"),
                                Ipv4Range.of(row.getString("cidr")).netmask(),
                                row.getString("gateway"),
                                row.getBoolean("default_nic"))))
                .stream()
                .collect(Collectors.groupingBy(Row::vmId, Collectors.mapping(Row::nic, Collectors.toList())));
    }

    private static Map<Long, Map<String, String>> details(Handle handle, List<Long> vms) {
        Map<Long, Map<String, String>> details = new HashMap<>();
        handle.createQuery("SELECT vm_id, name, value FROM vm_instance_details WHERE vm_id IN (<vms>)")
                .bindList("vms", vms)
                .map((row, context) -> details.computeIfAbsent(row.getLong("vm_id"), key -> new HashMap<>())
                        .put(row.getString("name"), row.getString("value")))
                .list();
        return details;
    }

    // Changes ---------------------------------------------------------------------------------------------------------

    @Override
    public boolean nameTaken(String name, long accountId) {
        return database.jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM vm_instance"
                                        + " WHERE name = :name AND account_id = :accountId AND removed IS NULL")
                                .bind("name", name)
                                .bind("accountId", accountId)
                                .mapTo(Long.class)
                                .one())
                > 0;
    }

    private static final String INSERT = "INSERT INTO vm_instance (uuid, name, display_name, instance_name, state,"
            + " vm_template_id, guest_os_id, service_offering_id, hypervisor_type, data_center_id, account_id,"
            + " domain_id, created) VALUES (:uuid, :name, :displayName, :instanceName, :state, :templateId, :osId,"
            + " :serviceOfferingId, :hypervisor, :zoneId, :accountId, :domainId, :created)";

    @Override
    public Vm add(Vm vm, List<NewNic> nics, Map<String, String> details) {
        return database.inTransaction(() -> {
            long id = database.jdbi().withHandle(handle -> insert(handle, vm));
            database.jdbi().useHandle(handle -> {
                handle.execute(
                        "UPDATE vm_instance SET instance_name = ? WHERE id = ?",
                        "i-" + vm.owner().accountId() + "-" + id + "-VM",
                        id);
                addNics(handle, id, nics, vm.created());
                addDetails(handle, id, details);
            });
            return find(id).orElseThrow();
        });
    }

    private static long insert(Handle handle, Vm vm) {
        return handle.createUpdate(INSERT)
                .bind("uuid", vm.uuid())
                .bind("name", vm.name())
                .bind("displayName", vm.displayName())
                .bind("instanceName", vm.instanceName())
                .bind("state", vm.state().wireName())
                .bind("templateId", vm.templateId())
                .bind("osId", vm.guestOsId())
                .bind("serviceOfferingId", vm.serviceOfferingId())
                .bind("hypervisor", vm.hypervisorType())
                .bind("zoneId", vm.zoneId())
                .bind("accountId", vm.owner().accountId())
                .bind("domainId", vm.owner().domainId())
                .bind("created", vm.created())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    private static void addNics(Handle handle, long vmId, List<NewNic> nics, Instant when) {
        for (int device = 0; device < nics.size(); device++) {
            NewNic nic = nics.get(device);
            handle.execute(
                    "INSERT INTO nics (uuid, instance_id, network_id, device_id, mac_address, ip4_address, default_nic,"
                            + " created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    nic.uuid(),
                    vmId,
                    nic.networkId(),
                    device,
                    nic.macAddress(),
                    nic.ipAddress(),
                    device == 0,
                    when);
        }
    }

    private static void addDetails(Handle handle, long vmId, Map<String, String> details) {
        details.forEach((name, value) -> handle.execute(
                "INSERT INTO vm_instance_details (vm_id, name, value) VALUES (?, ?, ?)", vmId, name, value));
    }

    @Override
    public void describe(
            long id, @Nullable String name, @Nullable String displayName, @Nullable Map<String, String> details) {
        database.run(() -> database.jdbi().useHandle(handle -> {
            handle.createUpdate("UPDATE vm_instance SET name = COALESCE(:name, name),"
                            + " display_name = COALESCE(:displayName, display_name),"
                            + " update_count = update_count + 1 WHERE id = :id AND removed IS NULL")
                    .bind("name", name)
                    .bind("displayName", displayName)
                    .bind("id", id)
                    .execute();
            if (details != null) {
                handle.execute("DELETE FROM vm_instance_details WHERE vm_id = ?", id);
                addDetails(handle, id, details);
            }
        }));
    }

    @Override
    public void setServiceOffering(long id, long serviceOfferingId) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE vm_instance SET service_offering_id = ?, update_count = update_count + 1 WHERE id = ?",
                        serviceOfferingId,
                        id));
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.inTransaction(() -> database.jdbi().withHandle(handle -> {
            boolean removed = handle.execute(
                            "UPDATE vm_instance SET removed = ?, update_count = update_count + 1"
                                    + " WHERE id = ? AND state = ? AND removed IS NULL",
                            when,
                            id,
                            VmState.EXPUNGING.wireName())
                    == 1;
            if (removed) {
                handle.execute("UPDATE nics SET removed = ? WHERE instance_id = ? AND removed IS NULL", when, id);
            }
            return removed;
        }));
    }
}
