/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import com.google.gson.Gson;
import java.util.Optional;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volumes;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;

/** A restore of one volume as a new one: the data first, then the row and the attachment. */
final class VolumeRestoreWork implements Work {
    private static final Gson GSON = new Gson();

    private final Surroundings around;
    private final Readers readers;
    private final Machines machines;

    VolumeRestoreWork(Surroundings around) {
        this.around = around;
        this.readers = new Readers(around);
        this.machines = new Machines(around);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.RESTORE_VOLUME;
    }

    @Override
    public OperationRef start(Operation operation) {
        Plan plan = plan(operation);
        return around.drivers()
                .call(
                        operation.provider(),
                        operation.zoneId(),
                        "start of the restore of volume " + plan.volumeUuid() + " from " + plan.backupName(),
                        driver -> driver.startVolumeRestore(new VolumeRestoreRequest(
                                operation.uuid(), plan.point(), plan.volumeUuid(), plan.newVolumeUuid(), plan.vm())));
    }

    @Override
    public void started(Operation operation) {
        Plan plan = plan(operation);
        around.journal()
                .started(
                        Restores.RESTORE_VOLUME,
                        "Provider " + operation.provider() + " restores volume " + plan.volumeUuid() + " of "
                                + plan.backupName() + " for VM " + plan.vm().name(),
                        operation.userId(),
                        plan.subject());
    }

    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        Plan plan = plan(operation);
        return new OperationStatus.Failed(
                ErrorKind.EXTERNAL,
                "Provider " + operation.provider() + " no longer knows the restore of volume " + plan.volumeUuid()
                        + " from " + plan.backupName() + ": " + cause.text());
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus ended) {
        readers.release(operation);
        Plan plan = plan(operation);
        if (!(ended instanceof OperationStatus.Succeeded succeeded)) {
            return failed(operation, plan, Endings.kind(ended), Endings.text(ended));
        }
        Optional<String> path = succeeded.restoredVolumePath();
        if (path.isEmpty()) {
            return failed(
                    operation,
                    plan,
                    ErrorKind.EXTERNAL,
                    "Provider " + operation.provider() + " reported success but does not say where the volume is");
        }
        Optional<Vm> vm = around.vms().find(plan.vmId());
        if (vm.isEmpty()) {
            return failed(
                    operation,
                    plan,
                    ErrorKind.CONFLICT,
                    "VM " + plan.vm().name() + " was removed meanwhile; the restored data is left at " + path.get());
        }
        around.volumes()
                .addRestored(
                        new Volumes.NewVolume(
                                plan.newVolumeUuid(), plan.name(), plan.sizeBytes(), path.get(), plan.diskOfferingId()),
                        plan.vmId());
        RenewalWork.volumesChanged(around, machines, vm.get());
        around.journal()
                .completed(
                        Restores.RESTORE_VOLUME,
                        "Restored volume " + plan.volumeUuid() + " of " + plan.backupName() + " as "
                                + plan.newVolumeUuid() + " and attached it to VM "
                                + plan.vm().name(),
                        operation.userId(),
                        plan.subject());
        return Conclusion.success(null);
    }

    private Conclusion failed(Operation operation, Plan plan, ErrorKind kind, String text) {
        ProviderException failure =
                new ProviderException(kind, "vm " + plan.vm().name(), text);
        around.journal()
                .failed(
                        Restores.RESTORE_VOLUME,
                        "Restoring volume " + plan.volumeUuid() + " of " + plan.backupName() + " to VM "
                                + plan.vm().name() + " failed: " + failure.text(),
                        operation.userId(),
                        plan.subject());
        return Conclusion.failed(failure);
    }

    private static Plan plan(Operation operation) {
        return GSON.fromJson(operation.plan(), Plan.class);
    }

    /** All that is needed to go on. */
    record Plan(
            String point,
            String volumeUuid,
            String newVolumeUuid,
            String name,
            long sizeBytes,
            long diskOfferingId,
            VmRef vm,
            long vmId,
            Owner owner,
            String backupName) {
        Subject subject() {
            return new Subject("VirtualMachine", vmId, vm.uuid(), vm.name(), owner);
        }
    }
}
