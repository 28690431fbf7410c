/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.BackupOffering;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.VmRef;

/**
 * Puts machines under policies, inside CloudStack's transaction, so briefly.
 *
 * <p>An assignment that succeeds when CloudStack has given it up is taken back, which must not hit a repetition of it: that may
 * have found the first one's work at the product, and be about to be committed, here or on another management server. So the
 * assignments of a machine that are under way here are waited for, the machine is read a while after, and read again when the
 * product has let go: what turns out to be assigned is assigned again.
 */
final class Assigning {
    /** What CloudStack may take from the answer of a provider to the end of its transaction. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final Logger LOG = LogManager.getLogger(Assigning.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CloudStack cloudStack;
    private final Machines machines;
    private final ZoneDrivers drivers;
    private final Briefly briefly;
    private final Pause pause;

    /** How many threads assign the machine just now. */
    private final Map<Long, Integer> underWay = new ConcurrentHashMap<>();

    Assigning(CloudStack cloudStack, Machines machines, ZoneDrivers drivers, Briefly briefly, Pause pause) {
        this.cloudStack = cloudStack;
        this.machines = machines;
        this.drivers = drivers;
        this.briefly = briefly;
        this.pause = pause;
    }

    /**
     * @return the product's id for the machine
     * @throws org.cloudstackbackup.spi.ProviderException {@code UNAVAILABLE} when the product takes long; what comes of it later
     *     is taken back
     */
    Optional<String> assign(VirtualMachine vm, BackupOffering offering) {
        VmRef reference = machines.reference(vm);
        String what = "assignment of vm " + reference.name();
        underWay.merge(vm.getId(), 1, Integer::sum);
        try {
            return briefly.call(what, () -> call(vm, reference, offering, what), late -> undo(vm, reference, offering));
        } finally {
            underWay.computeIfPresent(vm.getId(), (id, count) -> count == 1 ? null : count - 1);
        }
    }

    private Optional<String> call(VirtualMachine vm, VmRef reference, BackupOffering offering, String what) {
        return drivers.call(vm.getDataCenterId(), what, driver -> driver.assign(reference, offering.getExternalId()));
    }

    /** Unless the machine was assigned again meanwhile. In the background, where nobody waits. */
    private void undo(VirtualMachine vm, VmRef reference, BackupOffering offering) {
        try {
            do {
                pause.lasting(LOOK);
            } while (underWay.containsKey(vm.getId()));
            pause.lasting(GRACE);
            if (isUnder(vm, offering)) {
                return;
            }
            drivers.run(
                    vm.getDataCenterId(),
                    "removal of vm " + reference.name(),
                    driver -> driver.remove(reference, offering.getExternalId()));
            pause.lasting(GRACE);
            if (isUnder(vm, offering)) {
                assignAgain(vm, reference, offering);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn(
                    "VM {} may stay under policy {} at the product: the server stopped before that was undone",
                    reference.name(),
                    offering.getExternalId(),
                    e);
        }
    }

    private boolean isUnder(VirtualMachine vm, BackupOffering offering) {
        VMInstanceVO now = cloudStack.vms().findById(vm.getId());
        return now != null && Objects.equals(now.getBackupOfferingId(), offering.getId());
    }

    private void assignAgain(VirtualMachine vm, VmRef reference, BackupOffering offering) {
        LOG.warn("VM {} was assigned while an older assignment was undone; it is assigned again", reference.name());
        Optional<String> external = call(vm, reference, offering, "assignment of vm " + reference.name());
        VMInstanceVO row = cloudStack.vms().findById(vm.getId());
        if (row != null && Objects.equals(row.getBackupOfferingId(), offering.getId()) && external.isPresent()) {
            row.setBackupExternalId(external.get());
            cloudStack.vms().update(row.getId(), row);
        }
    }
}
