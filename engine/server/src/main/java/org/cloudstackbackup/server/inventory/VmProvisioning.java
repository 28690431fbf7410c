/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.Hypervisor;
import org.cloudstackbackup.framework.inventory.Ipv4Range;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.VmStore.NewNic;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Makes and removes VMs: rows in a transaction, then data at the hypervisor. Safe for use by many threads. */
public final class VmProvisioning implements Provisioning {
    /** The offering of root volumes whose size comes from the template. */
    static final String ROOT_OFFERING = "6b1f0a5e-2f0c-4c53-9f52-7d3a6e0f4b11";

    private static final Pattern HOST_LABEL = Pattern.compile("[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final int MOST_DATA_DISKS = 32;

    private final InventoryStores stores;
    private final InventoryPlatform platform;
    private final InventoryEvents events;

    public VmProvisioning(InventoryStores stores, InventoryPlatform platform) {
        this.stores = requireNonNull(stores, "stores is null");
        this.platform = requireNonNull(platform, "platform is null");
        this.events = new InventoryEvents(platform.events());
    }

    @Override
    public Vm createStopped(Caller caller, NewVm request) {
        Vm vm = addRows(request);
        makeVolumes(vm);
        return stores.vms().find(vm.id()).orElseThrow(() -> Require.gone("VM", vm.name()));
    }

    /**
     * As {@link #createStopped} and then running. A VM that has its data was made before: it is left as it is, also when it
     * was stopped or removed since.
     */
    public void createStarted(NewVm request) {
        Vm vm = addRows(request);
        boolean unfinished = vm.removed() == null
                && stores.volumes().ofVm(vm.id()).stream().anyMatch(volume -> volume.state() == VolumeState.ALLOCATED);
        if (unfinished) {
            makeVolumes(vm);
            start(vm.id());
        }
    }

    /** Adds the VM and its volumes without data, or finds what an earlier call with this uuid added. */
    Vm addRows(NewVm request) {
        return platform.transactions()
                .inTransaction(() -> stores.vms().findByUuid(request.uuid()).orElseGet(() -> add(request)));
    }

    private Vm add(NewVm request) {
        Zone zone = Require.found(stores.zones().find(request.zoneId()), "zone", request.zoneId());
        if (!zone.allocationState().equals("Enabled")) {
            throw Require.conflict("zone " + zone.name(), "Zone " + zone.name() + " is disabled: no VM is made in it");
        }
        Template template = template(request, zone);
        ServiceOffering offering = Require.found(
                stores.serviceOfferings().find(request.serviceOfferingId()),
                "service offering",
                request.serviceOfferingId());
        if (offering.removed() != null) {
            throw Require.gone("service offering", offering.name());
        }
        Owner owner = Require.found(stores.accounts().owner(request.accountId()), "account", request.accountId());
        String name = hostName(request, owner);
        checkDisks(request);
        Instant now = platform.clock().instant();
        Vm vm = stores.vms()
                .add(
                        new Vm(
                                0,
                                request.uuid(),
                                name,
                                request.displayName() == null ? name : request.displayName(),
                                "",
                                VmState.STOPPED,
                                zone.id(),
                                owner,
                                offering.id(),
                                template.id(),
                                template.guestOsId(),
                                template.hypervisorType(),
                                null,
                                null,
                                null,
                                0,
                                now,
                                null),
                        nics(request, zone),
                        request.details());
        addVolumes(request, vm, now);
        return vm;
    }

    private Template template(NewVm request, Zone zone) {
        Template template =
                Require.found(stores.templates().find(request.templateId()), "template", request.templateId());
        if (template.removed() != null) {
            throw Require.gone("template", template.name());
        }
        if (template.zoneId() != null && template.zoneId() != zone.id()) {
            throw Require.user("templateid", "Template " + template.name() + " cannot be used in zone " + zone.name());
        }
        String runs = platform.find(zone.inventory()).type();
        if (!template.hypervisorType().equalsIgnoreCase(runs)) {
            throw Require.user(
                    "templateid",
                    "Template " + template.name() + " is for " + template.hypervisorType() + ", zone " + zone.name()
                            + " runs " + runs);
        }
        return template;
    }

    private String hostName(NewVm request, Owner owner) {
        String name = request.name();
        if (name == null) {
            return "VM-" + request.uuid();
        }
        checkHostName(name);
        if (stores.vms().nameTaken(name, owner.accountId())) {
            throw Require.user("name", "The account has a VM named " + name + " already; names must be unique");
        }
        return name;
    }

    static void checkHostName(String name) {
        if (!HOST_LABEL.matcher(name).matches()) {
            throw Require.user(
                    "name",
                    "Parameter name: '" + name
                            + "' is not a host name; allowed are 1 to 63 letters, digits and hyphens,"
                            + " beginning with a letter and not ending with a hyphen");
        }
    }

    private static void checkDisks(NewVm request) {
        int disks = request.volumes().size();
        if (disks < 1 || disks > MOST_DATA_DISKS + 1) {
            throw Require.user(
                    "datadisksdetails",
                    "A VM has one root disk and 0 to " + MOST_DATA_DISKS + " data disks, not " + (disks - 1));
        }
        for (NewDisk disk : request.volumes()) {
            if (disk.sizeBytes() < 1 || disk.sizeBytes() > Require.MAX_DISK_GIB * Require.GIB) {
                throw Require.user(
                        "size",
                        "A disk of " + disk.sizeBytes() + " bytes is out of range; the most is " + Require.MAX_DISK_GIB
                                + " GiB");
            }
        }
    }

    private List<NewNic> nics(NewVm request, Zone zone) {
        List<Network> networks = new ArrayList<>();
        for (Long id : request.networkIds()) {
            networks.add(network(id, zone));
        }
        if (networks.isEmpty()) {
            stores.networks().defaultOf(zone.id()).ifPresent(networks::add);
        }
        if (new HashSet<>(networks).size() != networks.size()) {
            throw Require.user("networkids", "Parameter networkids names a network twice");
        }
        List<NewNic> nics = new ArrayList<>();
        for (Network network : networks) {
            String address = address(network, request.requestedIps().get(network.id()));
            nics.add(new NewNic(UUID.randomUUID().toString(), network.id(), macOf(address), address));
        }
        return nics;
    }

    private Network network(long id, Zone zone) {
        Network network = Require.found(stores.networks().find(id), "network", id);
        if (network.removed() != null) {
            throw Require.gone("network", network.name());
        }
        if (network.zoneId() != zone.id()) {
            throw Require.user("networkids", "Network " + network.name() + " is not in zone " + zone.name());
        }
        return network;
    }

    private String address(Network network, @Nullable String wanted) {
        Set<String> taken = new HashSet<>(stores.networks().lockAddresses(network.id()));
        taken.add(network.gateway());
        Ipv4Range range = Ipv4Range.of(network.cidr());
        if (wanted != null) {
            return wantedAddress(network, wanted, taken, range);
        }
        for (long candidate = range.first() + 1; candidate < range.last(); candidate++) {
            String text = Ipv4Range.text(candidate);
            if (!taken.contains(text)) {
                return text;
            }
        }
        throw Require.conflict("network " + network.name(), "Network " + network.name() + " has no free address");
    }

    private static String wantedAddress(Network network, String wanted, Set<String> taken, Ipv4Range range) {
        try {
            if (!range.isUsable(wanted)) {
                throw Require.user(
                        "ipaddress",
                        "Address " + wanted + " is not in network " + network.name() + " (" + network.cidr() + ")");
            }
        } catch (IllegalArgumentException e) {
            throw new ProviderException(ErrorKind.USER, "ipaddress", "'" + wanted + "' is not an IPv4 address", e);
        }
        if (taken.contains(wanted)) {
            throw Require.conflict(
                    "network " + network.name(), "Address " + wanted + " of network " + network.name() + " is in use");
        }
        return wanted;
    }

    /** A locally administered address that follows from the IP address, so it is unique where that is. */
    private static String macOf(String address) {
        long number = Ipv4Range.number(address);
        return String.format(
                java.util.Locale.ROOT,
                "1e:00:%02x:%02x:%02x:%02x",
                number >> 24 & 255,
                number >> 16 & 255,
                number >> 8 & 255,
                number & 255);
    }

    private void addVolumes(NewVm request, Vm vm, Instant now) {
        for (int device = 0; device < request.volumes().size(); device++) {
            NewDisk disk = request.volumes().get(device);
            boolean root = device == 0;
            stores.volumes()
                    .add(
                            new Volume(
                                    0,
                                    UUID.randomUUID().toString(),
                                    root ? "ROOT-" + vm.id() : "DATA-" + vm.id() + "-" + device,
                                    root ? VolumeType.ROOT : VolumeType.DATADISK,
                                    VolumeState.ALLOCATED,
                                    disk.sizeBytes(),
                                    null,
                                    vm.id(),
                                    (long) device,
                                    disk.diskOfferingId(),
                                    root ? vm.templateId() : null,
                                    null,
                                    null,
                                    vm.zoneId(),
                                    vm.owner(),
                                    now,
                                    null),
                            now);
        }
    }

    /** Makes the data of the VM's volumes that have none yet; a failure puts the VM into state Error. */
    void makeVolumes(Vm vm) {
        try {
            stores.volumes().ofVm(vm.id()).forEach(this::makeVolume);
        } catch (ProviderException e) {
            stores.vms().transition(vm.id(), EnumSet.of(VmState.STOPPED), VmState.ERROR);
            throw e;
        }
    }

    /** Makes the volume's data when it has none yet. */
    void makeVolume(Volume volume) {
        if (volume.state() != VolumeState.ALLOCATED) {
            return;
        }
        Zone zone = Require.found(stores.zones().find(volume.zoneId()), "zone", volume.zoneId());
        String path = platform.hypervisorOf(zone).createVolume(volume.uuid(), volume.sizeBytes(), labelOf(volume));
        stores.volumes().made(volume.id(), path);
    }

    private String labelOf(Volume volume) {
        Long templateId = volume.templateId();
        Optional<Template> template =
                templateId == null ? Optional.empty() : stores.templates().find(templateId);
        return template.map(made -> "template " + made.name() + " ").orElse("") + "volume " + volume.uuid();
    }

    /** The offering of root volumes; made when it is first needed. */
    public DiskOffering rootOffering() {
        return platform.transactions()
                .inTransaction(() -> stores.diskOfferings()
                        .findByUuid(ROOT_OFFERING)
                        .orElseGet(() -> stores.diskOfferings()
                                .add(new DiskOffering(
                                        0,
                                        ROOT_OFFERING,
                                        "Root",
                                        "Root volumes, as large as their template",
                                        0,
                                        true,
                                        null,
                                        null,
                                        platform.clock().instant(),
                                        null))));
    }

    @Override
    public void start(long vmId) {
        start(vmId, User.SYSTEM_ID);
    }

    /** A no-op when it runs. */
    void start(long vmId, long userId) {
        Vm vm = Require.found(stores.vms().find(vmId), "VM", vmId);
        if (vm.state() == VmState.RUNNING) {
            return;
        }
        move(
                vm,
                EnumSet.of(VmState.STOPPED),
                VmState.RUNNING,
                "started",
                () -> events.vm(EventTypes.EVENT_VM_START, "Started", userId, vm));
    }

    /** Changes the state, with what belongs to it, or refuses with the state the VM is in. */
    void move(Vm vm, Set<VmState> from, VmState to, String done, Runnable also) {
        boolean moved = platform.transactions().inTransaction(() -> {
            boolean changed = stores.vms().transition(vm.id(), from, to);
            if (changed) {
                also.run();
            }
            return changed;
        });
        if (!moved) {
            throw refused(vm, from, done);
        }
    }

    private ProviderException refused(Vm vm, Set<VmState> from, String done) {
        String now = stores.vms()
                .find(vm.id())
                .map(found -> found.state().wireName())
                .orElse("removed");
        return Require.conflict(
                "vm " + vm.name(),
                "VM " + vm.name() + " is " + now + " and cannot be " + done + "; it must be "
                        + String.join(
                                " or ", from.stream().map(VmState::wireName).toList()));
    }

    @Override
    public void expunge(long vmId) {
        Optional<Vm> vm = stores.vms().find(vmId);
        if (vm.isPresent()) {
            stores.vms().transition(vmId, EnumSet.allOf(VmState.class), VmState.EXPUNGING);
            remove(vm.get(), true, User.SYSTEM_ID);
        }
    }

    @Override
    public void relocate(long vmId, Map<String, String> details, Map<String, String> paths) {
        platform.transactions().run(() -> {
            Map<String, String> all = new HashMap<>(stores.vms().details(vmId));
            all.putAll(details);
            stores.vms().describe(vmId, null, null, all);
            for (Volume volume : stores.volumes().ofVm(vmId)) {
                String path = paths.get(volume.uuid());
                if (path != null) {
                    stores.volumes().relocate(volume.id(), path);
                }
            }
        });
    }

    @Override
    public void discard(long vmId, String path) {
        Optional<Vm> vm = stores.vms().find(vmId);
        if (vm.isPresent() && !stores.volumes().isUsed(vm.get().zoneId(), path)) {
            Zone zone = Require.found(
                    stores.zones().find(vm.get().zoneId()), "zone", vm.get().zoneId());
            platform.hypervisorOf(zone).deleteVolume(path);
        }
    }

    /** Removes a VM that is Expunging, with its root volume; data volumes go too, or are detached. */
    void remove(Vm vm, boolean withDataVolumes, long userId) {
        for (Volume volume : stores.volumes().ofVm(vm.id())) {
            if (withDataVolumes || volume.type() == VolumeType.ROOT) {
                removeVolume(volume);
            } else {
                stores.volumes().detach(volume.id(), vm.id());
            }
        }
        platform.transactions().run(() -> {
            if (stores.vms().remove(vm.id(), platform.clock().instant())) {
                events.vm(EventTypes.EVENT_VM_EXPUNGE, "Expunged", userId, vm);
            }
        });
    }

    /** Deletes the volume's data, then its row. */
    void removeVolume(Volume volume) {
        String path = volume.path();
        Zone zone = Require.found(stores.zones().find(volume.zoneId()), "zone", volume.zoneId());
        Hypervisor hypervisor = platform.hypervisorOf(zone);
        if (path != null) {
            hypervisor.deleteVolume(path);
        }
        stores.volumes().remove(volume.id(), platform.clock().instant());
    }
}
