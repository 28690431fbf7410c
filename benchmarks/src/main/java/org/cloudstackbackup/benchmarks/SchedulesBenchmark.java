/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.schedule.RunJobs;
import org.cloudstackbackup.framework.schedule.ScheduleFramework;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcBackupOfferingStore;
import org.cloudstackbackup.store.JdbcBackupStore;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcJobStore;
import org.cloudstackbackup.store.JdbcOperationStore;
import org.cloudstackbackup.store.JdbcResourceStore;
import org.cloudstackbackup.store.JdbcScheduleStore;
import org.cloudstackbackup.store.JdbcVmCatalog;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcVolumes;
import org.cloudstackbackup.store.JdbcZones;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Very many schedules that are due in the same minute, followed by two nodes at once on one database. Fails when they are not all
 * queued within {@value #ALLOWED_SECONDS} seconds, or one is queued twice or not at all.
 *
 * <p>Arguments: the start script, which is not used, and the number of schedules.
 */
public final class SchedulesBenchmark {
    private static final int ALLOWED_SECONDS = 10;
    private static final int ACCOUNTS = 100;
    private static final int BATCH = 5_000;
    private static final Instant MINUTE = Instant.parse("2026-11-21T10:15:00Z");

    private SchedulesBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "%d hourly schedules due in one minute, 2 nodes, %d accounts, %d processors, Java %s%n",
                count,
                ACCOUNTS,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        String h2 = Database.embeddedUrl(Files.createTempDirectory("schedules-"));
        boolean good = measure("H2", h2, count);
        try (ScratchMariaDb mariaDb = ScratchMariaDb.start()) {
            good &= measure("MariaDB", mariaDb.url(), count);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean measure(String name, String url, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database first = Database.open(url, 4);
                Database second = Database.open(url, 4)) {
            first.jdbi().useTransaction(handle -> fill(handle, count));
            List<ScheduleFramework> nodes = List.of(node(first), node(second));
            CyclicBarrier start = new CyclicBarrier(nodes.size() + 1);
            List<Future<Integer>> queued = new ArrayList<>();
            for (ScheduleFramework node : nodes) {
                queued.add(threads.submit(() -> {
                    start.await();
                    return node.runs().queueDue();
                }));
            }
            long cpuBefore = cpuNanos();
            start.await();
            long began = System.nanoTime();
            int one = queued.get(0).get();
            int other = queued.get(1).get();
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;
            long idle = System.nanoTime();
            nodes.get(0).runs().queueDue();
            double idleMillis = (System.nanoTime() - idle) / 1e6;
            boolean once = one + other == count && isOnce(first, count);
            System.out.printf(
                    Locale.ROOT,
                    "%-8s all queued in %5.2f s, processor time of both nodes %5.2f s (%d by one node, %d by the other), none twice: %s;"
                            + " a look with nothing due %.1f ms%n",
                    name,
                    seconds,
                    cpuSeconds,
                    one,
                    other,
                    once,
                    idleMillis);
            return once && seconds < ALLOWED_SECONDS;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Of this process; that of a database server beside it is not in it. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /** Whether each schedule has one run, and each run its backup and its job. */
    private static boolean isOnce(Database database, int count) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                                "SELECT COUNT(DISTINCT r.schedule_id) FROM backup_schedule_run r"
                                                        + " JOIN backups b ON b.id = r.backup_id AND b.status = 'Allocated'"
                                                        + " AND b.backup_schedule_id = r.schedule_id"
                                                        + " JOIN async_job j ON j.id = r.job_id AND j.instance_id = b.id")
                                        .mapTo(Integer.class)
                                        .one()
                                == count
                        && handle.createQuery("SELECT COUNT(*) FROM backups")
                                        .mapTo(Integer.class)
                                        .one()
                                == count
                        && handle.createQuery("SELECT COUNT(*) FROM async_job")
                                        .mapTo(Integer.class)
                                        .one()
                                == count);
    }

    private static ScheduleFramework node(Database database) {
        Clock clock = Clock.fixed(MINUTE.plus(Duration.ofSeconds(20)), ZoneOffset.UTC);
        JdbcScheduleStore schedules = new JdbcScheduleStore(database);
        JdbcBackupOfferingStore offerings = new JdbcBackupOfferingStore(database);
        JdbcVms vms = new JdbcVms(database);
        Settings settings = new Defaults();
        Drivers drivers = new Drivers(List.of(new Product()), new JdbcZones(database), settings, database, clock);
        BackupFramework.Host host = new BackupFramework.Host(
                database,
                settings,
                new JdbcEventStore(database, clock),
                new NoAlerts(),
                new ResourceLimits(new JdbcResourceStore(database), settings),
                new NoJobs(),
                (uuid, at) -> {},
                clock);
        BackupFramework framework = new BackupFramework(
                new BackupFramework.Stores(
                        offerings,
                        new JdbcBackupStore(database),
                        new JdbcOperationStore(database, clock),
                        new JdbcVmCatalog(database),
                        schedules),
                new BackupFramework.Inventory(vms, new JdbcVolumes(database, clock), new NoProvisioning()),
                host,
                drivers);
        JobStore jobs = new JdbcJobStore(database, clock);
        return new ScheduleFramework(
                new ScheduleFramework.Stores(schedules, wanted -> add(jobs, wanted), offerings, vms),
                framework,
                host,
                drivers);
    }

    private static Map<String, Long> add(JobStore jobs, List<RunJobs.NewJob> wanted) {
        return jobs.addDeferred(wanted.stream()
                .map(job -> new JobStore.NewJob(
                        job.uuid(),
                        User.SYSTEM_ID,
                        job.accountId(),
                        "createBackup",
                        "CreateBackupCommand",
                        Map.of("virtualmachineid", job.vmUuid(), "quiescevm", "false"),
                        "Backup",
                        job.backupId(),
                        job.backupUuid(),
                        "BACKUP.CREATE",
                        "Backing up a VM by schedule",
                        "bench"))
                .toList());
    }

    private static void fill(Handle handle, int count) {
        Instant at = MINUTE.minus(1, ChronoUnit.DAYS);
        handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'role', 'User', 'User')");
        handle.execute(
                "INSERT INTO domain (id, uuid, name, owner, path, created) VALUES (1, 'd', 'ROOT', 1, '/', ?)", at);
        for (int account = 1; account <= ACCOUNTS; account++) {
            handle.execute(
                    "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created) VALUES (?, ?, ?, 0, 1, 1, ?)",
                    account,
                    "account-" + account,
                    "bench-" + account,
                    at);
        }
        handle.execute(
                "INSERT INTO user (id, uuid, username, password, account_id, created) VALUES (1, 'u', 's', '', 1, ?)",
                at);
        handle.execute(
                "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (1, 'zone', 'zone', 'bench', ?)",
                at);
        handle.execute(
                "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id, provider,"
                        + " created) VALUES (1, 'o', 'gold', 'gold', 'gold', TRUE, 1, 'bench', ?)",
                at);
        PreparedBatch vms = handle.prepareBatch("""
                INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id, service_offering_id,
                                         hypervisor_type, data_center_id, account_id, domain_id, backup_offering_id, created)
                VALUES (?, ?, ?, ?, 'Running', 1, 1, 1, 'Bench', 1, ?, 1, 1, ?)""");
        PreparedBatch volumes = handle.prepareBatch("""
                INSERT INTO volumes (uuid, name, volume_type, state, size, path, instance_id, device_id, disk_offering_id,
                                     data_center_id, account_id, domain_id, created)
                VALUES (?, 'root', 'ROOT', 'Ready', 1073741824, '/root', ?, 0, 1, 1, ?, 1, ?)""");
        PreparedBatch schedules = handle.prepareBatch("""
                INSERT INTO backup_schedule (uuid, vm_id, schedule_type, schedule, timezone, scheduled_timestamp, wake_at,
                                             max_backups, account_id, domain_id)
                VALUES (?, ?, 0, '15', 'Europe/Berlin', ?, ?, 7, ?, 1)""");
        for (int vm = 1; vm <= count; vm++) {
            int account = 1 + vm % ACCOUNTS;
            vms.add(vm, UUID.randomUUID().toString(), "bench-" + vm, "i-" + vm, account, at);
            volumes.add(UUID.randomUUID().toString(), vm, account, at);
            schedules.add(UUID.randomUUID().toString(), vm, MINUTE, MINUTE, account);
            if (vm % BATCH == 0 || vm == count) {
                vms.execute();
                volumes.execute();
                schedules.execute();
            }
        }
    }

    /** A product that is never called. */
    private static final class Product implements DriverFactory {
        @Override
        public String name() {
            return "bench";
        }

        @Override
        public String description() {
            return "For measurements";
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.allOf(Capability.class);
        }

        @Override
        public List<SettingDefinition> settings() {
            return List.of();
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            throw new UnsupportedOperationException("Queueing calls no product");
        }
    }

    /** No account has a limit; the rest is as it comes. */
    private static final class Defaults implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return setting.key().startsWith("max.") ? "-1" : setting.defaultValue();
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
        public void raise(NewAlert alert) {
            throw new UnsupportedOperationException("Nothing is late: " + alert.subject());
        }

        @Override
        public boolean join(AlertType type, String cause, String note) {
            return false;
        }

        @Override
        public void resolve(AlertType type, String cause) {}
    }

    private static final class NoJobs implements JobCompletion {
        @Override
        public void progress(long jobId, @Nullable Integer percent, String message) {}

        @Override
        public void succeeded(long jobId, @Nullable String resultUuid) {}

        @Override
        public void failed(long jobId, ProviderException failure) {}
    }

    private static final class NoProvisioning implements Provisioning {
        @Override
        public Vm createStopped(Caller caller, NewVm request) {
            throw new UnsupportedOperationException("Queueing makes no VM");
        }

        @Override
        public void start(long vmId) {
            throw new UnsupportedOperationException("Queueing starts no VM");
        }

        @Override
        public void expunge(long vmId) {
            throw new UnsupportedOperationException("Queueing expunges no VM");
        }

        @Override
        public void relocate(long vmId, Map<String, String> details, Map<String, String> paths) {
            throw new UnsupportedOperationException("Queueing moves no VM");
        }

        @Override
        public void discard(long vmId, String path) {
            throw new UnsupportedOperationException("Queueing discards no data");
        }
    }
}
