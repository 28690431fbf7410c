/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.GuestOs;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.VmStore.NewNic;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.testkit.SettableClock;

/** A database with two tenants, a zone, and what VMs are made from. */
final class InventoryFixture {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final JdbcZones zones;
    final JdbcServiceOfferings serviceOfferings;
    final JdbcDiskOfferings diskOfferings;
    final JdbcGuestOses guestOses;
    final JdbcTemplates templates;
    final JdbcNetworks networks;
    final JdbcVms vms;
    final JdbcVolumes volumes;

    final Owner alice = new Owner(10, 2, "/alice/");
    final Owner bob = new Owner(11, 3, "/alice/bob/");
    final Zone zone;
    final ServiceOffering small;
    final DiskOffering gibibyte;
    final GuestOs linux;
    final Template template;
    final Network network;

    InventoryFixture(Database database) {
        zones = new JdbcZones(database);
        serviceOfferings = new JdbcServiceOfferings(database);
        diskOfferings = new JdbcDiskOfferings(database);
        guestOses = new JdbcGuestOses(database);
        templates = new JdbcTemplates(database);
        networks = new JdbcNetworks(database);
        vms = new JdbcVms(database);
        volumes = new JdbcVolumes(database, new SettableClock(NOW));
        addTenants(database);
        zone = zones.add(new Zone(0, "z-1", "zone one", null, "Advanced", "Enabled", "simulator", NOW, null));
        small = serviceOfferings.add(new ServiceOffering(0, "so-1", "Small", "One CPU", 1, 1000, 512, NOW, null));
        gibibyte =
                diskOfferings.add(new DiskOffering(0, "do-1", "1 GiB", null, 1L << 30, false, null, null, NOW, null));
        linux = guestOses.add("os-1", guestOses.addCategory("cat-1", "Linux").id(), "Debian 12");
        template = templates.add(new Template(
                0,
                "t-1",
                "debian",
                "Debian",
                "RAW",
                "Simulator",
                linux.id(),
                1L << 30,
                alice,
                null,
                true,
                true,
                NOW,
                null));
        network = networks.add(new Network(
                0, "n-1", "net", null, "Shared", "Domain", "10.1.0.0/16", "10.1.0.1", zone.id(), alice, NOW, null));
    }

    private static void addTenants(Database database) {
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (50, 'r', 'User', 'USER')");
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (2, 'd-2', NULL, 'alice', 2, '/alice/', 1, ?)",
                    NOW);
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (3, 'd-3', 2, 'bob', 2, '/alice/bob/', 2, ?)",
                    NOW);
            handle.execute(
                    "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                            + " VALUES (10, 'a-10', 'alice', 0, 50, 2, ?)",
                    NOW);
            handle.execute(
                    "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                            + " VALUES (11, 'a-11', 'bob', 0, 50, 3, ?)",
                    NOW);
        });
    }

    Vm vm(String name, Owner owner, VmState state) {
        String uuid = UUID.randomUUID().toString();
        return vms.add(
                new Vm(
                        0,
                        uuid,
                        name,
                        name + " shown",
                        "",
                        state,
                        zone.id(),
                        owner,
                        small.id(),
                        template.id(),
                        linux.id(),
                        "Simulator",
                        null,
                        null,
                        null,
                        0,
                        NOW,
                        null),
                List.of(new NewNic(UUID.randomUUID().toString(), network.id(), "02:00:00:00:00:01", "10.1.0.10")),
                Map.of("colour", "blue"));
    }

    Volume volume(String name, Owner owner, VolumeState state, @org.jspecify.annotations.Nullable Vm vm, long device) {
        return volumes.add(
                new Volume(
                        0,
                        UUID.randomUUID().toString(),
                        name,
                        device == 0 ? VolumeType.ROOT : VolumeType.DATADISK,
                        state,
                        1L << 30,
                        null,
                        vm == null ? null : vm.id(),
                        vm == null ? null : device,
                        gibibyte.id(),
                        null,
                        null,
                        null,
                        zone.id(),
                        owner,
                        NOW,
                        null),
                NOW);
    }
}
