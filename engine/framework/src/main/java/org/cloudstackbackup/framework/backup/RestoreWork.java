/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;

/** A restore in place. */
final class RestoreWork implements Work {
    private final Surroundings around;
    private final Readers readers;

    RestoreWork(Surroundings around) {
        this.around = around;
        this.readers = new Readers(around);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.RESTORE;
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
                        Restores.RESTORE,
                        "Provider " + operation.provider() + " restores " + plan.backupName() + " to VM "
                                + plan.vm().name(),
                        operation.userId(),
                        plan.subject());
    }

    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        return RestorePlan.of(operation).lost(operation, cause);
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus told) {
        readers.release(operation);
        RestorePlan plan = RestorePlan.of(operation);
        OperationStatus ended = inPlace(told, operation, plan);
        if (ended instanceof OperationStatus.Succeeded) {
            plan.release(around, VmState.STOPPED);
            around.journal()
                    .completed(
                            Restores.RESTORE,
                            "Restored VM " + plan.vm().name() + " from backup " + plan.backupName(),
                            operation.userId(),
                            plan.subject());
            return Conclusion.success(null);
        }
        ProviderException failure = plan.failure(ended);
        plan.release(around, plan.formerState());
        around.journal()
                .failed(
                        Restores.RESTORE,
                        "Restoring VM " + plan.vm().name() + " from backup " + plan.backupName() + " failed: "
                                + failure.text(),
                        operation.userId(),
                        plan.subject());
        return Conclusion.failed(failure);
    }

    /** A success that made another machine has not restored this one, and its users would not know. */
    private static OperationStatus inPlace(OperationStatus ended, Operation operation, RestorePlan plan) {
        return ended instanceof OperationStatus.Succeeded success
                        && success.restoredMachine().isPresent()
                ? new OperationStatus.Failed(
                        ErrorKind.EXTERNAL,
                        "Provider " + operation.provider() + " has put " + plan.backupName() + " to another machine, "
                                + success.restoredMachine().get().details() + ", and not over VM "
                                + plan.vm().name())
                : ended;
    }
}
