/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import com.google.gson.Gson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * All that a restore over volumes needs to go on, and what both kinds of it have in common.
 *
 * @param formerState of the VM, to be put back by a failure
 * @param startVm whether to start the VM at the end
 * @param left paths of the data that the restore has put no volume's content to; null until that is known
 */
record RestorePlan(
        String point,
        VmRef vm,
        Map<String, VolumeRef> targets,
        long vmId,
        List<Long> volumeIds,
        VmState formerState,
        Owner owner,
        String backupName,
        boolean startVm,
        @Nullable List<String> left) {
    private static final Gson GSON = new Gson();

    RestorePlan {
        targets = Map.copyOf(targets);
        volumeIds = List.copyOf(volumeIds);
        left = left == null ? null : List.copyOf(left);
    }

    static RestorePlan of(Operation operation) {
        return GSON.fromJson(operation.plan(), RestorePlan.class);
    }

    /** The same plan once the product has put the machine elsewhere: the data at the volumes' former paths is nobody's. */
    RestorePlan relocated(RestoredMachine place) {
        List<String> former = targets.values().stream()
                .filter(target -> !target.path().equals(place.paths().getOrDefault(target.uuid(), target.path())))
                .map(VolumeRef::path)
                .toList();
        return new RestorePlan(point, vm, targets, vmId, volumeIds, formerState, owner, backupName, startVm, former);
    }

    /** Paths of data that was made for the VM and that no volume of it has any more. */
    List<String> leftData() {
        List<String> paths = left;
        return paths == null ? List.of() : paths;
    }

    String toJson() {
        return GSON.toJson(this);
    }

    OperationRef start(Surroundings around, Operation operation) {
        return around.drivers()
                .call(
                        operation.provider(),
                        operation.zoneId(),
                        "start of the restore of " + backupName + " to VM " + vm.name(),
                        driver -> driver.startRestore(new RestoreRequest(operation.uuid(), point, vm, targets)));
    }

    OperationStatus lost(Operation operation, ProviderException cause) {
        return new OperationStatus.Failed(
                ErrorKind.EXTERNAL,
                "Provider " + operation.provider() + " no longer knows the restore of " + backupName + " to VM "
                        + vm.name() + ", whose volumes may hold a part of it: " + cause.text());
    }

    /** Takes VM and volumes out of {@code Restoring}; whoever moved them meanwhile had a reason and is left alone. */
    void release(Surroundings around, VmState state) {
        around.volumes().transition(Set.copyOf(volumeIds), VolumeState.RESTORING, VolumeState.READY);
        around.vms().transition(vmId, Set.of(VmState.RESTORING), state);
    }

    Subject subject() {
        return new Subject("VirtualMachine", vmId, vm.uuid(), vm.name(), owner);
    }

    ProviderException failure(OperationStatus ended) {
        return new ProviderException(Endings.kind(ended), "vm " + vm.name(), Endings.text(ended));
    }
}
