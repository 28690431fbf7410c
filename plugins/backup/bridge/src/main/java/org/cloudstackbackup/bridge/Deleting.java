/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.util.Optional;
import java.util.UUID;
import org.apache.cloudstack.backup.Backup;
import org.cloudstackbackup.bridge.Marks.Begun;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Deletes backups at the product. CloudStack removes the row, and counts. */
final class Deleting {
    private final Marks marks;
    private final Recovery recovery;
    private final Waiting waiting;
    private final Listings listings;
    private final ZoneDrivers drivers;

    Deleting(Marks marks, Recovery recovery, Waiting waiting, Listings listings, ZoneDrivers drivers) {
        this.marks = marks;
        this.recovery = recovery;
        this.waiting = waiting;
        this.listings = listings;
        this.drivers = drivers;
    }

    /**
     * Returns when the product has it no more; a point that is gone already is a success.
     *
     * @throws ProviderException when it is still there, or may be; {@code CONFLICT} while a restore reads it
     */
    void delete(Backup backup, boolean forced) {
        String point = Rows.isPendingId(backup.getExternalId()) ? pointOfUnfinished(backup) : backup.getExternalId();
        if (point != null) {
            refuseDuringRestore(backup);
            deletePoint(backup, point, forced);
        }
        recovery.forget(backup);
    }

    /** CloudStack lets its users delete what another job, also one of another management server, restores from. */
    private void refuseDuringRestore(Backup backup) {
        for (Begun restore : marks.restores(backup.getId())) {
            if (restore.reference()
                    .map(operation -> runs(backup, operation))
                    .orElseGet(() -> marks.isStarting(restore))) {
                throw refused(backup, "a restore from it has not ended; try again when it has", null);
            }
        }
    }

    private boolean runs(Backup backup, OperationRef restore) {
        try {
            return !waiting.ask(backup.getZoneId(), restore, "restore of backup " + backup.getName())
                    .isEnded();
        } catch (ProviderException e) {
            throw refused(backup, "it is not known whether a restore from it has ended: " + e.text(), e);
        }
    }

    private static ProviderException refused(Backup backup, String reason, @Nullable Throwable cause) {
        String what = "deletion of backup " + backup.getName();
        return new ProviderException(ErrorKind.CONFLICT, what, "The " + what + " was refused: " + reason, cause);
    }

    private void deletePoint(Backup backup, String point, boolean forced) {
        String what = "deletion of backup " + backup.getName();
        // A fresh token for each attempt: the failure of an earlier one must not be the answer.
        var request = new DeleteRequest(UUID.randomUUID().toString(), point, forced);
        // The sync keeps the row until CloudStack removes it after the success: each of the two would subtract it.
        marks.deleting(backup.getId());
        try {
            OperationRef operation =
                    waiting.started(backup.getZoneId(), "start of the " + what, driver -> driver.startDelete(request));
            Endings.successOf(
                    waiting.end(backup.getZoneId(), operation, what, () -> marks.deleting(backup.getId())), what);
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                marks.clear(backup.getId(), Marks.DELETING);
                throw e;
            }
        }
        marks.deleting(backup.getId());
        marks.gone(backup.getId(), point);
        listings.deleted(backup.getZoneId(), point);
    }

    /** What a backup without a point of its own has made after all; null for nothing. */
    private @Nullable String pointOfUnfinished(Backup backup) {
        if (backup.getStatus() != Backup.Status.BackingUp) {
            return null;
        }
        String what = "deletion of backup " + backup.getName();
        if (marks.isAlive(backup.getId())) {
            throw refused(backup, "the backup is being taken", null);
        }
        Optional<OperationRef> operation = marks.operation(backup.getId());
        if (operation.isEmpty()) {
            return null;
        }
        OperationStatus status = waiting.ask(backup.getZoneId(), operation.get(), what);
        if (!status.isEnded()) {
            if (drivers.capabilities().contains(Capability.CANCEL)) {
                drivers.run(backup.getZoneId(), what, driver -> driver.cancel(operation.get()));
            }
            throw refused(backup, "the product still takes the backup; try again when it has stopped", null);
        }
        return status instanceof Succeeded succeeded && succeeded.restorePoint() != null
                ? succeeded.restorePoint().id()
                : null;
    }
}
