/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.subject;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;

/**
 * Assigns a protected VM again after its volumes have changed: a product may measure the backups of its own policy by the volumes
 * that it was told last. What is told is what is true when the product is asked, so one that comes late does no harm.
 */
final class RenewalWork implements Work {
    private final Surroundings around;
    private final Machines machines;

    RenewalWork(Surroundings around) {
        this.around = around;
        this.machines = new Machines(around);
    }

    /** Remembers the volumes that the VM has now, and has the product told. Joins the open transaction, if there is one. */
    static void volumesChanged(Surroundings around, Machines machines, Vm vm) {
        Long offering = vm.backupOfferingId();
        if (offering == null) {
            return;
        }
        around.transactions().run(() -> {
            machines.rememberVolumes(vm);
            around.offerings()
                    .findIncludingRemoved(offering)
                    .ifPresent(found -> around.operations()
                            .addCompleting(new Operations.New(
                                    UUID.randomUUID().toString(),
                                    OperationKind.RENEW,
                                    found.provider(),
                                    vm.zoneId(),
                                    vm.id(),
                                    false,
                                    null,
                                    null,
                                    User.SYSTEM_ID,
                                    "{}")));
        });
    }

    @Override
    public OperationKind kind() {
        return OperationKind.RENEW;
    }

    @Override
    public boolean hasAftermath() {
        return true;
    }

    @Override
    public boolean aftermathCallsProduct() {
        return true;
    }

    @Override
    public void complete(Operation operation) {
        Optional<Vm> found = around.vms().find(operation.vmId());
        Optional<BackupOffering> offering = found.flatMap(vm -> offering(vm, operation));
        if (offering.isEmpty()) {
            return;
        }
        Vm vm = found.get();
        VmRef reference = machines.reference(vm, machines.volumesOf(vm));
        String policy = offering.get().externalId();
        Optional<String> externalId = around.drivers()
                .call(
                        operation.provider(),
                        operation.zoneId(),
                        "renewal of the volumes of VM " + vm.name(),
                        driver -> driver.assign(reference, policy));
        if (!isStillUnder(offering.get(), vm)) {
            around.drivers()
                    .run(
                            operation.provider(),
                            operation.zoneId(),
                            "undoing the renewal of VM " + vm.name(),
                            driver -> driver.remove(reference, policy));
        } else if (externalId.isPresent() && !externalId.get().equals(vm.backupExternalId())) {
            around.vms()
                    .setBackupOffering(
                            vm.id(),
                            offering.get().id(),
                            offering.get().id(),
                            externalId.get(),
                            BackedVolume.toJson(machines.backed(machines.volumesOf(vm))));
        }
    }

    /** Another provider's offering has been told of the volumes by its own assignment. */
    private Optional<BackupOffering> offering(Vm vm, Operation operation) {
        Long id = vm.backupOfferingId();
        return id == null
                ? Optional.empty()
                : around.offerings()
                        .findIncludingRemoved(id)
                        .filter(found -> found.provider().equals(operation.provider()));
    }

    private boolean isStillUnder(BackupOffering offering, Vm vm) {
        return around.vms()
                .find(vm.id())
                .filter(now -> Objects.equals(now.backupOfferingId(), offering.id()))
                .isPresent();
    }

    @Override
    public void completionFailed(Operation operation, ProviderException cause) {
        around.vms()
                .find(operation.vmId())
                .ifPresent(vm -> around.journal()
                        .failed(
                                Protection.ASSIGN,
                                "Provider " + operation.provider() + " could not be told the present volumes of VM "
                                        + vm.name() + ", so its scheduled backups may be taken for incomplete: "
                                        + cause.text(),
                                operation.userId(),
                                subject(vm)));
    }

    @Override
    public OperationRef start(Operation operation) {
        throw begun(operation);
    }

    @Override
    public void started(Operation operation) {
        throw begun(operation);
    }

    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        throw begun(operation);
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus ended) {
        throw begun(operation);
    }

    private static IllegalStateException begun(Operation operation) {
        return new IllegalStateException(operation.describe() + " has no part to start or follow at the product");
    }
}
