/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.refused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.MachineIdentity;
import org.cloudstackbackup.framework.inventory.Provisioning.NewDisk;
import org.cloudstackbackup.framework.inventory.Provisioning.NewVm;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes new VMs from backups. What is not given is taken from the backup. The caller must be able to reach the backup, when the
 * request is checked and again when it is carried out. Safe for use by many threads.
 */
public final class NewInstances {
    static final String CREATE_VM = "VM.CREATE.FROM.BACKUP";
    private static final long GIB = 1L << 30;

    private final Surroundings around;
    private final Checks checks;
    private final Machines machines;
    private final Restores restores;
    private final Refusals refusals;

    NewInstances(Surroundings around, Restores restores) {
        this.around = around;
        this.checks = new Checks(around);
        this.machines = new Machines(around);
        this.restores = restores;
        this.refusals = new Refusals(around);
    }

    /** Refuses what cannot work, before anything is made. */
    public void check(Caller caller, Request request) {
        Backup backup = checks.backup(caller, request.backupId());
        checks.point(backup);
        newVm(caller, request, backup, "");
        offering(request, backup);
    }

    /**
     * Makes the VM, stopped, and begins the restore into it; the job ends with the VM's uuid when that is done and the VM was
     * started, or, after a failure, when the VM was expunged. Idempotent by job.
     */
    public void create(Caller caller, Request request, String vmUuid, long jobId, String jobUuid) {
        if (around.operations().ofJob(jobUuid).isEmpty()) {
            refusals.told(
                    CREATE_VM,
                    "Making a VM of backup",
                    caller,
                    request.backupId(),
                    jobUuid,
                    () -> createNew(caller, request, vmUuid, jobId, jobUuid));
        }
    }

    private void createNew(Caller caller, Request request, String vmUuid, long jobId, String jobUuid) {
        Backup backup = checks.backup(caller, request.backupId());
        String point = checks.point(backup);
        BackupOffering offering = offering(request, backup);
        Vm vm = around.provisioning().createStopped(caller, newVm(caller, request, backup, vmUuid));
        try {
            RestorePlan plan = plan(backup, point, vm, request.startVm());
            around.operations()
                    .begin(() -> restores.claim(
                            caller, backup, vm, plan, offering, OperationKind.RESTORE_TO_VM, jobId, jobUuid));
        } catch (RuntimeException e) {
            if (!around.transactions().isRepeatable(e)) {
                expungeUnused(vm, jobUuid, e);
            }
            throw e;
        }
    }

    private void expungeUnused(Vm vm, String jobUuid, RuntimeException cause) {
        try {
            if (around.operations().ofJob(jobUuid).isEmpty()) {
                around.provisioning().expunge(vm.id());
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private RestorePlan plan(Backup backup, String point, Vm vm, boolean start) {
        List<Volume> volumes = machines.readyVolumesOf(vm);
        List<BackedVolume> backed = ordered(backup);
        if (volumes.size() != backed.size()) {
            throw new ProviderException(
                    ErrorKind.INTERNAL,
                    "vm " + vm.name(),
                    "The new VM " + vm.name() + " has " + volumes.size() + " volumes, backup " + backup.name() + " has "
                            + backed.size());
        }
        Map<String, VolumeRef> targets = new HashMap<>();
        for (int i = 0; i < backed.size(); i++) {
            targets.put(backed.get(i).uuid(), Machines.reference(volumes.get(i)));
        }
        return new RestorePlan(
                point,
                machines.reference(vm, volumes),
                targets,
                vm.id(),
                volumes.stream().map(Volume::id).toList(),
                VmState.STOPPED,
                vm.owner(),
                backup.name(),
                start,
                null);
    }

    private BackupOffering offering(Request request, Backup backup) {
        around.drivers().requireEnabled(backup.zoneId());
        around.drivers().zone(request.zoneId());
        BackupOffering offering = checks.offeringOf(backup);
        around.drivers().require(offering.provider(), Capability.RESTORE_TO_NEW_VM, "restore a backup to a new VM");
        if (request.zoneId() != backup.zoneId()) {
            around.drivers()
                    .require(
                            offering.provider(),
                            Capability.RESTORE_ACROSS_ZONES,
                            "restore a backup to a VM in another zone");
        }
        return offering;
    }

    private NewVm newVm(Caller caller, Request request, Backup backup, String vmUuid) {
        Map<String, String> recorded = around.backups().details(backup.id());
        MachineIdentity.refuseFrom(caller, request.details());
        Map<String, String> settings = MachineIdentity.without(Machines.settings(recorded));
        settings.putAll(request.details());
        List<Long> networks = networks(request, recorded);
        return new NewVm(
                vmUuid,
                request.name(),
                request.displayName(),
                request.zoneId(),
                owner(caller, request).accountId(),
                given(request.serviceOfferingId(), "serviceofferingid", recorded, around.catalog()::serviceOffering),
                given(request.templateId(), "templateid", recorded, around.catalog()::template),
                networks,
                addresses(request, recorded, networks),
                disks(request, backup),
                settings);
    }

    private Owner owner(Caller caller, Request request) {
        String name = request.account();
        Long project = request.projectId();
        if (project != null) {
            if (name != null) {
                throw refused("projectid", "Give either projectid, or account and domainid");
            }
            return around.catalog()
                    .activeProject(project)
                    .filter(caller::mayReach)
                    .orElseThrow(() -> refused("projectid", "There is no active project that projectid names"));
        }
        if (name == null) {
            return new Owner(
                    caller.account().id(), caller.domain().id(), caller.domain().path());
        }
        Long domainId = request.domainId();
        return around.catalog()
                .account(name, domainId == null ? caller.domain().id() : domainId)
                .filter(caller::mayReach)
                .orElseThrow(() -> refused("account " + name, "There is no account " + name + " in that domain"));
    }

    private static long given(
            @Nullable Long wanted,
            String parameter,
            Map<String, String> recorded,
            Function<String, Optional<Long>> finder) {
        if (wanted != null) {
            return wanted;
        }
        String uuid = recorded.get(parameter);
        return Optional.ofNullable(uuid)
                .flatMap(finder)
                .orElseThrow(() -> refused(
                        parameter,
                        "Parameter " + parameter + " is needed: the one recorded in the backup"
                                + (uuid == null ? " is missing" : ", " + uuid + ", was deleted")));
    }

    private List<Long> networks(Request request, Map<String, String> recorded) {
        if (!request.networkIds().isEmpty() || !request.addresses().isEmpty()) {
            List<Long> ids = new ArrayList<>(request.networkIds());
            request.addresses().keySet().stream()
                    .sorted()
                    .map(this::network)
                    .filter(id -> !ids.contains(id))
                    .forEach(ids::add);
            return ids;
        }
        return Machines.nics(recorded).stream()
                .map(nic -> around.catalog()
                        .network(nic.networkid())
                        .orElseThrow(() -> refused(
                                "networkids",
                                "Network " + nic.networkname() + " (" + nic.networkid()
                                        + ") of the backup was deleted; give networkids")))
                .toList();
    }

    private Map<Long, String> addresses(Request request, Map<String, String> recorded, List<Long> networks) {
        Map<Long, String> addresses = new HashMap<>();
        if (request.preserveIp()) {
            for (Machines.BackedNic nic : Machines.nics(recorded)) {
                around.catalog()
                        .network(nic.networkid())
                        .filter(networks::contains)
                        .ifPresent(id -> addresses.put(id, nic.ipaddress()));
            }
        }
        request.addresses().forEach((uuid, address) -> addresses.put(network(uuid), address));
        return addresses;
    }

    private long network(String uuid) {
        return around.catalog()
                .network(uuid)
                .orElseThrow(() -> refused("iptonetworklist", "iptonetworklist names no network: " + uuid));
    }

    private List<NewDisk> disks(Request request, Backup backup) {
        List<BackedVolume> backed = ordered(backup);
        List<NewDisk> disks = new ArrayList<>();
        List<DataDisk> wanted = new ArrayList<>(request.dataDisks());
        long data = backed.stream()
                .filter(volume -> volume.type() != VolumeType.ROOT)
                .count();
        if (!wanted.isEmpty() && wanted.size() != data) {
            throw refused(
                    "datadisksdetails",
                    "datadisksdetails has " + wanted.size() + " entries, backup " + backup.name() + " has " + data
                            + " data disks");
        }
        for (BackedVolume volume : backed) {
            if (volume.type() == VolumeType.ROOT) {
                disks.add(new NewDisk(size(request.rootDiskGib(), volume, "rootdisksize"), diskOffering(null, volume)));
            } else {
                DataDisk disk = take(wanted, volume);
                disks.add(new NewDisk(
                        size(disk.sizeGib(), volume, "datadisksdetails size"),
                        diskOffering(disk.diskOfferingUuid(), volume)));
            }
        }
        return disks;
    }

    /** The entry for the volume's device id, else the first without one. */
    private static DataDisk take(List<DataDisk> wanted, BackedVolume volume) {
        if (wanted.isEmpty()) {
            return new DataDisk(null, null, null);
        }
        DataDisk found = wanted.stream()
                .filter(disk -> disk.deviceId() != null && disk.deviceId().equals(volume.deviceId()))
                .findFirst()
                .or(() ->
                        wanted.stream().filter(disk -> disk.deviceId() == null).findFirst())
                .orElseThrow(() -> refused(
                        "datadisksdetails", "datadisksdetails has no entry for device id " + volume.deviceId()));
        wanted.remove(found);
        return found;
    }

    private static long size(@Nullable Long gib, BackedVolume volume, String parameter) {
        if (gib == null) {
            return volume.size();
        }
        if (gib < 1 || gib > Long.MAX_VALUE / GIB || gib * GIB < volume.size()) {
            throw refused(
                    parameter,
                    parameter + " " + gib + " GiB is too small: volume " + volume.uuid() + " has "
                            + ((volume.size() + GIB - 1) / GIB) + " GiB in the backup");
        }
        return gib * GIB;
    }

    private long diskOffering(@Nullable String wanted, BackedVolume volume) {
        if (wanted != null) {
            return around.volumes()
                    .diskOfferingId(wanted)
                    .orElseThrow(
                            () -> refused("datadisksdetails", "datadisksdetails names no disk offering: " + wanted));
        }
        String recorded = volume.diskOfferingId();
        return Optional.ofNullable(recorded)
                .flatMap(around.volumes()::diskOfferingId)
                .orElseThrow(() -> refused(
                        "datadisksdetails",
                        "The disk offering of volume " + volume.uuid() + " was deleted; give another one"));
    }

    private static List<BackedVolume> ordered(Backup backup) {
        return backup.volumes().stream()
                .sorted(java.util.Comparator.comparing((BackedVolume volume) -> volume.type() != VolumeType.ROOT)
                        .thenComparing(volume -> {
                            Long device = volume.deviceId();
                            return device == null ? Long.MAX_VALUE : device;
                        }))
                .toList();
    }

    /**
     * What to make; parts that are null or empty are taken from the backup.
     *
     * @param projectId the new VM belongs to this project instead of an account
     * @param addresses from network uuid to the IP address wanted
     * @param preserveIp ask for the addresses of the backup
     */
    public record Request(
            long backupId,
            @Nullable String name,
            @Nullable String displayName,
            long zoneId,
            @Nullable String account,
            @Nullable Long domainId,
            @Nullable Long projectId,
            @Nullable Long serviceOfferingId,
            @Nullable Long templateId,
            List<Long> networkIds,
            Map<String, String> addresses,
            boolean preserveIp,
            boolean startVm,
            @Nullable Long rootDiskGib,
            List<DataDisk> dataDisks,
            Map<String, String> details) {
        public Request {
            networkIds = List.copyOf(networkIds);
            addresses = Map.copyOf(addresses);
            dataDisks = List.copyOf(dataDisks);
            details = Map.copyOf(details);
        }
    }

    /** A wish for one data disk; sizes in GiB. */
    public record DataDisk(
            @Nullable String diskOfferingUuid,
            @Nullable Long deviceId,
            @Nullable Long sizeGib) {}
}
