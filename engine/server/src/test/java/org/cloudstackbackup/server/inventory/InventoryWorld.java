/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.server.simulator.DemoData;
import org.cloudstackbackup.server.simulator.SimulatedHypervisor;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcAccountStore;
import org.cloudstackbackup.store.JdbcDiskOfferings;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcGuestOses;
import org.cloudstackbackup.store.JdbcNetworks;
import org.cloudstackbackup.store.JdbcProjectStore;
import org.cloudstackbackup.store.JdbcServiceOfferings;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.cloudstackbackup.store.JdbcTemplates;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcVolumes;
import org.cloudstackbackup.store.JdbcZones;
import org.cloudstackbackup.testkit.SettableClock;

/** The demo's zone in an embedded database, with volumes in a folder, and two tenants. */
final class InventoryWorld implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Caller ADMIN = caller(2, "admin", RoleType.ADMIN);
    static final Caller ANN = caller(3, "ann", RoleType.USER);

    final Database database = Database.open(Database.memoryUrl("inventory-" + UUID.randomUUID()), 4);
    final SettableClock clock = new SettableClock(NOW);
    final JdbcSettingStore settingStore = new JdbcSettingStore(database, clock, SecretBox.random());
    final StoredSettings settings = new StoredSettings(new SettingRegistry(FrameworkSettings.ALL), settingStore, clock);
    final InventoryStores stores = new InventoryStores(
            new JdbcZones(database),
            new JdbcServiceOfferings(database),
            new JdbcDiskOfferings(database),
            new JdbcGuestOses(database),
            new JdbcTemplates(database),
            new JdbcNetworks(database),
            new JdbcVms(database),
            new JdbcVolumes(database, clock),
            new JdbcAccountStore(database),
            new JdbcProjectStore(database));
    final Path folder;
    final InventoryPlatform platform;
    final VmProvisioning provisioning;
    final VmService vms;
    final VolumeService volumes;
    final InventoryCommands commands;
    final DemoData demo;
    final KnownBackups backups = new KnownBackups();

    InventoryWorld(Path folder) {
        this.folder = folder;
        platform = new InventoryPlatform(
                database, clock, new JdbcEventStore(database, clock), List.of(new SimulatedHypervisor(folder)));
        provisioning = new VmProvisioning(stores, platform);
        vms = new VmService(stores, platform, provisioning, backups);
        volumes = new VolumeService(stores, platform, provisioning, settings, backups);
        commands = new InventoryCommands(stores, platform, provisioning, settings, backups);
        demo = new DemoData(stores, platform, provisioning);
        addAccounts();
    }

    private void addAccounts() {
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (50, 'r-50', 'Some', 'USER')");
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (1, 'd-1', NULL, 'ROOT', 2, '/', 0, ?)",
                    NOW);
            handle.execute(
                    "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                            + " VALUES (1, 'a-1', 'system', 1, 50, 1, ?)",
                    NOW);
            for (Caller caller : List.of(ADMIN, ANN)) {
                handle.execute(
                        "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                                + " VALUES (?, ?, ?, 0, 50, 1, ?)",
                        caller.account().id(),
                        caller.account().uuid(),
                        caller.account().name(),
                        NOW);
            }
        });
    }

    Zone load() {
        return demo.load("sim-dummy", ADMIN.account().id()).orElseThrow().zone();
    }

    Vm vm(String name) {
        return stores.vms()
                .page(vmsNamed(name), new org.cloudstackbackup.framework.PageRequest(0, 1))
                .items()
                .get(0)
                .vm();
    }

    private static org.cloudstackbackup.framework.inventory.VmFilter vmsNamed(String name) {
        return new org.cloudstackbackup.framework.inventory.VmFilter(
                new org.cloudstackbackup.framework.identity.OwnerScope.All(),
                List.of(),
                name,
                null,
                Set.of(),
                null,
                null,
                null,
                null,
                null);
    }

    /** A deployment of the demo's parts, to be changed by tests. */
    VmService.Deployment deployment(String name) {
        Zone zone = load();
        return new VmService.Deployment(
                UUID.randomUUID().toString(),
                name,
                null,
                zone.id(),
                1,
                1,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                null,
                List.of(new VmService.DataDisk(1, null)),
                Map.of("a", "b"));
    }

    List<String> eventTypes() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT type FROM event ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public void close() {
        database.close();
    }

    private static Caller caller(long id, String name, RoleType type) {
        Domain root = new Domain(1, "d-1", "ROOT", null, "/", 0, "Active", NOW, null);
        Account account = new Account(id, "a-" + id, name, 0, 50, 1, "enabled", NOW, null);
        User user = new User(id, "u-" + id, name, id, null, null, null, "enabled", null, null, NOW, null);
        return new Caller(user, account, root, new Role(50, "r-50", "Some", type, false, true, null));
    }

    /** VMs that the test says have backups. */
    static final class KnownBackups implements BackupUse {
        final Set<Long> vms = new HashSet<>();
        final Set<Long> released = new HashSet<>();
        final List<Long> changed = new ArrayList<>();

        @Override
        public boolean hasBackups(long vmId) {
            return vms.contains(vmId);
        }

        @Override
        public void volumesChanged(long vmId) {
            changed.add(vmId);
        }

        @Override
        public void release(Caller caller, long vmId) {
            released.add(vmId);
        }
    }
}
