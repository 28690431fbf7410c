/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import org.cloudstackbackup.framework.identity.Caller;

/** What the inventory asks of backup and recovery before it removes a VM, and tells it of volumes. */
public interface BackupUse {
    /** Whether backups of the VM exist. */
    boolean hasBackups(long vmId);

    /** Tells that other volumes are attached to the VM now. Called in the transaction that attached or detached one. */
    void volumesChanged(long vmId);

    /**
     * Takes a VM that has no backups out of its offering, at the product too; a no-op when it is in none. Called outside
     * transactions.
     */
    void release(Caller caller, long vmId);
}
