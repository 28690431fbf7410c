/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoredMachine;

/** A restore into a VM that was made for it: a success starts the VM, a failure expunges it. */
final class NewVmRestoreWork implements Work {
    private static final Logger LOG = LogManager.getLogger(NewVmRestoreWork.class);

    private final Surroundings around;
    private final Readers readers;

    NewVmRestoreWork(Surroundings around) {
        this.around = around;
        this.readers = new Readers(around);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.RESTORE_TO_VM;
    }

    @Override
    public OperationRef start(Operation operation) {
        return RestorePlan.of(operation).start(around, operation);
    }

    @Override
    public void started(Operation operation) {
        RestorePlan plan = RestorePlan.of(operation);
        around.journal()
                .started(
                        NewInstances.CREATE_VM,
                        "Provider " + operation.provider() + " restores " + plan.backupName() + " to the new VM "
                                + plan.vm().name(),
                        operation.userId(),
                        plan.subject());
    }

    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        return RestorePlan.of(operation).lost(operation, cause);
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus ended) {
        readers.release(operation);
        RestorePlan plan = RestorePlan.of(operation);
        plan.release(around, VmState.STOPPED);
        if (ended instanceof OperationStatus.Succeeded succeeded) {
            RestorePlan ahead = succeeded
                    .restoredMachine()
                    .map(place -> relocated(plan, place))
                    .orElse(plan);
            around.journal()
                    .completed(
                            NewInstances.CREATE_VM,
                            "Made VM " + plan.vm().name() + " from backup " + plan.backupName(),
                            operation.userId(),
                            plan.subject());
            return Conclusion.success(plan.vm().uuid(), ahead.toJson());
        }
        ProviderException failure = plan.failure(ended);
        tell(operation, plan, failure);
        return Conclusion.failed(failure);
    }

    private RestorePlan relocated(RestorePlan plan, RestoredMachine place) {
        around.provisioning().relocate(plan.vmId(), place.details(), place.paths());
        return plan.relocated(place);
    }

    @Override
    public boolean hasAftermath() {
        return true;
    }

    @Override
    public void complete(Operation operation) {
        RestorePlan plan = RestorePlan.of(operation);
        if (plan.startVm()) {
            around.provisioning().start(plan.vmId());
        }
        discard(plan);
    }

    /**
     * The data that was made for the VM, when the product has made its own; the VM is good with or without it. Nothing is looked
     * up here: by now the volumes may be with another VM, or with none.
     */
    private void discard(RestorePlan plan) {
        plan.leftData().forEach(path -> discard(plan, path));
    }

    private void discard(RestorePlan plan, String path) {
        try {
            around.provisioning().discard(plan.vmId(), path);
        } catch (ProviderException e) {
            LOG.warn(
                    "The empty volume {} of VM {} stays, which nobody uses",
                    path,
                    plan.vm().uuid(),
                    e);
        }
    }

    @Override
    public void completionFailed(Operation operation, ProviderException cause) {
        tell(operation, RestorePlan.of(operation), cause);
    }

    @Override
    public void undo(Operation operation) {
        RestorePlan plan = RestorePlan.of(operation);
        discard(plan);
        around.provisioning().expunge(plan.vmId());
    }

    private void tell(Operation operation, RestorePlan plan, ProviderException failure) {
        around.journal()
                .failed(
                        NewInstances.CREATE_VM,
                        "Making VM " + plan.vm().name() + " from backup " + plan.backupName() + " failed: "
                                + failure.text(),
                        operation.userId(),
                        plan.subject());
    }
}
