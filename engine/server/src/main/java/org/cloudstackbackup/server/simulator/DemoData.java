/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.simulator;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Provisioning.NewDisk;
import org.cloudstackbackup.framework.inventory.Provisioning.NewVm;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.server.inventory.InventoryPlatform;
import org.cloudstackbackup.server.inventory.InventoryStores;
import org.cloudstackbackup.server.inventory.VmProvisioning;

/**
 * Something to try the server on: simulated zones with three VMs of one to three volumes each.
 *
 * <p>Everything has a uuid that follows from its name, so what a start that was cut short left out is made by the next one,
 * and what was deleted since is not made again.
 */
public final class DemoData {
    private static final long GIB = 1L << 30;
    private static final int VMS = 3;

    private final InventoryStores stores;
    private final InventoryPlatform platform;
    private final VmProvisioning provisioning;

    public DemoData(InventoryStores stores, InventoryPlatform platform, VmProvisioning provisioning) {
        this.stores = requireNonNull(stores, "stores is null");
        this.platform = requireNonNull(platform, "platform is null");
        this.provisioning = requireNonNull(provisioning, "provisioning is null");
    }

    /**
     * A zone of the demo.
     *
     * @param isNew whether this call made it, so that its settings must be made too
     */
    public record DemoZone(Zone zone, boolean isNew) {}

    /**
     * Makes what is missing of the zone and its VMs, which belong to the account.
     *
     * @param zoneName for example {@code sim-dummy}; the first zone's VMs are {@code demo-vm-1} to {@code demo-vm-3}
     * @return empty when the zone was deleted
     */
    public Optional<DemoZone> load(String zoneName, long accountId) {
        return load(new Place(zoneName, SimulatedHypervisor.INVENTORY, vmName -> Map.of()), accountId);
    }

    /** As {@link #load(String, long)}, for a zone whose VMs run elsewhere. */
    public Optional<DemoZone> load(Place place, long accountId) {
        Catalogue catalogue = platform.transactions().inTransaction(this::catalogue);
        Optional<DemoZone> zone = platform.transactions().inTransaction(() -> zone(place));
        zone.ifPresent(made -> vms(made.zone(), place, accountId, catalogue));
        return zone;
    }

    /** The zone's VMs of the demo that are still there. */
    public List<Vm> machines(Zone zone) {
        return IntStream.rangeClosed(1, VMS)
                .mapToObj(number -> stores.vms().findByUuid(vmUuid(zone, vmName(zone, number))))
                .flatMap(Optional::stream)
                .filter(vm -> vm.removed() == null)
                .toList();
    }

    /**
     * Where a zone of the demo is.
     *
     * @param details of a VM, by its name
     */
    public record Place(String zoneName, String inventory, Function<String, Map<String, String>> details) {}

    /** What the VMs are made of. */
    private record Catalogue(ServiceOffering small, DiskOffering one, DiskOffering two, Template template) {}

    private Catalogue catalogue() {
        Instant now = platform.clock().instant();
        ServiceOffering small = serviceOffering("Small", 1, 1000, 512, now);
        serviceOffering("Medium", 2, 2000, 2048, now);
        DiskOffering one = diskOffering("Small", "1 GiB", GIB, now);
        DiskOffering two = diskOffering("Medium", "2 GiB", 2 * GIB, now);
        diskOffering("Custom", "Size chosen with each volume", 0, now);
        long linux = stores.guestOses()
                .addCategory(uuidOf("os category Linux"), "Linux")
                .id();
        long debian = os(linux, "Debian GNU/Linux 12 (64-bit)");
        os(linux, "Ubuntu 24.04 LTS");
        os(linux, "Other Linux (64-bit)");
        long windows = stores.guestOses()
                .addCategory(uuidOf("os category Windows"), "Windows")
                .id();
        os(windows, "Windows Server 2022 (64-bit)");
        return new Catalogue(small, one, two, template(debian, now));
    }

    private long os(long category, String name) {
        return stores.guestOses().add(uuidOf("os " + name), category, name).id();
    }

    private ServiceOffering serviceOffering(String name, int cpus, int mhz, int mib, Instant now) {
        String uuid = uuidOf("service offering " + name);
        String text = name + ": " + cpus + " CPU, " + mib + " MiB";
        return stores.serviceOfferings()
                .findByUuid(uuid)
                .orElseGet(() -> stores.serviceOfferings()
                        .add(new ServiceOffering(0, uuid, name, text, cpus, mhz, mib, now, null)));
    }

    private DiskOffering diskOffering(String name, String text, long size, Instant now) {
        String uuid = uuidOf("disk offering " + name);
        return stores.diskOfferings()
                .findByUuid(uuid)
                .orElseGet(() -> stores.diskOfferings()
                        .add(new DiskOffering(0, uuid, name, text, size, size == 0, null, null, now, null)));
    }

    private Template template(long os, Instant now) {
        String uuid = uuidOf("template debian-12");
        return stores.templates()
                .findByUuid(uuid)
                .orElseGet(() -> stores.templates()
                        .add(new Template(
                                0,
                                uuid,
                                "debian-12",
                                "Debian 12 (simulated)",
                                "RAW",
                                "Simulator",
                                os,
                                GIB,
                                system(),
                                null,
                                true,
                                true,
                                now,
                                null)));
    }

    private Optional<DemoZone> zone(Place place) {
        String name = place.zoneName();
        String uuid = uuidOf("zone " + name);
        Optional<Zone> before = stores.zones().findByUuid(uuid);
        if (before.isPresent()) {
            return before.filter(zone -> zone.removed() == null).map(zone -> new DemoZone(zone, false));
        }
        boolean taken = stores.zones()
                        .page(new CatalogFilter(null, name, null), false, new PageRequest(0, 1))
                        .total()
                > 0;
        if (taken) {
            return Optional.empty();
        }
        Instant now = platform.clock().instant();
        Zone zone = stores.zones()
                .add(new Zone(
                        0,
                        uuid,
                        name,
                        "Simulated zone of the demo",
                        "Advanced",
                        "Enabled",
                        place.inventory(),
                        now,
                        null));
        stores.networks()
                .add(new Network(
                        0,
                        uuidOf("network " + name),
                        "default",
                        "Default network of the zone",
                        "Shared",
                        "Domain",
                        "10.1.0.0/16",
                        "10.1.0.1",
                        zone.id(),
                        system(),
                        now,
                        null));
        return Optional.of(new DemoZone(zone, true));
    }

    private static Owner system() {
        return new Owner(Account.SYSTEM_ID, Domain.ROOT_ID, "/");
    }

    private void vms(Zone zone, Place place, long accountId, Catalogue catalogue) {
        for (int number = 1; number <= VMS; number++) {
            vm(zone, place, accountId, catalogue, number);
        }
    }

    private static String vmName(Zone zone, int number) {
        return (zone.name().equals("sim-dummy") ? "demo-vm-" : zone.name() + "-vm-") + number;
    }

    private static String vmUuid(Zone zone, String name) {
        return uuidOf("zone " + zone.name() + " vm " + name);
    }

    private void vm(Zone zone, Place place, long accountId, Catalogue catalogue, int number) {
        String name = vmName(zone, number);
        int dataVolumes = number - 1;
        List<NewDisk> disks = new ArrayList<>();
        disks.add(new NewDisk(
                catalogue.template().sizeBytes(), provisioning.rootOffering().id()));
        for (int data = 1; data <= dataVolumes; data++) {
            DiskOffering offering = data == 1 ? catalogue.one() : catalogue.two();
            disks.add(new NewDisk(offering.sizeBytes(), offering.id()));
        }
        provisioning.createStarted(new NewVm(
                vmUuid(zone, name),
                name,
                name,
                zone.id(),
                accountId,
                catalogue.small().id(),
                catalogue.template().id(),
                List.of(),
                Map.of(),
                disks,
                place.details().apply(name)));
    }

    private static String uuidOf(String what) {
        return UUID.nameUUIDFromBytes(("cloudstackbackup demo " + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
