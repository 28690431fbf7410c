/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.Vms;

/** Answers the inventory from the backups there are. Safe for use by many threads. */
public final class BackupsInUse implements BackupUse {
    private final BackupStore backups;
    private final Vms vms;
    private final Protection protection;

    public BackupsInUse(BackupStore backups, Vms vms, Protection protection) {
        this.backups = requireNonNull(backups, "backups is null");
        this.vms = requireNonNull(vms, "vms is null");
        this.protection = requireNonNull(protection, "protection is null");
    }

    @Override
    public boolean hasBackups(long vmId) {
        return backups.existsForVm(vmId);
    }

    @Override
    public void volumesChanged(long vmId) {
        protection.volumesChanged(vmId);
    }

    @Override
    public void release(Caller caller, long vmId) {
        if (vms.find(vmId).filter(vm -> vm.backupOfferingId() != null).isPresent()) {
            protection.remove(caller, vmId, true, UUID.randomUUID().toString());
        }
    }
}
