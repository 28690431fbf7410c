/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.VmDetails;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.sync.SyncState;
import org.cloudstackbackup.framework.sync.SyncSurroundings;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcBackupStore;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcSyncStates;
import org.cloudstackbackup.store.JdbcSyncStore;
import org.cloudstackbackup.store.JdbcVmCatalog;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcZones;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The comparison of all backups of a zone with a product that answers each call after some milliseconds: the first one, which
 * adopts every restore point, one with nothing changed, and for comparison a loop with one call per VM.
 *
 * <p>Arguments: the start script (unused), the number of VMs, milliseconds per call.
 */
public final class SyncBenchmark {
    private static final int POINTS_PER_VM = 14;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final int vms;
    private final Duration answerTime;

    private SyncBenchmark(int vms, Duration answerTime) {
        this.vms = vms;
        this.answerTime = answerTime;
    }

    public static void main(String[] arguments) throws Exception {
        SyncBenchmark benchmark =
                new SyncBenchmark(Integer.parseInt(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])));
        System.out.printf(
                Locale.ROOT,
                "Comparison of %d VMs x %d restore points, %s per call, %d processors, Java %s%n",
                benchmark.vms,
                POINTS_PER_VM,
                benchmark.answerTime,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        benchmark.measure("H2", Database.memoryUrl("bench") + ";DB_CLOSE_DELAY=-1");
        try (ScratchMariaDb mariaDb = ScratchMariaDb.start()) {
            benchmark.measure("MariaDB", mariaDb.url());
        }
        System.out.println(
                "CloudStack 4.22 on 2 cores, for comparison: 1000 VMs x 14 unchanged restore points took 229 s"
                        + " and 167000 SQL statements");
    }

    private void measure(String name, String url) {
        try (Database database = Database.open(url, 4)) {
            database.jdbi().useTransaction(this::fill);
            SlowProduct product = new SlowProduct(vms, POINTS_PER_VM, answerTime);
            Statements statements = new Statements();
            database.jdbi().setSqlLogger(statements);
            BackupSyncs syncs = syncs(database, product);
            row(name, "first: adopts all", product, statements, () -> compare(syncs));
            row(name, "nothing changed", product, statements, () -> compare(syncs));
            row(name, "nothing changed", product, statements, () -> compare(syncs));
            row(name, "one call per VM", product, statements, () -> perVm(database, product));
            memory(name, syncs, product);
        }
    }

    private static void row(String name, String what, SlowProduct product, Statements statements, Runnable work) {
        product.calls.set(0);
        statements.reads.set(0);
        statements.writes.set(0);
        long begin = System.nanoTime();
        long beginCpu = cpuNanos();
        work.run();
        System.out.printf(
                Locale.ROOT,
                "%-8s %-18s %5d calls  %7.2f s, %6.2f s of them CPU  %5d statements, %4d of them writing%n",
                name,
                what,
                product.calls.get(),
                (System.nanoTime() - begin) / 1e9,
                (cpuNanos() - beginCpu) / 1e9,
                statements.reads.get() + statements.writes.get(),
                statements.writes.get());
    }

    private void compare(BackupSyncs syncs) {
        syncs.request(1);
        syncs.tick();
        SyncState state = syncs.states().get(0);
        if (state.outcome() != SyncState.Outcome.COMPLETE || state.counts().points() != (long) vms * POINTS_PER_VM) {
            throw new IllegalStateException("The comparison went wrong: " + state);
        }
    }

    /** As a product is compared that is asked about each VM: a call and a statement each. */
    private void perVm(Database database, SlowProduct product) {
        long changed = 0;
        for (int vm = 0; vm < vms; vm++) {
            Map<String, Long> sizes = new HashMap<>();
            long id = vm + 1L;
            database.jdbi()
                    .useHandle(handle -> handle.createQuery(
                                    "SELECT external_id, size FROM backups WHERE vm_id = :id AND removed IS NULL")
                            .bind("id", id)
                            .map((row, context) -> sizes.put(row.getString("external_id"), row.getLong("size")))
                            .forEach(previous -> {}));
            for (RestorePoint point : product.pointsOf(vm)) {
                changed += Long.valueOf(point.sizeBytes()).equals(sizes.get(point.id())) ? 0 : 1;
            }
        }
        if (changed > 0) {
            throw new IllegalStateException(changed + " points differ");
        }
    }

    /** The most that is still referenced when a page is asked for, over what was before. */
    private void memory(String name, BackupSyncs syncs, SlowProduct product) {
        long before = liveBytes();
        AtomicLong most = new AtomicLong();
        product.beforePage = () -> most.accumulateAndGet(liveBytes(), Math::max);
        compare(syncs);
        System.out.printf(
                Locale.ROOT,
                "%-8s memory in use between pages: %.1f MiB more than before%n",
                name,
                (most.get() - before) / (1024.0 * 1024.0));
    }

    /** Of this process, with an embedded database but without MariaDB. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static BackupSyncs syncs(Database database, SlowProduct product) {
        Clock clock = Clock.systemUTC();
        Settings settings = new FixedSettings();
        JdbcZones zones = new JdbcZones(database);
        return new BackupSyncs(
                new SyncSurroundings(
                        new JdbcSyncStore(database),
                        new JdbcSyncStates(database, clock),
                        new JdbcBackupStore(database),
                        zones,
                        new VmDetails(new JdbcVmCatalog(database), new JdbcVms(database)),
                        new Drivers(List.of(product), zones, settings, database, clock),
                        settings,
                        database,
                        new JdbcEventStore(database, clock),
                        new NoAlerts(),
                        clock),
                "bench",
                Runnable::run);
    }

    private void fill(Handle handle) {
        handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'role', 'Root Admin', 'Admin')");
        handle.execute(
                "INSERT INTO domain (id, uuid, name, owner, path, created) VALUES (1, 'domain', 'ROOT', 1, '/', ?)",
                FIRST);
        handle.execute(
                "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                        + " VALUES (1, 'account', 'system', 1, 1, 1, ?)",
                FIRST);
        handle.execute(
                "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (1, 'zone', 'zone', 'sim', ?)",
                FIRST);
        handle.execute("INSERT INTO disk_offering (id, uuid, name, created) VALUES (1, 'disk', 'disk', ?)", FIRST);
        handle.execute(
                "INSERT INTO service_offering (id, uuid, name, cpu, speed, ram_size, created)"
                        + " VALUES (1, 'small', 'small', 1, 1000, 512, ?)",
                FIRST);
        handle.execute("INSERT INTO guest_os_category (id, uuid, name) VALUES (1, 'linux', 'Linux')");
        handle.execute("INSERT INTO guest_os (id, uuid, category_id, display_name) VALUES (1, 'debian', 1, 'Debian')");
        handle.execute(
                "INSERT INTO vm_template (id, uuid, name, hypervisor_type, guest_os_id, size, account_id, created)"
                        + " VALUES (1, 'template', 'debian', 'Simulator', 1, 100, 1, ?)",
                FIRST);
        handle.execute(
                "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                        + " provider, created) VALUES (1, 'offering', 'gold', 'gold', 'gold', TRUE, 1, ?, ?)",
                SlowProduct.NAME,
                FIRST);
        PreparedBatch machines = handle.prepareBatch(
                "INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id,"
                        + " service_offering_id, hypervisor_type, data_center_id, account_id, domain_id,"
                        + " backup_offering_id, created)"
                        + " VALUES (?, ?, ?, ?, 'Running', 1, 1, 1, 'Simulator', 1, 1, 1, 1, ?)");
        PreparedBatch volumes = handle.prepareBatch(
                "INSERT INTO volumes (uuid, name, volume_type, state, size, path, instance_id, device_id,"
                        + " disk_offering_id, data_center_id, account_id, domain_id, created)"
                        + " VALUES (?, ?, 'ROOT', 'Ready', 1073741824, ?, ?, 0, 1, 1, 1, 1, ?)");
        for (int vm = 0; vm < vms; vm++) {
            String uuid = SlowProduct.vmUuid(vm);
            machines.add(vm + 1, uuid, uuid, "i-1-" + vm, FIRST);
            volumes.add("bench-volume-" + vm, "root", "/volumes/" + vm, vm + 1, FIRST);
        }
        machines.execute();
        volumes.execute();
    }

    /** Counts statements; a batch is one. */
    private static final class Statements implements SqlLogger {
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong writes = new AtomicLong();

        @Override
        public void logAfterExecution(StatementContext context) {
            String sql = requireNonNull(context.getRenderedSql()).stripLeading();
            (sql.startsWith("SELECT") ? reads : writes).incrementAndGet();
        }
    }

    private static final class FixedSettings implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return setting.key().equals(FrameworkSettings.PROVIDER.key()) ? SlowProduct.NAME : setting.defaultValue();
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return value(setting);
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> settings) {
            return Map.of();
        }
    }

    private static final class NoAlerts implements Alerts {
        @Override
        public void raise(NewAlert alert) {}

        @Override
        public boolean join(AlertType type, String cause, String note) {
            return false;
        }

        @Override
        public void resolve(AlertType type, String cause) {}
    }
}
