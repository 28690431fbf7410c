/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.conflict;
import static org.cloudstackbackup.framework.backup.Checks.refused;
import static org.cloudstackbackup.framework.backup.Checks.subject;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * Brings back what was backed up, into VMs that exist. Idempotent by job, safe for use by many threads; failures are {@link
 * ProviderException}s. The jobs end when the operations do.
 */
public final class Restores {
    static final String RESTORE = "BACKUP.RESTORE";
    static final String RESTORE_VOLUME = "BACKUP.RESTORE.VOLUME.TO.VM";
    private static final Set<VmState> RESTORABLE = Set.of(VmState.STOPPED, VmState.DESTROYED);
    private static final Set<VmState> ATTACHABLE = Set.of(VmState.RUNNING, VmState.STOPPED);
    private static final Gson GSON = new Gson();

    private final Surroundings around;
    private final Checks checks;
    private final Machines machines;
    private final Readers readers;
    private final Refusals refusals;

    Restores(Surroundings around) {
        this.around = around;
        this.checks = new Checks(around);
        this.machines = new Machines(around);
        this.readers = new Readers(around);
        this.refusals = new Refusals(around);
    }

    /**
     * Writes a backup over the VM it was made of. Volumes are matched by uuid; the VM must have exactly those of the backup.
     * VM and volumes are {@code Restoring} until the end; a failure puts the former states back.
     */
    public void restore(Caller caller, long backupId, long jobId, String jobUuid) {
        refusals.told(
                RESTORE,
                "Restoring backup",
                caller,
                backupId,
                jobUuid,
                () -> around.operations().once(jobUuid, () -> beginRestore(caller, backupId, jobId, jobUuid)));
    }

    private void beginRestore(Caller caller, long backupId, long jobId, String jobUuid) {
        Backup backup = checks.backup(caller, backupId);
        String point = checks.point(backup);
        around.drivers().requireEnabled(backup.zoneId());
        Vm vm = around.vms()
                .find(backup.vmId())
                .filter(found -> found.state() != VmState.EXPUNGING)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "backup " + backup.uuid(),
                        "The VM of backup " + backup.name()
                                + " was expunged; createVMFromBackup makes a new one from it"));
        requireReach(caller, vm);
        checks.state(vm, RESTORABLE, "be restored");
        BackupOffering offering = checks.offeringOf(backup);
        around.drivers().require(offering.provider(), Capability.RESTORE_IN_PLACE, "restore a VM over itself");
        List<Volume> volumes = machines.readyVolumesOf(vm);
        RestorePlan plan = new RestorePlan(
                point,
                machines.reference(vm, volumes),
                targets(backup, vm, volumes),
                vm.id(),
                volumes.stream().map(Volume::id).toList(),
                vm.state(),
                vm.owner(),
                backup.name(),
                false,
                null);
        around.operations()
                .begin(() -> claim(caller, backup, vm, plan, offering, OperationKind.RESTORE, jobId, jobUuid));
    }

    /**
     * Restores one volume of a backup as a new volume and attaches it to a VM. The volume's row is made when its data is there;
     * it gets the disk offering of the original, or of the VM's root volume when that was deleted.
     *
     * @param volumeUuid the volume as named in the backup
     */
    public void restoreVolume(Caller caller, long backupId, String volumeUuid, long vmId, long jobId, String jobUuid) {
        refusals.told(
                RESTORE_VOLUME,
                "Restoring a volume of backup",
                caller,
                backupId,
                jobUuid,
                () -> around.operations()
                        .once(jobUuid, () -> beginRestoreVolume(caller, backupId, volumeUuid, vmId, jobId, jobUuid)));
    }

    private void beginRestoreVolume(
            Caller caller, long backupId, String volumeUuid, long vmId, long jobId, String jobUuid) {
        Backup backup = checks.backup(caller, backupId);
        Vm vm = checks.vm(caller, vmId);
        String point = checks.point(backup);
        around.drivers().requireEnabled(backup.zoneId());
        checks.state(vm, ATTACHABLE, "get a restored volume");
        refuseFrozenVolumes(vm);
        if (backup.zoneId() != vm.zoneId()) {
            throw refused(
                    "backup " + backup.uuid(),
                    "Backup " + backup.name() + " and VM " + vm.name() + " are in different zones");
        }
        BackedVolume wanted = backup.volumes().stream()
                .filter(volume -> volume.uuid().equals(volumeUuid))
                .findFirst()
                .orElseThrow(() -> refused(
                        "backup " + backup.uuid(),
                        "Volume " + volumeUuid + " is not in backup " + backup.name() + "; in it are "
                                + backup.volumes().stream()
                                        .map(BackedVolume::uuid)
                                        .collect(Collectors.joining(", "))));
        BackupOffering offering = checks.offeringOf(backup);
        around.drivers().require(offering.provider(), Capability.RESTORE_VOLUME, "restore single volumes");
        List<Volume> present = machines.volumesOf(vm);
        VolumeRestoreWork.Plan plan = new VolumeRestoreWork.Plan(
                point,
                wanted.uuid(),
                Operations.derived("volume", jobUuid),
                "restored-" + wanted.uuid(),
                wanted.size(),
                diskOffering(wanted, vm, present),
                machines.reference(vm, present),
                vm.id(),
                vm.owner(),
                backup.name());
        around.operations().begin(() -> {
            readers.claim(backup);
            around.operations().refuseBusyVm(vm.id(), vm.name());
            around.journal()
                    .scheduled(
                            RESTORE_VOLUME,
                            "Restoring volume " + wanted.uuid() + " of backup " + backup.name() + " to VM " + vm.name(),
                            caller.user().id(),
                            subject(vm));
            return around.operations()
                    .add(new Operations.New(
                            Operations.uuidFor(jobUuid),
                            OperationKind.RESTORE_VOLUME,
                            offering.provider(),
                            backup.zoneId(),
                            vm.id(),
                            true,
                            backup.id(),
                            jobId,
                            caller.user().id(),
                            GSON.toJson(plan)));
        });
    }

    /** Takes VM, volumes and backup for a restore, in the transaction of {@link Operations#begin}. */
    Operation claim(
            Caller caller,
            Backup backup,
            Vm vm,
            RestorePlan plan,
            BackupOffering offering,
            OperationKind kind,
            long jobId,
            String jobUuid) {
        readers.claim(backup);
        around.operations().refuseBusyVm(vm.id(), vm.name());
        if (!around.vms().transition(vm.id(), Set.of(plan.formerState()), VmState.RESTORING)
                || !around.volumes()
                        .transition(Set.copyOf(plan.volumeIds()), VolumeState.READY, VolumeState.RESTORING)) {
            throw conflict(
                    "vm " + vm.name(), "VM " + vm.name() + " or one of its volumes was changed by somebody else");
        }
        around.journal()
                .scheduled(
                        kind == OperationKind.RESTORE ? RESTORE : NewInstances.CREATE_VM,
                        "Restoring backup " + backup.name() + " to VM " + vm.name(),
                        caller.user().id(),
                        subject(vm));
        return around.operations()
                .add(new Operations.New(
                        Operations.uuidFor(jobUuid),
                        kind,
                        offering.provider(),
                        backup.zoneId(),
                        vm.id(),
                        true,
                        backup.id(),
                        jobId,
                        caller.user().id(),
                        GSON.toJson(plan)));
    }

    private static void requireReach(Caller caller, Vm vm) {
        if (!caller.mayReach(vm.owner())) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND, "vm " + vm.uuid(), "The VM of the backup is not yours any more");
        }
    }

    private static Map<String, VolumeRef> targets(Backup backup, Vm vm, List<Volume> volumes) {
        Map<String, Volume> present = volumes.stream().collect(Collectors.toMap(Volume::uuid, Function.identity()));
        List<String> problems = new ArrayList<>();
        Map<String, VolumeRef> targets = new HashMap<>();
        for (BackedVolume backed : backup.volumes()) {
            Volume target = present.remove(backed.uuid());
            if (target == null) {
                problems.add("volume " + backed.uuid() + " of the backup is not on the VM any more");
            } else if (target.sizeBytes() < backed.size()) {
                problems.add("volume " + backed.uuid() + " has " + target.sizeBytes() + " bytes, the backup needs "
                        + backed.size());
            } else {
                targets.put(backed.uuid(), Machines.reference(target));
            }
        }
        present.values()
                .forEach(extra ->
                        problems.add("volume " + extra.name() + " (" + extra.uuid() + ") is not in the backup"));
        if (!problems.isEmpty()) {
            throw conflict(
                    "vm " + vm.name(),
                    "Backup " + backup.name() + " does not fit VM " + vm.name() + ": " + String.join("; ", problems));
        }
        return targets;
    }

    private void refuseFrozenVolumes(Vm vm) {
        if (vm.backupOfferingId() != null
                && !Boolean.parseBoolean(around.settings().value(FrameworkSettings.ENABLE_ATTACH_DETACH))) {
            throw conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " has a backup offering and setting "
                            + FrameworkSettings.ENABLE_ATTACH_DETACH.key()
                            + " is false: no volume can be attached to it");
        }
    }

    private long diskOffering(BackedVolume wanted, Vm vm, List<Volume> present) {
        String recorded = wanted.diskOfferingId();
        return (recorded == null
                        ? java.util.Optional.<Long>empty()
                        : around.volumes().diskOfferingId(recorded))
                .or(() -> present.stream().findFirst().map(Volume::diskOfferingId))
                .orElseThrow(() -> conflict("vm " + vm.name(), "VM " + vm.name() + " has no volumes"));
    }
}
