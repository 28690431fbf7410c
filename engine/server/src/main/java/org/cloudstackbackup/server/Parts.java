/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudstackbackup.dummy.DummyDriverFactory;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.BackupsInUse;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.inventory.Hypervisor;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.rpo.RecoveryWatch;
import org.cloudstackbackup.framework.schedule.ScheduleFramework;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.usage.UsageRecords;
import org.cloudstackbackup.pxbackup.command.PxBackupCommands;
import org.cloudstackbackup.pxbackup.command.PxBackupOperations;
import org.cloudstackbackup.pxbackup.driver.PxBackupDriverFactory;
import org.cloudstackbackup.server.alert.AlertCenter;
import org.cloudstackbackup.server.alert.AlertSettings;
import org.cloudstackbackup.server.api.ApiPorts;
import org.cloudstackbackup.server.api.ApiRules;
import org.cloudstackbackup.server.api.CommandDispatcher;
import org.cloudstackbackup.server.api.CommandExecutor;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.PluggedCommands;
import org.cloudstackbackup.server.api.RequestLimiter;
import org.cloudstackbackup.server.backup.BackupCommands;
import org.cloudstackbackup.server.capacity.CapacityCommands;
import org.cloudstackbackup.server.cluster.ClusterCommands;
import org.cloudstackbackup.server.clusterexport.ClusterExportCommands;
import org.cloudstackbackup.server.clusterexport.ExportSettings;
import org.cloudstackbackup.server.clusterexport.KubernetesProbe;
import org.cloudstackbackup.server.event.EventCommands;
import org.cloudstackbackup.server.identity.IdentityBootstrap;
import org.cloudstackbackup.server.identity.IdentityBootstrap.FirstAdmin;
import org.cloudstackbackup.server.identity.IdentityCommands;
import org.cloudstackbackup.server.identity.IdentityDirectory;
import org.cloudstackbackup.server.identity.PasswordLogins;
import org.cloudstackbackup.server.identity.Passwords;
import org.cloudstackbackup.server.identity.ProjectSettings;
import org.cloudstackbackup.server.identity.StoredSessions;
import org.cloudstackbackup.server.inventory.CatalogCommands;
import org.cloudstackbackup.server.inventory.InventoryCommands;
import org.cloudstackbackup.server.inventory.InventoryPlatform;
import org.cloudstackbackup.server.inventory.VmProvisioning;
import org.cloudstackbackup.server.job.DurableWork;
import org.cloudstackbackup.server.job.JobCommands;
import org.cloudstackbackup.server.job.Jobs;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.server.limit.LimitCommands;
import org.cloudstackbackup.server.node.NodeCommands;
import org.cloudstackbackup.server.schedule.ScheduleCommands;
import org.cloudstackbackup.server.schedule.ScheduledJobs;
import org.cloudstackbackup.server.setting.Configurations;
import org.cloudstackbackup.server.setting.SettingCommands;
import org.cloudstackbackup.server.simulator.DemoData;
import org.cloudstackbackup.server.simulator.SimulatedHypervisor;
import org.cloudstackbackup.server.throttling.ApiLimitCommands;
import org.cloudstackbackup.server.usage.UsageCommands;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.store.Database;
import org.jspecify.annotations.Nullable;

/** All parts put together by hand; the only place that names drivers. Nothing is started here. */
record Parts(
        DummyDriverFactory dummy,
        Drivers drivers,
        BackupFramework framework,
        Jobs jobs,
        DurableWork work,
        BackupSyncs syncs,
        ApiPorts apiPorts,
        CommandDispatcher dispatcher,
        PxBackupOperations pxBackups,
        Optional<FirstAdmin> firstAdmin) {
    /** Beside those that products and clusters may keep waiting, some for schedules, alerts and jobs that need neither. */
    private static final int WORKERS =
            Drivers.STEPS + Drivers.FIRST_STEPS + Drivers.REQUESTS + ExportSettings.MOST_AT_A_TIME + 6;

    private static final int PURGED_AT_ONCE = 1000;
    /** The first admin's. */
    private static final long DEMO_ACCOUNT = 2;

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);
    private static final Duration ALERT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration RECOVERY_INTERVAL = Duration.ofMinutes(1);
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    static Parts build(
            ServerOptions options,
            DataFolder data,
            Node node,
            Database database,
            Clock clock,
            Consumer<FirstAdmin> keeper) {
        Path volumes = data.part("simulator/volumes", options.shared());
        DummyDriverFactory dummy = new DummyDriverFactory(data.part("dummy", options.shared()), volumes);
        PxBackupDriverFactory pxBackup = new PxBackupDriverFactory();
        List<DriverFactory> factories = List.of(dummy, pxBackup);
        SettingRegistry registry = registry(factories);
        SecretBox secrets =
                new SecretKeyFile(options.secretKeyFile(), data).unlock(database, clock, registry::isSecret);
        Stores stores = Stores.over(database, clock, secrets);
        Passwords passwords = new Passwords();
        Optional<FirstAdmin> firstAdmin = database.alone(
                () -> new IdentityBootstrap(stores.identities(), passwords, clock).run(options.adminPassword()));
        firstAdmin.ifPresent(keeper);
        IdentityDirectory directory = new IdentityDirectory(stores.identities());
        StoredSessions sessions = new StoredSessions(stores.identities(), clock);

        StoredSettings settings = new StoredSettings(registry, stores.settings(), clock);
        ApiRules rules = new ApiRules(settings);
        RequestLimiter limiter = new RequestLimiter(rules, clock);
        Drivers drivers = new Drivers(factories, stores.inventory().zones(), settings, database, clock);

        Optional<PxBackupDemo> emulated =
                Optional.ofNullable(options.pxBackup()).map(Supplier::get).map(PxBackupDemo::new);
        List<Hypervisor> hypervisors = new ArrayList<>(List.of(new SimulatedHypervisor(volumes)));
        emulated.ifPresent(demo -> hypervisors.add(demo.cluster()));
        InventoryPlatform platform = new InventoryPlatform(database, clock, stores.events(), hypervisors);
        VmProvisioning provisioning = new VmProvisioning(stores.inventory(), platform);
        if (options.demo()) {
            database.alone(() -> addDemo(stores, platform, provisioning, settings, dummy.name()));
        }
        emulated.ifPresent(demo -> database.alone(() -> {
            DemoData made = new DemoData(stores.inventory(), platform, provisioning);
            demo.load(made, stores.inventory(), settings, DEMO_ACCOUNT);
            return true;
        }));

        AlertCenter alerts =
                new AlertCenter(stores.alerts(), stores.deliveries(), settings, stores.events(), database, clock);
        Late<CommandExecutor> executor = new Late<>();
        Late<DurableWork> work = new Late<>();
        Jobs jobs = new Jobs(stores.jobs(), directory, executor::get, node, clock);
        BackupFramework.Host host = new BackupFramework.Host(
                database,
                settings,
                stores.events(),
                alerts.alerts(),
                new ResourceLimits(stores.resources(), settings),
                jobs,
                (uuid, at) -> work.get().stepOperation(uuid, at),
                clock);
        BackupFramework framework = new BackupFramework(
                stores.backups(),
                new BackupFramework.Inventory(
                        stores.inventory().vms(), stores.inventory().volumes(), provisioning),
                host,
                drivers);
        ScheduleFramework schedules = new ScheduleFramework(
                new ScheduleFramework.Stores(
                        stores.schedules(),
                        new ScheduledJobs(stores.jobs(), node),
                        stores.backups().offerings(),
                        stores.inventory().vms()),
                framework,
                host,
                drivers);
        BackupSyncs syncs = new BackupSyncs(stores.sync(drivers, host), node.id());
        List<CommandModule> modules = new ArrayList<>(
                modules(stores, framework, schedules, drivers, settings, platform, provisioning, passwords, limiter));
        modules.add(alerts.commands());
        RecoveryWatch watch = new RecoveryWatch(
                stores.recoveryGaps(), alerts.alerts(), stores.inventory().zones(), settings, clock);
        modules.add(new UsageCommands(new UsageRecords(stores.usage(), clock)));
        modules.add(new LimitCommands(
                stores.identities(), stores.resources(), new ResourceLimits(stores.resources(), settings)));
        modules.add(new CapacityCommands(syncs, stores.inventory().zones()));
        PxBackupOperations pxBackups = new PxBackupOperations(zoneId -> drivers.context(pxBackup.name(), zoneId));
        modules.add(new PluggedCommands(new PxBackupCommands(), Map.of(PxBackupOperations.class, pxBackups)));
        BackupClusters clusters = new BackupClusters(
                stores.clusters(),
                stores.inventory().zones(),
                new KubernetesProbe(),
                database,
                new Journal(stores.events()),
                clock);
        modules.add(new ClusterCommands(clusters, stores.clusters()));
        modules.add(new ClusterExportCommands(clusters, settings, new Journal(stores.events()), clock));
        CommandDispatcher dispatcher = new CommandDispatcher(modules, directory, jobs);
        executor.set(dispatcher);
        work.set(new DurableWork(
                database,
                clock,
                node,
                WORKERS,
                jobs::execute,
                framework.runner()::step,
                List.of(
                        DurableWork.Recurring.every(SWEEP_INTERVAL, "recover-lost", () -> {
                            jobs.recoverLost();
                            framework.backups().failForgotten();
                            framework.backups().settleStrays();
                            framework.operations().openOperationUuids().forEach(work.get()::ensureOperation);
                        }),
                        new DurableWork.Recurring("schedules", schedules.runs()::pause, schedules.runs()::poll),
                        DurableWork.Recurring.every(ALERT_INTERVAL, "deliver-alerts", alerts::deliver),
                        DurableWork.Recurring.every(RECOVERY_INTERVAL, "watch-recovery-points", watch::run),
                        DurableWork.Recurring.every(PURGE_INTERVAL, "purge", () -> {
                            sessions.purge();
                            alerts.purge();
                            purge(stores, framework, jobs, settings, clock.instant());
                        }))));
        jobs.attach(work.get()::runJob);
        ApiPorts ports = new ApiPorts(
                directory, sessions, new PasswordLogins(stores.identities(), passwords), clock, rules, limiter);
        return new Parts(dummy, drivers, framework, jobs, work.get(), syncs, ports, dispatcher, pxBackups, firstAdmin);
    }

    /** Operations are kept a day longer than the jobs that they belong to. */
    private static void purge(
            Stores stores, BackupFramework framework, Jobs jobs, StoredSettings settings, Instant now) {
        Instant expired = now.minus(ServerSettings.jobExpiry(settings));
        jobs.purge(expired);
        framework.operations().purge(expired.minus(Duration.ofDays(1)));
        ServerSettings.eventAge(settings).ifPresent(age -> {
            int removed;
            do {
                removed = stores.events().deleteOlderThan(now.minus(age), PURGED_AT_ONCE);
            } while (removed == PURGED_AT_ONCE);
        });
    }

    private static SettingRegistry registry(List<DriverFactory> factories) {
        List<SettingDefinition> definitions = new ArrayList<>(FrameworkSettings.ALL);
        definitions.addAll(ServerSettings.ALL);
        definitions.addAll(ProjectSettings.ALL);
        definitions.addAll(ApiRules.ALL);
        definitions.addAll(AlertSettings.ALL);
        definitions.addAll(ExportSettings.ALL);
        factories.forEach(factory -> definitions.addAll(factory.settings()));
        definitions.replaceAll(each -> each.key().equals(FrameworkSettings.PROVIDER.key()) ? amongst(factories) : each);
        return new SettingRegistry(definitions);
    }

    /** The setting that names a product, which can only name one that there is. */
    private static SettingDefinition amongst(List<DriverFactory> factories) {
        SettingDefinition any = FrameworkSettings.PROVIDER;
        return new SettingDefinition(
                any.key(),
                SettingDefinition.Type.SELECT,
                any.defaultValue(),
                any.description(),
                any.scope(),
                any.dynamic(),
                factories.stream().map(DriverFactory::name).sorted().toList());
    }

    private static boolean addDemo(
            Stores stores,
            InventoryPlatform platform,
            VmProvisioning provisioning,
            StoredSettings settings,
            String provider) {
        new DemoData(stores.inventory(), platform, provisioning)
                .load("sim-" + provider, DEMO_ACCOUNT)
                .filter(DemoData.DemoZone::isNew)
                .ifPresent(made -> settings.set(
                        FrameworkSettings.PROVIDER.key(), provider, made.zone().id()));
        return true;
    }

    private static List<CommandModule> modules(
            Stores stores,
            BackupFramework framework,
            ScheduleFramework schedules,
            Drivers drivers,
            StoredSettings settings,
            InventoryPlatform platform,
            VmProvisioning provisioning,
            Passwords passwords,
            RequestLimiter limiter) {
        InventoryCommands machines = new InventoryCommands(
                stores.inventory(),
                platform,
                provisioning,
                settings,
                new BackupsInUse(stores.backups().backups(), stores.inventory().vms(), framework.protection()));
        return List.of(
                new ApiLimitCommands(limiter),
                new BackupCommands(framework, stores.backups(), drivers, (caller, uuid) -> machines.show(uuid)),
                new CatalogCommands(
                        stores.catalog(),
                        platform.transactions(),
                        new Journal(stores.events()),
                        platform.clock(),
                        settings,
                        platform.hypervisors().stream()
                                .map(Hypervisor::inventory)
                                .toList()),
                new EventCommands(stores.events(), platform.clock()),
                new IdentityCommands(
                        stores.identities(),
                        passwords,
                        settings,
                        machines.belongings(),
                        new ResourceLimits(stores.resources(), settings),
                        platform.clock()),
                machines,
                new JobCommands(stores.jobs()),
                new NodeCommands(stores.nodes(), platform.clock()),
                new ScheduleCommands(schedules.schedules(), stores.schedules()),
                new SettingCommands(
                        new Configurations(settings, stores.inventory().zones(), stores.events())));
    }

    /** Something that two parts need of each other: known at the end of the wiring, asked for only after it. */
    private static final class Late<T extends Object> {
        private volatile @Nullable T value;

        void set(T known) {
            value = known;
        }

        T get() {
            T known = value;
            if (known == null) {
                throw new IllegalStateException("A part was used before everything was put together");
            }
            return known;
        }
    }
}
