/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.Protection;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.operation.Operations;

/** Answers the inventory before it removes a VM: the VM's backups keep it, its offering does not. */
public final class ExpungeGuard implements BackupUse {
    private final BackupStore backups;
    private final Vms vms;
    private final Supplier<Protection> protection;
    private final Supplier<Caller> system;

    /**
     * @param protection asked for only when needed, since it needs the inventory first
     * @param system in whose name offerings are removed
     */
    public ExpungeGuard(BackupStore backups, Vms vms, Supplier<Protection> protection, Supplier<Caller> system) {
        this.backups = requireNonNull(backups, "backups is null");
        this.vms = requireNonNull(vms, "vms is null");
        this.protection = requireNonNull(protection, "protection is null");
        this.system = requireNonNull(system, "system is null");
    }

    @Override
    public boolean hasBackups(long vmId) {
        return backups.existsForVm(vmId);
    }

    @Override
    public void release(long vmId) {
        Long offering = vms.find(vmId).map(Vm::backupOfferingId).orElse(null);
        if (offering != null) {
            protection
                    .get()
                    .remove(system.get(), vmId, true, Operations.derived("release of VM", String.valueOf(vmId)));
        }
    }
}
