/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Nic;
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.inventory.Volumes;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.operation.Agenda;
import org.cloudstackbackup.framework.operation.OperationStore;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;

/** Tenants, two VMs of two volumes, an imported offering, a product, and the framework over a real database. */
final class BackupWorld implements AutoCloseable {
    static final long WEB = 1;
    static final long OTHER = 2;
    static final long OFFERING = 1;
    private static final int FAR_TOO_MANY_STEPS = 300;

    final SettableClock clock = new SettableClock();
    final Database database;
    final FakeProduct product =
            new FakeProduct(clock, EnumSet.complementOf(EnumSet.of(Capability.REMOVAL_DELETES_BACKUPS)));
    final Map<String, String> settings = new HashMap<>(Map.of(FrameworkSettings.PROVIDER.key(), "fake"));
    final Map<Long, String> jobs = new HashMap<>();
    final Fuse fuse = new Fuse();
    final Caller shop = caller(TestTenants.SHOP, "/shop/", RoleType.USER);
    final Caller admin = caller(TestTenants.ADMIN, "/", RoleType.ADMIN);
    int startsThatFail;
    BackupFramework framework;

    BackupWorld(DatabaseKind kind) {
        database = kind.open();
        TestTenants.insert(database);
        insertInventory();
        framework = build();
    }

    /** As after the death of the process: nothing in memory is left. */
    void restart() {
        fuse.mend();
        framework = build();
    }

    BackupStore backups() {
        return new JdbcBackupStore(database);
    }

    String text(String sql) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(sql).mapTo(String.class).findOne().orElse("none"));
    }

    long number(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** Lets time pass until nothing is open. */
    void finish() {
        for (int i = 0; i < FAR_TOO_MANY_STEPS; i++) {
            List<String> open = framework.operations().openOperationUuids();
            if (open.isEmpty()) {
                return;
            }
            open.forEach(framework.runner()::step);
            clock.advance(Duration.ofSeconds(60));
        }
        assertThat(framework.operations().openOperationUuids()).isEmpty();
    }

    /** Executes a job as the host would: a refusal ends it. */
    void job(long id, Runnable body) {
        try {
            body.run();
        } catch (ProviderException e) {
            jobs.putIfAbsent(id, "failed: " + e.kind() + " " + e.text());
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private BackupFramework build() {
        BackupFramework.Stores stores = new BackupFramework.Stores(
                new JdbcBackupOfferingStore(database),
                fuse.guard(BackupStore.class, new JdbcBackupStore(database)),
                fuse.guard(OperationStore.class, new JdbcOperationStore(database, clock)),
                new JdbcVmCatalog(database));
        BackupFramework.Inventory inventory = new BackupFramework.Inventory(
                fuse.guard(Vms.class, new SqlVms()),
                fuse.guard(Volumes.class, new SqlVolumes()),
                fuse.guard(Provisioning.class, new SqlProvisioning()));
        Settings values = new MapSettings();
        BackupFramework.Host host = new BackupFramework.Host(
                database,
                values,
                fuse.guard(Events.class, new JdbcEventStore(database, clock)),
                new MapJobs(),
                fuse.guard(Agenda.class, (uuid, at) -> {}),
                clock);
        return new BackupFramework(
                stores, inventory, host, new Drivers(List.of(product), new OneZone(), values, database, clock));
    }

    private void insertInventory() {
        Instant at = TestTenants.CREATED;
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (1, 'zone-1', 'zone', 'sim', ?)",
                    at);
            handle.execute("INSERT INTO disk_offering (id, uuid, name, created) VALUES (1, 'disk-1', 'disk', ?)", at);
            handle.execute(
                    "INSERT INTO service_offering (id, uuid, name, cpu, speed, ram_size, created)"
                            + " VALUES (1, 'service-1', 'small', 1, 1000, 512, ?)",
                    at);
            handle.execute("INSERT INTO guest_os_category (id, uuid, name) VALUES (1, 'cat-1', 'Linux')");
            handle.execute(
                    "INSERT INTO guest_os (id, uuid, category_id, display_name) VALUES (1, 'os-1', 1, 'Debian')");
            handle.execute(
                    "INSERT INTO vm_template (id, uuid, name, hypervisor_type, guest_os_id, size, account_id, created)"
                            + " VALUES (1, 'template-1', 'debian', 'Simulator', 1, 100, 1, ?)",
                    at);
            handle.execute(
                    "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                            + " provider, created) VALUES (1, 'offering-1', 'gold', 'gold', 'gold', TRUE, 1, 'fake', ?)",
                    at);
        });
        insertVm(WEB, "web", TestTenants.SHOP, OFFERING);
        insertVm(OTHER, "other", TestTenants.SHOP, null);
    }

    private void insertVm(long id, String name, Owner owner, @Nullable Long offering) {
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id,"
                            + " service_offering_id, hypervisor_type, data_center_id, account_id, domain_id,"
                            + " backup_offering_id, created) VALUES (?, ?, ?, ?, 'Stopped', 1, 1, 1, 'Simulator', 1, ?, ?, ?, ?)",
                    id,
                    "vm-" + id,
                    name,
                    "i-" + id,
                    owner.accountId(),
                    owner.domainId(),
                    offering,
                    TestTenants.CREATED);
            for (int device = 0; device < 2; device++) {
                insertVolume("volume-" + id + "-" + device, id, device, owner, 100);
            }
        });
    }

    private void insertVolume(String uuid, long vm, long device, Owner owner, long size) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO volumes (uuid, name, volume_type, state, size, path, instance_id, device_id,"
                                + " disk_offering_id, data_center_id, account_id, domain_id, created)"
                                + " VALUES (?, ?, ?, 'Ready', ?, ?, ?, ?, 1, 1, ?, ?, ?)",
                        uuid,
                        uuid,
                        device == 0 ? "ROOT" : "DATADISK",
                        size,
                        "/" + uuid,
                        vm,
                        device,
                        owner.accountId(),
                        owner.domainId(),
                        TestTenants.CREATED));
    }

    private static Caller caller(Owner owner, String path, RoleType type) {
        Instant at = TestTenants.CREATED;
        return new Caller(
                new User(
                        owner.accountId(),
                        "u",
                        "u",
                        owner.accountId(),
                        null,
                        null,
                        null,
                        "enabled",
                        null,
                        null,
                        at,
                        null),
                new Account(owner.accountId(), "a", "a", 0, 1, owner.domainId(), "enabled", at, null),
                new Domain(owner.domainId(), "d", "d", null, path, 0, "Active", at, null),
                new Role(1, "r", "r", type, false, true, null));
    }

    /** Kills the process at the n-th call of a port, before or after the call has worked. */
    static final class Fuse {
        private int calls;
        private int limit = Integer.MAX_VALUE;

        void burnAt(int call) {
            calls = 0;
            limit = call;
        }

        void mend() {
            limit = Integer.MAX_VALUE;
        }

        <T> T guard(Class<T> port, T real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                        burn();
                        try {
                            Object result = method.invoke(real, arguments);
                            burn();
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }

        private void burn() {
            if (++calls >= limit) {
                throw new Killed();
            }
        }
    }

    /** No code catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final class MapJobs implements JobCompletion {
        @Override
        public void progress(long jobId, @Nullable Integer percent, String message) {}

        @Override
        public void succeeded(long jobId, @Nullable String resultUuid) {
            jobs.putIfAbsent(jobId, "succeeded" + (resultUuid == null ? "" : " " + resultUuid));
        }

        @Override
        public void failed(long jobId, ProviderException failure) {
            jobs.putIfAbsent(jobId, "failed: " + failure.kind() + " " + failure.text());
        }
    }

    private final class MapSettings implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return settings.getOrDefault(setting.key(), setting.defaultValue());
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return value(setting);
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> wanted) {
            return Map.of();
        }
    }

    private static final class OneZone implements Zones {
        @Override
        public Optional<Zone> find(long id) {
            return all().stream().filter(zone -> zone.id() == id).findFirst();
        }

        @Override
        public List<Zone> all() {
            return List.of(
                    new Zone(1, "zone-1", "zone", null, "Advanced", "Enabled", "sim", TestTenants.CREATED, null));
        }
    }

    private final class SqlVms implements Vms {
        @Override
        public Optional<Vm> find(long id) {
            return findIncludingRemoved(id).filter(vm -> vm.removed() == null);
        }

        @Override
        public Optional<Vm> findIncludingRemoved(long id) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT v.*, d.path FROM vm_instance v JOIN domain d ON d.id = v.domain_id WHERE v.id = :id")
                            .bind("id", id)
                            .map((row, context) -> new Vm(
                                    id,
                                    row.getString("uuid"),
                                    row.getString("name"),
                                    null,
                                    row.getString("instance_name"),
                                    VmState.ofWireName(row.getString("state")).orElseThrow(),
                                    1,
                                    new Owner(
                                            row.getLong("account_id"), row.getLong("domain_id"), row.getString("path")),
                                    1,
                                    1,
                                    1,
                                    "Simulator",
                                    new Rows(row).maybeLong("backup_offering_id"),
                                    row.getString("backup_external_id"),
                                    row.getString("backup_volumes"),
                                    0,
                                    TestTenants.CREATED,
                                    new Rows(row).maybeInstant("removed")))
                            .findOne());
        }

        @Override
        public Map<String, String> details(long vmId) {
            return Map.of("k", "v");
        }

        @Override
        public List<Nic> nics(long vmId) {
            return List.of();
        }

        @Override
        public long countByBackupOffering(long backupOfferingId) {
            return 0;
        }

        @Override
        public boolean transition(long id, Set<VmState> from, VmState to) {
            return database.jdbi()
                            .withHandle(handle -> handle.createUpdate(
                                            "UPDATE vm_instance SET state = :to WHERE id = :id AND removed IS NULL AND state IN (<from>)")
                                    .bind("to", to.wireName())
                                    .bind("id", id)
                                    .bindList(
                                            "from",
                                            from.stream().map(VmState::wireName).toList())
                                    .execute())
                    == 1;
        }

        @Override
        public boolean setBackupOffering(
                long id,
                @Nullable Long expected,
                @Nullable Long offeringId,
                @Nullable String externalId,
                @Nullable String volumesJson) {
            return database.jdbi()
                            .withHandle(handle -> handle.createUpdate(
                                            "UPDATE vm_instance SET backup_offering_id = :offering, backup_external_id = :external,"
                                                    + " backup_volumes = :volumes WHERE id = :id AND COALESCE(backup_offering_id, 0) = :expected")
                                    .bind("offering", offeringId)
                                    .bind("external", externalId)
                                    .bind("volumes", volumesJson)
                                    .bind("id", id)
                                    .bind("expected", expected == null ? 0L : expected)
                                    .execute())
                    == 1;
        }
    }

    private final class SqlVolumes implements Volumes {
        @Override
        public Optional<Volume> find(long id) {
            return select("v.id = " + id).stream().findFirst();
        }

        @Override
        public Optional<Volume> findByUuid(String uuid) {
            return select("v.uuid = '" + uuid + "'").stream().findFirst();
        }

        @Override
        public List<Volume> ofVm(long vmId) {
            return select("v.removed IS NULL AND v.instance_id = " + vmId);
        }

        @Override
        public boolean transition(Set<Long> ids, VolumeState from, VolumeState to) {
            return database.inTransaction(() -> {
                int changed = database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "UPDATE volumes SET state = :to WHERE state = :from AND id IN (<ids>)")
                                .bind("to", to.wireName())
                                .bind("from", from.wireName())
                                .bindList("ids", List.copyOf(ids))
                                .execute());
                return changed == ids.size();
            });
        }

        @Override
        public Volume addRestored(NewVolume volume, long vmId) {
            if (findByUuid(volume.uuid()).isEmpty()) {
                insertVolume(volume.uuid(), vmId, 5, TestTenants.SHOP, volume.sizeBytes());
            }
            return findByUuid(volume.uuid()).orElseThrow();
        }

        @Override
        public Optional<String> diskOfferingUuid(long diskOfferingId) {
            return Optional.of("disk-1");
        }

        @Override
        public Optional<Long> diskOfferingId(String uuid) {
            return uuid.equals("disk-1") ? Optional.of(1L) : Optional.empty();
        }

        private List<Volume> select(String condition) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT v.* FROM volumes v WHERE " + condition + " ORDER BY v.device_id")
                            .map((row, context) -> new Volume(
                                    row.getLong("id"),
                                    row.getString("uuid"),
                                    row.getString("name"),
                                    VolumeType.valueOf(row.getString("volume_type")),
                                    VolumeState.ofWireName(row.getString("state"))
                                            .orElseThrow(),
                                    row.getLong("size"),
                                    row.getString("path"),
                                    row.getLong("instance_id"),
                                    row.getLong("device_id"),
                                    1,
                                    null,
                                    null,
                                    null,
                                    1,
                                    TestTenants.SHOP,
                                    TestTenants.CREATED,
                                    null))
                            .list());
        }
    }

    private final class SqlProvisioning implements Provisioning {
        @Override
        public Vm createStopped(Caller caller, NewVm request) {
            return database.inTransaction(() -> {
                long known =
                        number("SELECT COALESCE(MAX(id), 0) FROM vm_instance WHERE uuid = '" + request.uuid() + "'");
                long id = known > 0 ? known : number("SELECT MAX(id) + 1 FROM vm_instance");
                if (known == 0) {
                    insertVm(id, "new", TestTenants.SHOP, null);
                    database.jdbi()
                            .useHandle(handle ->
                                    handle.execute("UPDATE vm_instance SET uuid = ? WHERE id = ?", request.uuid(), id));
                }
                return new SqlVms().find(id).orElseThrow();
            });
        }

        @Override
        public void start(long vmId) {
            if (startsThatFail-- > 0) {
                throw new ProviderException(ErrorKind.UNAVAILABLE, "vm", "The hypervisor is away");
            }
            new SqlVms().transition(vmId, Set.of(VmState.STOPPED), VmState.RUNNING);
        }

        @Override
        public void expunge(long vmId) {
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("UPDATE vm_instance SET removed = ? WHERE id = ?", clock.instant(), vmId));
        }
    }

    static String uuid() {
        return UUID.randomUUID().toString();
    }
}
