/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.vm.VirtualMachine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupVO;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * What CloudStack's sync is told. It removes every row that is not in the answer and makes one for everything in it that has
 * no row, so the answer is more than the product's listing:
 *
 * <ul>
 *   <li>A row that the listing cannot know of is in the answer: one under way, one in error, one of another provider or zone.
 *   <li>So is one that is being deleted, or whose deletion has failed: the product may not call it a point any more, but the
 *       job that deletes it removes its row, and counts that.
 *   <li>So is one that this listing is the first to miss: it may have ended after the listing began.
 *   <li>While a backup of the machine is under way, points without a row wait for the next run: one of them may be its own.
 *   <li>The newest row is in the answer under its former id, too, for CloudStack may have read it just before its end.
 * </ul>
 */
final class RowSync {
    private static final Logger LOG = LogManager.getLogger(RowSync.class);

    private final Rows rows;
    private final Listings listings;
    private final Recovery recovery;
    private final Renewing renewing;
    private final Marks marks;
    private final Vanished vanished;

    RowSync(Rows rows, Listings listings, Recovery recovery, Renewing renewing, Marks marks, Clock clock) {
        this.rows = rows;
        this.listings = listings;
        this.recovery = recovery;
        this.renewing = renewing;
        this.marks = marks;
        this.vanished = new Vanished(clock);
    }

    /**
     * Null for a machine under another provider's offering.
     *
     * @throws org.cloudstackbackup.spi.ProviderException when the zone's restore points are not known
     */
    @Nullable
    List<Backup.RestorePoint> listRestorePoints(VirtualMachine vm) {
        if (!rows.isOurs(vm.getBackupOfferingId())) {
            return null;
        }
        renewing.notice(vm);
        // The rows first: what ends while the listing is made must not look like a row without a point.
        List<Backup> present = rows.of(vm);
        Listing listing = listings.of(vm.getDataCenterId());
        Map<String, Backup.RestorePoint> answer = new LinkedHashMap<>();
        boolean busy = false;
        for (Backup row : present) {
            Optional<RestorePoint> point = listing.point(row.getExternalId());
            if (point.isPresent() && row.getStatus() == Status.BackedUp && isComparable(row, vm)) {
                vanished.seen(row);
                tell(answer, point.get());
            } else if (isStillThere(row, listing)) {
                vanished.seen(row);
                keep(answer, row, row.getExternalId());
            } else if (mustStay(row, vm) || !vanished.isCertain(row, listing)) {
                keep(answer, row, row.getExternalId());
            } else {
                marks.gone(row.getId(), row.getExternalId());
            }
            if (Rows.isUnderWay(row) && rows.isOurs(row.getBackupOfferingId())) {
                busy = true;
                recovery.outcome(row).ifPresentOrElse(made -> tell(answer, made), () -> recovery.notice(row));
            }
        }
        if (!busy) {
            listing.of(vm.getUuid()).forEach(point -> tell(answer, point));
        }
        newestOf(present).ifPresent(row -> keep(answer, row, Rows.pendingId(row)));
        return new ArrayList<>(answer.values());
    }

    /** The row for a point that has none; null when there shall be none now. */
    @Nullable
    Backup createEntry(Backup.RestorePoint told, VirtualMachine vm) {
        Long offering = vm.getBackupOfferingId();
        if (offering == null || Rows.isPendingId(told.getId())) {
            return null;
        }
        // Each management server has a sync of its own, and they may be at the same machine.
        rows.lock(vm);
        boolean busy = false;
        for (Backup row : rows.of(vm)) {
            if (told.getId().equals(row.getExternalId())) {
                return null;
            }
            if (Rows.isUnderWay(row)) {
                busy = true;
                Optional<RestorePoint> made =
                        recovery.outcome(row).filter(point -> point.id().equals(told.getId()));
                if (made.isPresent()) {
                    recovery.forget(row);
                    return rows.finish(row.getId(), made.get()).orElse(null);
                }
            }
        }
        return busy ? null : adopted(told, vm, offering);
    }

    private @Nullable Backup adopted(Backup.RestorePoint told, VirtualMachine vm, long offering) {
        Listing listing = listings.of(vm.getDataCenterId());
        Optional<RestorePoint> point = listing.point(told.getId());
        // Another server may have deleted it while this one held its listing.
        if (point.isEmpty() || marks.isGoneSince(listing.began(), told.getId())) {
            return null;
        }
        Optional<BackupVO> row = rows.adopt(point.get(), vm, offering);
        if (row.isEmpty()) {
            LOG.warn(
                    "Restore point {} of vm {} is not shown: CloudStack does not know each volume in it",
                    told.getId(),
                    Machines.nameOf(vm));
        }
        return row.orElse(null);
    }

    private boolean isComparable(Backup row, VirtualMachine vm) {
        return row.getZoneId() == vm.getDataCenterId() && rows.isOurs(row.getBackupOfferingId());
    }

    /** A job of this or another server deletes it and will remove its row, or the product has it though not as a good point. */
    private boolean isStillThere(Backup row, Listing listing) {
        return listing.isUnusable(row.getExternalId()) || marks.isDeleting(row.getId());
    }

    private boolean mustStay(Backup row, VirtualMachine vm) {
        return !isComparable(row, vm) || row.getStatus() != Status.BackedUp;
    }

    private static Optional<Backup> newestOf(List<Backup> present) {
        return present.stream()
                .filter(row -> row.getStatus() == Status.BackedUp)
                .max(Comparator.comparing(Backup::getId));
    }

    private static void tell(Map<String, Backup.RestorePoint> answer, RestorePoint point) {
        answer.put(
                point.id(),
                new Backup.RestorePoint(
                        point.id(),
                        Date.from(point.created()),
                        point.type(),
                        point.sizeBytes(),
                        point.protectedBytes()));
    }

    /** Without sizes, so that the row's own stay. */
    private static void keep(Map<String, Backup.RestorePoint> answer, Backup row, @Nullable String id) {
        if (id != null) {
            answer.putIfAbsent(
                    id,
                    new Backup.RestorePoint(
                            id,
                            Objects.requireNonNullElseGet(row.getDate(), () -> new Date(0)),
                            Objects.requireNonNullElse(row.getType(), "FULL")));
        }
    }
}
