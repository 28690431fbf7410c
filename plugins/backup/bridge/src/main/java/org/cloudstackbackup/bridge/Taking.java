/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.storage.VolumeVO;
import com.cloud.vm.VirtualMachine;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * Backups on request. The row is there before the product hears of it, so a backup that outlives its management server is
 * found again by the sync.
 */
final class Taking {
    private final Rows rows;
    private final Marks marks;
    private final Machines machines;
    private final Waiting waiting;
    private final Listings listings;
    private final ZoneDrivers drivers;

    Taking(Rows rows, Marks marks, Machines machines, Waiting waiting, Listings listings, ZoneDrivers drivers) {
        this.rows = rows;
        this.marks = marks;
        this.machines = machines;
        this.waiting = waiting;
        this.listings = listings;
        this.drivers = drivers;
    }

    /**
     * @return the finished row; empty when the sync took it over meanwhile, and counted it
     * @throws ProviderException when there is no backup, or when nobody can wait for it any longer
     */
    Optional<BackupVO> take(VirtualMachine vm, boolean quiesce) {
        String what = "backup of vm " + Machines.nameOf(vm);
        BackupOfferingVO offering = rows.offering(vm.getBackupOfferingId())
                .orElseThrow(() -> refused(what, "the VM is under no backup offering"));
        if (quiesce && !drivers.capabilities().contains(Capability.QUIESCE)) {
            throw refused(what, "the product cannot freeze file systems");
        }
        List<VolumeVO> volumes = machines.volumesOf(vm);
        if (volumes.isEmpty()) {
            throw refused(what, "the VM has no volume");
        }
        VmRef reference = machines.reference(vm, volumes);
        BackupVO row = rows.begin(vm, offering.getId(), volumes);
        OperationStatus ended = run(
                row,
                new BackupRequest(row.getUuid(), reference, offering.getExternalId(), row.getName(), quiesce),
                what);
        RestorePoint point = proven(row, ended, reference, what);
        listings.made(row.getZoneId(), point);
        return rows.finish(row.getId(), point);
    }

    private OperationStatus run(BackupVO row, BackupRequest request, String what) {
        OperationRef operation;
        try {
            operation = waiting.started(row.getZoneId(), "start of the " + what, driver -> driver.startBackup(request));
        } catch (ProviderException e) {
            // Should the product have begun all the same, the sync makes a row of what comes out.
            rows.discard(row.getId());
            throw e;
        }
        marks.operation(row.getId(), operation);
        return waiting.end(row.getZoneId(), operation, what, () -> marks.alive(row.getId()));
    }

    /** Good only with every volume in it; whatever else it is, the row goes. */
    private RestorePoint proven(BackupVO row, OperationStatus ended, VmRef vm, String what) {
        try {
            RestorePoint point = Endings.successOf(ended, what)
                    .madeRestorePoint()
                    .orElseThrow(() -> Endings.silent(what, "restore point"));
            Endings.requireVolumes(point, vm.volumes().stream().map(VolumeRef::uuid), what);
            return point;
        } catch (ProviderException e) {
            rows.discard(row.getId());
            throw e;
        }
    }

    private static ProviderException refused(String what, String reason) {
        return new ProviderException(ErrorKind.USER, what, "The " + what + " was refused: " + reason);
    }
}
