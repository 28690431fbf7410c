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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.KeptAlerts;
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
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.inventory.Volumes;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.framework.limit.Quota;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.operation.Agenda;
import org.cloudstackbackup.framework.operation.OperationStore;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.schedule.RunJobs;
import org.cloudstackbackup.framework.schedule.ScheduleFramework;
import org.cloudstackbackup.framework.schedule.ScheduleStore;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.BackupDriver;
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
    final String url;
    final Database database;
    final FakeProduct product =
            new FakeProduct(clock, EnumSet.complementOf(EnumSet.of(Capability.REMOVAL_DELETES_BACKUPS)));
    /** A second product in the same zone, of the same kind under another name. */
    final FakeProduct second =
            new FakeProduct("second", clock, EnumSet.complementOf(EnumSet.of(Capability.REMOVAL_DELETES_BACKUPS)));

    final Map<String, String> settings = new HashMap<>(Map.of(FrameworkSettings.PROVIDER.key(), "fake"));
    final Fuse fuse = new Fuse();
    final Caller shop = caller(TestTenants.SHOP, "/shop/", RoleType.USER);
    final Caller admin = caller(TestTenants.ADMIN, "/", RoleType.ADMIN);
    int startsThatFail;
    BackupFramework framework;
    ScheduleFramework scheduling;
    long backupLimit = Long.MAX_VALUE;
    /** Those that stand, with their content. */
    final Map<String, String> alerts = new ConcurrentHashMap<>();

    BackupWorld(DatabaseKind kind) {
        url = kind.freshUrl();
        database = Database.open(url, 8);
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("CREATE TABLE test_job (id bigint PRIMARY KEY, ending varchar(2000) NOT NULL)"));
        TestTenants.insert(database);
        insertInventory();
        Built built = build(database, fuse);
        framework = built.framework();
        scheduling = built.scheduling();
    }

    /** As after the death of the process: nothing in memory is left. */
    void restart() {
        fuse.mend();
        Built built = build(database, fuse);
        framework = built.framework();
        scheduling = built.scheduling();
    }

    BackupStore backups() {
        return new JdbcBackupStore(database, clock);
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

    /** Looks at schedules, then lets runs end, as often as something goes on. */
    void settle() {
        for (int i = 0; i < FAR_TOO_MANY_STEPS; i++) {
            scheduling.runs().poll();
            if (framework.operations().openOperationUuids().isEmpty()
                    && number("SELECT COUNT(*) FROM backup_schedule_run") == 0) {
                return;
            }
            Instant now = clock.instant();
            finish();
            clock.set(now.plusSeconds(20));
        }
        assertThat(number("SELECT COUNT(*) FROM backup_schedule_run")).isZero();
    }

    /** As {@link #settle}, and puts the clock back to where it was. */
    void run() {
        Instant now = clock.instant();
        settle();
        clock.set(now);
    }

    void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    /** Further VMs under the offering, with these ids; the last one is not included. */
    void addVms(long from, long until) {
        for (long id = from; id < until; id++) {
            insertVm(id, "vm" + id, TestTenants.SHOP, OFFERING);
        }
    }

    /** Executes a job as the host would: a refusal ends it. */
    void job(long id, Runnable body) {
        try {
            body.run();
        } catch (ProviderException e) {
            end(database, id, "failed: " + e.kind() + " " + e.text());
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** Another node on the same database: it shares no object with {@link #framework} but the product and the clock. */
    BackupFramework node(Database own) {
        return build(own, new Fuse()).framework();
    }

    /** As {@link #node}, for what follows schedules. */
    ScheduleFramework schedulingNode(Database own) {
        return build(own, new Fuse()).scheduling();
    }

    private record Built(BackupFramework framework, ScheduleFramework scheduling) {}

    private Built build(Database at, Fuse guard) {
        ScheduleStore schedules = guard.guard(ScheduleStore.class, new JdbcScheduleStore(at));
        BackupFramework.Stores stores = new BackupFramework.Stores(
                new JdbcBackupOfferingStore(at),
                guard.guard(BackupStore.class, new JdbcBackupStore(at, clock)),
                guard.guard(OperationStore.class, new JdbcOperationStore(at, clock)),
                new JdbcVmCatalog(at),
                schedules);
        BackupFramework.Inventory inventory = new BackupFramework.Inventory(
                guard.guard(Vms.class, new JdbcVms(at)),
                guard.guard(Volumes.class, new JdbcVolumes(at, clock)),
                guard.guard(Provisioning.class, new SqlProvisioning(at)));
        Settings values = new MapSettings();
        ResourceLimits limits = new ResourceLimits(new JdbcResourceStore(at), values);
        BackupFramework.Host host = new BackupFramework.Host(
                at,
                values,
                guard.guard(Events.class, new JdbcEventStore(at, clock)),
                guard.guard(Alerts.class, new RememberedAlerts(alerts(at))),
                guard.guard(Quota.class, new BoundedQuota(limits)),
                guard.guard(JobCompletion.class, new TableJobs(at)),
                guard.guard(Agenda.class, (uuid, when) -> {}),
                clock);
        product.wrapping = driver -> guard.guard(BackupDriver.class, driver);
        second.wrapping = product.wrapping;
        Drivers drivers = drivers(at);
        BackupFramework built = new BackupFramework(stores, inventory, host, drivers);
        ScheduleFramework.Stores ofSchedules = new ScheduleFramework.Stores(
                schedules, guard.guard(RunJobs.class, jobs -> runJobs(at, jobs)), stores.offerings(), inventory.vms());
        return new Built(built, new ScheduleFramework(ofSchedules, built, host, drivers));
    }

    /** The real limits, and one that tests set. */
    private final class BoundedQuota implements Quota {
        private final Quota real;

        BoundedQuota(Quota real) {
            this.real = real;
        }

        @Override
        public void reserve(Owner owner, int backups, long bytes) {
            BackupWorld.this.reserve(backups);
            real.reserve(owner, backups, bytes);
        }

        @Override
        public long mostBackups(Owner owner) {
            return real.mostBackups(owner);
        }
    }

    private void reserve(int backups) {
        long used = number(
                "SELECT COUNT(*) FROM backups WHERE removed IS NULL AND status NOT IN ('Failed', 'Removed', 'Expunged')");
        if (used + backups > backupLimit) {
            throw new ProviderException(ErrorKind.CONFLICT, "account", "The limit of " + backupLimit + " is reached");
        }
    }

    private Map<String, Long> runJobs(Database at, List<RunJobs.NewJob> jobs) {
        return new JdbcJobStore(at, clock)
                .addDeferred(jobs.stream()
                        .map(job -> new JobStore.NewJob(
                                job.uuid(),
                                User.SYSTEM_ID,
                                job.accountId(),
                                "createBackup",
                                "test",
                                Map.of("virtualmachineid", job.vmUuid()),
                                "Backup",
                                job.backupId(),
                                job.backupUuid(),
                                null,
                                null,
                                "test"))
                        .toList());
    }

    /** Both products, as a node has them. */
    Drivers drivers(Database at) {
        return new Drivers(List.of(product, second), new JdbcZones(at), new MapSettings(), at, clock);
    }

    Settings settings() {
        return new MapSettings();
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

    void insertVm(long id, String name, Owner owner, @Nullable Long offering) {
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
            handle.execute("INSERT INTO vm_instance_details (vm_id, name, value) VALUES (?, 'k', 'v')", id);
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

    static Caller caller(Owner owner, String path, RoleType type) {
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

    /** How each job has ended so far. */
    Map<Long, String> jobs() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id, ending FROM test_job")
                        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("ending")))
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void end(Database at, long job, String ending) {
        at.jdbi()
                .useHandle(handle ->
                        handle.execute("INSERT IGNORE INTO test_job (id, ending) VALUES (?, ?)", job, ending));
    }

    /** In the database, as the host's are, so that the end of a job is part of the transaction. */
    private record TableJobs(Database at) implements JobCompletion {
        @Override
        public void progress(long jobId, @Nullable Integer percent, String message) {}

        @Override
        public void succeeded(long jobId, @Nullable String resultUuid) {
            end(at, jobId, "succeeded" + (resultUuid == null ? "" : " " + resultUuid));
        }

        @Override
        public void failed(long jobId, ProviderException failure) {
            end(at, jobId, "failed: " + failure.kind() + " " + failure.text());
        }
    }

    private final class MapSettings implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return settings.getOrDefault(setting.key(), setting.defaultValue());
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return settings.getOrDefault(setting.key() + "@" + zoneId, value(setting));
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> wanted) {
            return Map.of();
        }
    }

    /** Paths of data that was made for new VMs and is not needed. */
    final List<String> discarded = new ArrayList<>();

    private final class SqlProvisioning implements Provisioning {
        private final Database at;
        private final JdbcVms vms;

        SqlProvisioning(Database at) {
            this.at = at;
            this.vms = new JdbcVms(at);
        }

        @Override
        public Vm createStopped(Caller caller, NewVm request) {
            return at.inTransaction(() -> {
                long known =
                        number("SELECT COALESCE(MAX(id), 0) FROM vm_instance WHERE uuid = '" + request.uuid() + "'");
                long id = known > 0 ? known : number("SELECT MAX(id) + 1 FROM vm_instance");
                if (known == 0) {
                    insertVm(id, "new", TestTenants.SHOP, null);
                    at.jdbi()
                            .useHandle(handle ->
                                    handle.execute("UPDATE vm_instance SET uuid = ? WHERE id = ?", request.uuid(), id));
                }
                return vms.find(id).orElseThrow();
            });
        }

        @Override
        public void start(long vmId) {
            if (startsThatFail-- > 0) {
                throw new ProviderException(ErrorKind.UNAVAILABLE, "vm", "The hypervisor is away");
            }
            vms.transition(vmId, Set.of(VmState.STOPPED), VmState.RUNNING);
        }

        @Override
        public void expunge(long vmId) {
            at.jdbi()
                    .useHandle(handle ->
                            handle.execute("UPDATE vm_instance SET removed = ? WHERE id = ?", clock.instant(), vmId));
        }

        @Override
        public void relocate(long vmId, Map<String, String> details, Map<String, String> paths) {
            Map<String, String> all = new HashMap<>(vms.details(vmId));
            all.putAll(details);
            vms.describe(vmId, null, null, all);
            JdbcVolumes volumes = new JdbcVolumes(at, clock);
            volumes.ofVm(vmId).stream()
                    .filter(volume -> paths.containsKey(volume.uuid()))
                    .forEach(volume -> volumes.relocate(volume.id(), paths.getOrDefault(volume.uuid(), "")));
        }

        @Override
        public void discard(long vmId, String path) {
            discarded.add(path);
        }
    }

    static String uuid() {
        return UUID.randomUUID().toString();
    }

    /** Kept in the database, and at hand for tests: the texts of those that stand. */
    private final class RememberedAlerts implements Alerts {
        private final Alerts kept;

        RememberedAlerts(Alerts kept) {
            this.kept = kept;
        }

        @Override
        public void raise(NewAlert alert) {
            kept.raise(alert);
            alerts.put(alert.type() + " " + alert.cause(), alert.content());
        }

        @Override
        public boolean join(AlertType type, String cause, String note) {
            return kept.join(type, cause, note);
        }

        @Override
        public void resolve(AlertType type, String cause) {
            kept.resolve(type, cause);
            alerts.remove(type + " " + cause);
        }
    }

    private KeptAlerts alerts(Database at) {
        return new KeptAlerts(new JdbcAlertStore(at), new JdbcDeliveryStore(at), List.of(), at, clock);
    }
}
