/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.vm.VMInstanceVO;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.VolumeInfo;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;

/**
 * Backups whose job died with its management server. The sync notices them while CloudStack holds a transaction; the product
 * is asked at the next run, outside of it. A success is handed to the sync, where CloudStack counts it; a failure is written
 * at once.
 *
 * <p>Keeps nothing that cannot be found again. Safe for use by many threads.
 */
final class Recovery {
    private static final Logger LOG = LogManager.getLogger(Recovery.class);

    private final CloudStack cloudStack;
    private final Rows rows;
    private final Marks marks;
    private final Machines machines;
    private final Waiting waiting;
    private final Map<Long, Set<Long>> suspects = new ConcurrentHashMap<>();
    private final Map<Long, RestorePoint> outcomes = new ConcurrentHashMap<>();

    Recovery(CloudStack cloudStack, Rows rows, Marks marks, Machines machines, Waiting waiting) {
        this.cloudStack = cloudStack;
        this.rows = rows;
        this.marks = marks;
        this.machines = machines;
        this.waiting = waiting;
    }

    /** Notes a backup under way for the next run, unless somebody waits for it. Does not ask the product. */
    void notice(Backup row) {
        if (!marks.isAlive(row.getId())) {
            suspects.computeIfAbsent(row.getZoneId(), zone -> ConcurrentHashMap.newKeySet())
                    .add(row.getId());
        }
    }

    /** What a noticed backup made, once that is known. */
    Optional<RestorePoint> outcome(Backup row) {
        return Optional.ofNullable(outcomes.get(row.getId()));
    }

    void forget(Backup row) {
        forget(row.getZoneId(), row.getId());
    }

    /** Asks the product for the ends of all noticed backups of the zone. One that cannot be told now is asked for next time. */
    void settle(long zoneId) {
        for (Long id : new ArrayList<>(suspects.getOrDefault(zoneId, Set.of()))) {
            Optional<BackupVO> row = rows.find(id).filter(Rows::isUnderWay).filter(found -> !marks.isAlive(id));
            if (row.isEmpty()) {
                forget(zoneId, id);
                continue;
            }
            try {
                settle(row.get());
            } catch (ProviderException e) {
                LOG.warn(
                        "The end of backup {} could not be found out", row.get().getUuid(), e);
            }
        }
    }

    /**
     * Ends the noticed backups of a machine that the sync will not look at any more. CloudStack's count of backups is right
     * again after its next recount.
     */
    void settleForGood(List<Backup> ofOneMachine) {
        ofOneMachine.stream().filter(Rows::isUnderWay).forEach(row -> {
            notice(row);
            settle(row.getZoneId());
            outcome(row).ifPresent(point -> {
                forget(row);
                rows.finish(row.getId(), point);
            });
        });
    }

    /** The product's operation of a backup under way; begun again with the same token where the answer was lost. */
    Optional<OperationRef> operationOf(BackupVO row) {
        Optional<OperationRef> known = marks.operation(row.getId());
        if (known.isPresent()) {
            return known;
        }
        VMInstanceVO vm = cloudStack.vms().findById(row.getVmId());
        Optional<BackupOfferingVO> offering = rows.offering(row.getBackupOfferingId());
        if (vm == null || offering.isEmpty()) {
            return Optional.empty();
        }
        VmRef reference = machines.reference(vm);
        OperationRef begun = waiting.started(
                row.getZoneId(),
                "start of backup " + row.getName(),
                driver -> driver.startBackup(new BackupRequest(
                        row.getUuid(), reference, offering.get().getExternalId(), row.getName(), false)));
        marks.operation(row.getId(), begun);
        return Optional.of(begun);
    }

    private void settle(BackupVO row) {
        Optional<OperationRef> operation;
        try {
            operation = operationOf(row);
        } catch (ProviderException e) {
            if (e.kind().isRetryable()) {
                throw e;
            }
            rows.fail(row.getId(), "The management server stopped while the backup began: " + e.text());
            return;
        }
        if (operation.isEmpty()) {
            rows.fail(row.getId(), "The management server stopped while the backup began, and its VM is gone");
            return;
        }
        String what = "backup " + row.getName();
        OperationStatus status = waiting.ask(row.getZoneId(), operation.get(), what);
        if (status instanceof Succeeded succeeded && succeeded.restorePoint() != null) {
            keepIfProven(row, succeeded.restorePoint(), what);
        } else if (status.isEnded()) {
            rows.fail(row.getId(), reason(status, what));
        }
    }

    /** Good only with every volume that the row was begun for, as when somebody waits. */
    private void keepIfProven(BackupVO row, RestorePoint point, String what) {
        try {
            Endings.requireVolumes(point, row.getBackedUpVolumes().stream().map(VolumeInfo::getUuid), what);
            outcomes.put(row.getId(), point);
        } catch (ProviderException e) {
            rows.fail(row.getId(), e.text());
        }
    }

    private void forget(long zoneId, long backupId) {
        outcomes.remove(backupId);
        suspects.computeIfPresent(zoneId, (zone, ids) -> {
            ids.remove(backupId);
            return ids;
        });
    }

    private static String reason(OperationStatus ended, String what) {
        try {
            Endings.successOf(ended, what);
            return Endings.silent(what, "restore point").text();
        } catch (ProviderException e) {
            return e.text();
        }
    }
}
