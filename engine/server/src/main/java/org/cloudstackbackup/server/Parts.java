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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cloudstackbackup.dummy.DummyDriverFactory;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.BackupsInUse;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.server.api.ApiPorts;
import org.cloudstackbackup.server.api.CommandDispatcher;
import org.cloudstackbackup.server.api.CommandExecutor;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.backup.BackupCommands;
import org.cloudstackbackup.server.event.EventCommands;
import org.cloudstackbackup.server.identity.IdentityBootstrap;
import org.cloudstackbackup.server.identity.IdentityBootstrap.FirstAdmin;
import org.cloudstackbackup.server.identity.IdentityCommands;
import org.cloudstackbackup.server.identity.IdentityDirectory;
import org.cloudstackbackup.server.identity.IdentityStores;
import org.cloudstackbackup.server.identity.PasswordLogins;
import org.cloudstackbackup.server.identity.Passwords;
import org.cloudstackbackup.server.identity.StoredSessions;
import org.cloudstackbackup.server.inventory.CatalogCommands;
import org.cloudstackbackup.server.inventory.CatalogStores;
import org.cloudstackbackup.server.inventory.InventoryCommands;
import org.cloudstackbackup.server.inventory.InventoryPlatform;
import org.cloudstackbackup.server.inventory.InventoryStores;
import org.cloudstackbackup.server.inventory.VmProvisioning;
import org.cloudstackbackup.server.job.DurableWork;
import org.cloudstackbackup.server.job.JobCommands;
import org.cloudstackbackup.server.job.Jobs;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.server.setting.Configurations;
import org.cloudstackbackup.server.setting.SettingCommands;
import org.cloudstackbackup.server.simulator.DemoData;
import org.cloudstackbackup.server.simulator.SimulatedHypervisor;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcAccountStore;
import org.cloudstackbackup.store.JdbcBackupOfferingStore;
import org.cloudstackbackup.store.JdbcBackupStore;
import org.cloudstackbackup.store.JdbcDiskOfferings;
import org.cloudstackbackup.store.JdbcDomainStore;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcGuestOses;
import org.cloudstackbackup.store.JdbcJobStore;
import org.cloudstackbackup.store.JdbcNetworks;
import org.cloudstackbackup.store.JdbcOperationStore;
import org.cloudstackbackup.store.JdbcRoleStore;
import org.cloudstackbackup.store.JdbcServiceOfferings;
import org.cloudstackbackup.store.JdbcSessionStore;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.cloudstackbackup.store.JdbcTemplates;
import org.cloudstackbackup.store.JdbcUserStore;
import org.cloudstackbackup.store.JdbcVmCatalog;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcVolumes;
import org.cloudstackbackup.store.JdbcZones;
import org.jspecify.annotations.Nullable;

/** All parts put together by hand; the only place that names drivers. Nothing is started here. */
record Parts(
        DummyDriverFactory dummy,
        Drivers drivers,
        BackupFramework framework,
        Jobs jobs,
        DurableWork work,
        ApiPorts apiPorts,
        CommandDispatcher dispatcher,
        Optional<FirstAdmin> firstAdmin) {
    private static final int WORKERS = 16;
    /** The first admin's. */
    private static final long DEMO_ACCOUNT = 2;

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    static Parts build(
            ServerOptions options,
            DataFolder data,
            Node node,
            Database database,
            Clock clock,
            Consumer<FirstAdmin> keeper) {
        JdbcEventStore events = new JdbcEventStore(database, clock);
        IdentityStores identities = new IdentityStores(
                new JdbcRoleStore(database),
                new JdbcDomainStore(database),
                new JdbcAccountStore(database),
                new JdbcUserStore(database),
                new JdbcSessionStore(database),
                events,
                database);
        Passwords passwords = new Passwords();
        Optional<FirstAdmin> firstAdmin =
                new IdentityBootstrap(identities, passwords, clock).run(options.adminPassword());
        firstAdmin.ifPresent(keeper);
        IdentityDirectory directory = new IdentityDirectory(identities);
        StoredSessions sessions = new StoredSessions(identities, clock);

        Path volumesFolder = data.part("simulator/volumes");
        DummyDriverFactory dummy = new DummyDriverFactory(data.part("dummy"), volumesFolder);
        List<DriverFactory> factories = List.of(dummy);
        List<SettingDefinition> definitions = new ArrayList<>(FrameworkSettings.ALL);
        definitions.addAll(ServerSettings.ALL);
        factories.forEach(factory -> definitions.addAll(factory.settings()));
        StoredSettings settings =
                new StoredSettings(new SettingRegistry(definitions), new JdbcSettingStore(database, clock), clock);

        JdbcZones zones = new JdbcZones(database);
        JdbcVms vms = new JdbcVms(database);
        JdbcVolumes volumes = new JdbcVolumes(database, clock);
        JdbcJobStore jobStore = new JdbcJobStore(database, clock);
        Late<CommandExecutor> executor = new Late<>();
        Jobs jobs = new Jobs(jobStore, directory, executor::get, node, clock);
        Late<DurableWork> work = new Late<>();
        Drivers drivers = new Drivers(factories, zones, settings, database, clock);
        BackupFramework.Stores stores = new BackupFramework.Stores(
                new JdbcBackupOfferingStore(database),
                new JdbcBackupStore(database),
                new JdbcOperationStore(database, clock),
                new JdbcVmCatalog(database));
        JdbcServiceOfferings serviceOfferings = new JdbcServiceOfferings(database);
        JdbcDiskOfferings diskOfferings = new JdbcDiskOfferings(database);
        JdbcTemplates templates = new JdbcTemplates(database);
        JdbcGuestOses guestOses = new JdbcGuestOses(database);
        JdbcNetworks networks = new JdbcNetworks(database);
        InventoryStores inventory = new InventoryStores(
                zones,
                serviceOfferings,
                diskOfferings,
                guestOses,
                templates,
                networks,
                vms,
                volumes,
                identities.accounts());
        SimulatedHypervisor simulator = new SimulatedHypervisor(volumesFolder);
        InventoryPlatform platform = new InventoryPlatform(database, clock, events, List.of(simulator));
        VmProvisioning provisioning = new VmProvisioning(inventory, platform);
        if (options.demo()) {
            new DemoData(inventory, platform, provisioning)
                    .load("sim-dummy", DEMO_ACCOUNT)
                    .filter(DemoData.DemoZone::isNew)
                    .ifPresent(made -> settings.set(
                            FrameworkSettings.PROVIDER.key(),
                            dummy.name(),
                            made.zone().id()));
        }
        BackupFramework framework = new BackupFramework(
                stores,
                new BackupFramework.Inventory(vms, volumes, provisioning),
                new BackupFramework.Host(
                        database,
                        settings,
                        events,
                        jobs,
                        (uuid, at) -> work.get().stepOperation(uuid, at),
                        clock),
                drivers);
        InventoryCommands machines = new InventoryCommands(
                inventory,
                platform,
                provisioning,
                settings,
                new BackupsInUse(stores.backups(), vms, framework.protection()));
        CatalogCommands catalog = new CatalogCommands(
                new CatalogStores(zones, serviceOfferings, diskOfferings, templates, guestOses, networks, vms),
                database,
                new Journal(events),
                clock,
                List.of(SimulatedHypervisor.INVENTORY));
        List<CommandModule> modules = List.of(
                new BackupCommands(framework, stores, drivers, (caller, uuid) -> machines.show(uuid)),
                catalog,
                new EventCommands(events),
                new IdentityCommands(identities, passwords, clock),
                machines,
                new JobCommands(jobStore),
                new SettingCommands(new Configurations(settings, zones, events)));
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
                        new DurableWork.Recurring("recover-lost", SWEEP_INTERVAL, () -> {
                            jobs.recoverLost();
                            framework.backups().failForgotten();
                            framework
                                    .operations()
                                    .openOperationUuids()
                                    .forEach(uuid -> work.get().ensureOperation(uuid));
                        }),
                        new DurableWork.Recurring("purge", PURGE_INTERVAL, () -> {
                            sessions.purge();
                            jobs.purge(clock.instant().minus(ServerSettings.jobExpiry(settings)));
                        }))));
        jobs.attach(work.get()::runJob);
        ApiPorts ports = new ApiPorts(directory, sessions, new PasswordLogins(identities, passwords), clock);
        return new Parts(dummy, drivers, framework, jobs, work.get(), ports, dispatcher, firstAdmin);
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
