/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Keeps a backup {@code Restoring} as long as a restore reads it, so that it is not deleted meanwhile. Several restores may read
 * one backup; the last one to end brings it back. Both methods belong into the transaction that begins or ends the restore.
 */
final class Readers {
    private final Surroundings around;
    private final Checks checks;

    Readers(Surroundings around) {
        this.around = around;
        this.checks = new Checks(around);
    }

    /** Takes the backup, whose row stays locked until the transaction ends. */
    void claim(Backup backup) {
        Backup locked = around.backups()
                .lock(backup.id())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "backup " + backup.uuid(), "The backup was removed meanwhile"));
        checks.point(locked);
        around.operations().refuseDeletedBackup(backup.id(), backup.uuid());
        if (locked.status() == BackupStatus.BACKED_UP) {
            write(locked.in(BackupStatus.RESTORING, null));
        }
    }

    /** Gives the backup back; does nothing when another restore reads it, or when its row was removed. */
    void release(Operation operation) {
        Long id = operation.backupId();
        if (id != null) {
            around.backups()
                    .lock(id)
                    .filter(locked -> locked.status() == BackupStatus.RESTORING)
                    .filter(locked -> !around.operations().isReadByOther(id, operation.uuid()))
                    .ifPresent(locked -> write(locked.in(BackupStatus.BACKED_UP, null)));
        }
    }

    private void write(Backup changed) {
        if (around.backups().update(changed).isEmpty()) {
            throw new IllegalStateException("Backup " + changed.uuid() + " changed while its row was locked");
        }
    }
}
