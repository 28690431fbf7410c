/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.time.Instant;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupState;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;

/** Deletes backups. */
final class Deletions {
    private static final Logger LOG = LogManager.getLogger(Deletions.class);

    private final Product product;

    Deletions(Product product) {
        this.product = product;
    }

    /**
     * Has the product delete a backup; a no-op for one that is gone.
     *
     * @throws ProviderException {@code CONFLICT} when a lock keeps the backup, or a restore reads it
     */
    void start(ObjectId id) {
        Optional<BackupObject> found = product.backup(id);
        if (found.isEmpty() || isGoing(found.get())) {
            return;
        }
        refuseLocked(found.get());
        refuseRead(id);
        Product.known(() -> {
            product.client()
                    .backups()
                    .delete(id.parameters()
                            .with("cluster_ref", product.site().cluster().ref()));
            return id;
        });
    }

    /**
     * Has the product delete what is of no use to anybody; that it cannot is logged only.
     *
     * @param what in words, such as {@code of a failed backup}
     */
    void discard(BackupObject backup, String what) {
        try {
            start(new ObjectId(backup.name(), backup.uid()));
        } catch (PxBackupException | ProviderException e) {
            LOG.warn("Backup {} stays at PX-Backup: what is left {} could not be deleted", backup.name(), what, e);
        }
    }

    private void refuseLocked(BackupObject backup) {
        Instant until = backup.backupInfo() == null ? null : backup.backupInfo().retentionTime();
        if (until != null && until.isAfter(product.zone().clock().instant())) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "backup " + backup.name(),
                    "Backup " + backup.name() + " is locked in its bucket until " + until);
        }
    }

    /** A restore may have deleted already what it is going to bring back from here. */
    private void refuseRead(ObjectId id) {
        Parameters search = Parameters.none().with("status", Product.RESTORE_RUNS);
        for (RestoreObject each : product.client().restores().inspectAll(search)) {
            ObjectRef read =
                    each.restoreInfo() == null ? null : each.restoreInfo().backupRef();
            if (read != null && id.uid().equals(read.uid())) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "backup " + id.name(),
                        "Backup " + id.name() + " cannot be deleted now: restore " + each.name() + " reads it");
            }
        }
    }

    /** What waits only for the backups that depend on it is on its way: it cannot be restored, and nothing brings it back. */
    OperationStatus status(ObjectId id) {
        Optional<BackupObject> found = product.backup(id);
        if (found.isEmpty()) {
            return OperationStatus.Succeeded.done();
        }
        BackupObject backup = found.get();
        return switch (backup.state()) {
            case DELETE_PENDING -> OperationStatus.Succeeded.done();
            case FAILED ->
                new OperationStatus.Failed(
                        ErrorKind.EXTERNAL,
                        "PX-Backup could not delete backup " + backup.name()
                                + (backup.reason().isEmpty() ? "" : ": " + backup.reason()));
            default ->
                new OperationStatus.Running(
                        null, "PX-Backup: " + Contents.of(backup).word());
        };
    }

    private static boolean isGoing(BackupObject backup) {
        return backup.state() == BackupState.DELETING || backup.state() == BackupState.DELETE_PENDING;
    }
}
