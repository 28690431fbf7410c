/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.VolumeInfo;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.bridge.Marks.Begun;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * Restores over volumes: of the machine itself, or of a new one. Which volume gets which content is decided by uuid in the first
 * case and by position in the second, and refused before the product hears of it when it does not come out even.
 *
 * <p>A restore that outlived its management server is joined when it is asked for again.
 */
final class Restoring {
    private static final Logger LOG = LogManager.getLogger(Restoring.class);
    private static final Comparator<VolumeInfo> ROOT_FIRST_THEN_BY_DEVICE = Comparator.comparing(
                    (VolumeInfo volume) -> volume.getType() != Volume.Type.ROOT)
            .thenComparing(volume -> Objects.requireNonNullElse(volume.getDeviceId(), Long.MAX_VALUE));

    private final CloudStack cloudStack;
    private final Machines machines;
    private final Marks marks;
    private final Waiting waiting;

    Restoring(CloudStack cloudStack, Machines machines, Marks marks, Waiting waiting) {
        this.cloudStack = cloudStack;
        this.machines = machines;
        this.marks = marks;
        this.waiting = waiting;
    }

    /** Over the machine that was backed up, which may have been expunged. */
    void inPlace(VirtualMachine vm, Backup backup) {
        String what = what(vm, backup);
        Map<String, VolumeVO> targets = new HashMap<>();
        for (VolumeInfo info : backup.getBackedUpVolumes()) {
            VolumeVO target = cloudStack.volumes().findByUuidIncludingRemoved(info.getUuid());
            if (target == null || !isOf(vm, target)) {
                throw refused(what, "volume " + info.getUuid() + " of the backup is no volume of the VM any more");
            }
            targets.put(info.getUuid(), target);
        }
        restore(
                vm,
                backup,
                machines.reference(vm, targets.values()),
                targets,
                what,
                ended -> ended.restoredMachine().ifPresent(place -> {
                    throw new ProviderException(
                            ErrorKind.EXTERNAL,
                            what,
                            "The " + what + " went to another machine, " + place.details() + ", and not over the VM");
                }));
    }

    /** Over the volumes of a fresh machine, or to where the product puts it. */
    void toNew(VirtualMachine vm, Backup backup) {
        String what = what(vm, backup);
        List<VolumeInfo> sources = backup.getBackedUpVolumes().stream()
                .sorted(ROOT_FIRST_THEN_BY_DEVICE)
                .toList();
        List<VolumeVO> volumes = machines.volumesOf(vm);
        if (sources.size() != volumes.size()) {
            throw refused(what, "the backup has " + sources.size() + " volumes and the VM has " + volumes.size());
        }
        Map<String, VolumeVO> targets = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            VolumeInfo source = sources.get(i);
            VolumeVO target = volumes.get(i);
            if ((source.getType() == Volume.Type.ROOT) != (target.getVolumeType() == Volume.Type.ROOT)) {
                throw refused(what, "the backup and the VM have not the same root volumes");
            }
            if (sizeOf(target) < Objects.requireNonNullElse(source.getSize(), 0L)) {
                throw refused(
                        what,
                        "volume " + target.getUuid() + " has " + sizeOf(target) + " bytes, its content needs "
                                + source.getSize());
            }
            targets.put(source.getUuid(), target);
        }
        VmRef fresh = machines.reference(vm, volumes, name -> isCopied(vm, backup, name));
        restore(
                vm,
                backup,
                fresh,
                targets,
                what,
                ended -> ended.restoredMachine().ifPresent(place -> relocate(vm, volumes, place)));
    }

    /**
     * Finishes restores of the zone that nobody waits for any more: a new machine is told where the product has put it, and the
     * mark of what has ended goes. What cannot be told now is asked for next time.
     */
    void settle(long zoneId) {
        for (long id : marks.restoring()) {
            Backup backup = cloudStack.backups().findById(id);
            if (backup == null) {
                marks.clear(id, Marks.RESTORING);
            } else if (backup.getZoneId() == zoneId) {
                settle(backup);
            }
        }
    }

    private void settle(Backup backup) {
        marks.restoresOfMachines(backup.getId()).forEach((vmUuid, begun) -> {
            try {
                begun.reference().ifPresent(operation -> settle(backup, vmUuid, operation));
            } catch (ProviderException e) {
                LOG.warn("The end of a restore of backup {} to vm {} was not found out", backup.getUuid(), vmUuid, e);
            }
        });
        marks.forgetRestoring(backup.getId());
    }

    private void settle(Backup backup, String vmUuid, OperationRef operation) {
        OperationStatus status = waiting.ask(
                backup.getZoneId(), operation, "restore of backup " + backup.getName() + " to vm " + vmUuid);
        if (!status.isEnded()) {
            return;
        }
        VMInstanceVO vm = cloudStack.vms().findByUuid(vmUuid);
        boolean isNew = vm != null && !backup.getVmId().equals(vm.getId());
        if (isNew && status instanceof Succeeded succeeded) {
            succeeded.restoredMachine().ifPresent(place -> relocate(vm, machines.volumesOf(vm), place));
        }
        marks.clear(backup.getId(), Marks.RESTORE + vmUuid);
    }

    /** CloudStack copies the settings of the old VM to the new one, also those that say which machine it is. */
    private boolean isCopied(VirtualMachine vm, Backup backup, String name) {
        String value = cloudStack.vmDetails().listDetailsKeyPairs(vm.getId()).get(name);
        String settings =
                cloudStack.details().listDetailsKeyPairs(backup.getId()).getOrDefault("vmsettings", "");
        return Objects.equals(
                        value,
                        cloudStack
                                .vmDetails()
                                .listDetailsKeyPairs(backup.getVmId())
                                .get(name))
                || settings.contains("\"" + name + "\":\"" + value + "\"");
    }

    private void relocate(VirtualMachine vm, List<VolumeVO> volumes, RestoredMachine place) {
        place.details().forEach((name, value) -> cloudStack.vmDetails().addDetail(vm.getId(), name, value, true));
        for (VolumeVO volume : volumes) {
            String path = place.paths().get(volume.getUuid());
            if (path != null) {
                volume.setPath(path);
                cloudStack.volumes().update(volume.getId(), volume);
            }
        }
    }

    /** The mark goes last: until then whoever meets it after a crash does the rest. */
    private void restore(
            VirtualMachine vm,
            Backup backup,
            VmRef reference,
            Map<String, VolumeVO> targets,
            String what,
            Consumer<Succeeded> rest) {
        if (targets.isEmpty()) {
            throw refused(what, "the backup names no volume");
        }
        Map<String, VolumeRef> references = new HashMap<>();
        targets.forEach((source, target) -> references.put(source, Machines.reference(target)));
        String mark = Marks.RESTORE + vm.getUuid();
        Begun begun = unfinished(backup, mark, what).orElseGet(Begun::fresh);
        OperationRef operation = begun.reference().orElseGet(() -> {
            marks.starting(backup.getId(), mark, begun.token());
            OperationRef started = start(
                    backup,
                    new RestoreRequest(begun.token(), backup.getExternalId(), reference, references),
                    mark,
                    what);
            marks.begun(backup.getId(), mark, begun.as(started));
            return started;
        });
        OperationStatus ended = waiting.end(backup.getZoneId(), operation, what, () -> {});
        if (ended instanceof Succeeded succeeded) {
            rest.accept(succeeded);
        }
        marks.clear(backup.getId(), mark);
        Endings.successOf(ended, what);
    }

    private OperationRef start(Backup backup, RestoreRequest request, String mark, String what) {
        try {
            return waiting.started(backup.getZoneId(), "start of the " + what, driver -> driver.startRestore(request));
        } catch (ProviderException e) {
            if (!e.kind().isRetryable()) {
                marks.clear(backup.getId(), mark);
            }
            throw e;
        }
    }

    /** One that still runs, or of which the product's answer was lost; the end of any other belongs to the past. */
    private Optional<Begun> unfinished(Backup backup, String mark, String what) {
        return marks.begun(backup.getId(), mark)
                .filter(begun -> begun.reference()
                        .map(operation -> !waiting.ask(backup.getZoneId(), operation, what)
                                .isEnded())
                        .orElse(true));
    }

    /** A machine that was expunged has lost its volumes; they must not have become another's. */
    private static boolean isOf(VirtualMachine vm, VolumeVO volume) {
        return volume.getInstanceId() == null ? vm.getRemoved() != null : volume.getInstanceId() == vm.getId();
    }

    private static long sizeOf(VolumeVO volume) {
        return Objects.requireNonNullElse(volume.getSize(), 0L);
    }

    private static String what(VirtualMachine vm, Backup backup) {
        return "restore of backup " + backup.getName() + " to vm " + Machines.nameOf(vm);
    }

    private static ProviderException refused(String what, String reason) {
        return new ProviderException(ErrorKind.USER, what, "The " + what + " was refused: " + reason);
    }
}
