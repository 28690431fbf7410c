/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.util.Objects;
import java.util.Optional;
import org.apache.cloudstack.backup.BackupOffering;
import org.cloudstackbackup.spi.VmRef;

/** Puts machines under policies, inside CloudStack's transaction, so briefly. */
final class Assigning {
    private final CloudStack cloudStack;
    private final Machines machines;
    private final ZoneDrivers drivers;
    private final Briefly briefly;

    Assigning(CloudStack cloudStack, Machines machines, ZoneDrivers drivers, Briefly briefly) {
        this.cloudStack = cloudStack;
        this.machines = machines;
        this.drivers = drivers;
        this.briefly = briefly;
    }

    /**
     * @return the product's id for the machine
     * @throws org.cloudstackbackup.spi.ProviderException {@code UNAVAILABLE} when the product takes long; what comes of it later
     *     is taken back
     */
    Optional<String> assign(VirtualMachine vm, BackupOffering offering) {
        VmRef reference = machines.reference(vm);
        String what = "assignment of vm " + reference.name();
        String policy = offering.getExternalId();
        return briefly.call(
                what,
                () -> drivers.call(vm.getDataCenterId(), what, driver -> driver.assign(reference, policy)),
                late -> undo(vm, reference, offering));
    }

    /** Unless the machine was assigned again meanwhile. */
    private void undo(VirtualMachine vm, VmRef reference, BackupOffering offering) {
        VMInstanceVO now = cloudStack.vms().findById(vm.getId());
        if (now == null || !Objects.equals(now.getBackupOfferingId(), offering.getId())) {
            drivers.run(
                    vm.getDataCenterId(),
                    "removal of vm " + reference.name(),
                    driver -> driver.remove(reference, offering.getExternalId()));
        }
    }
}
