/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.jspecify.annotations.Nullable;

/**
 * As much of a backup's row as a comparison needs.
 *
 * @param vmUuid null when the VM's row was purged
 * @param defect what is known of a row in {@code Error}; null for others
 */
public record SyncRow(
        long id,
        String externalId,
        @Nullable String vmUuid,
        String type,
        Instant date,
        @Nullable Long sizeBytes,
        @Nullable Long protectedBytes,
        BackupStatus status,
        @Nullable Defect defect) {
    public SyncRow {
        requireNonNull(externalId, "externalId is null");
        requireNonNull(type, "type is null");
        requireNonNull(date, "date is null");
        requireNonNull(status, "status is null");
    }

    /** Whether the row is to say something else after what the product tells. A good one keeps its figures when it no longer is. */
    boolean isOutdatedBy(ListedPoint point) {
        if (defect == null) {
            return point.isGood() && differsFrom(point);
        }
        if (point.isGood()) {
            return point.holds(defect.volumes()) || differsFrom(point);
        }
        return differsFrom(point) || !Objects.equals(point.flaw(), defect.failure());
    }

    /** Databases keep milliseconds. */
    private boolean differsFrom(ListedPoint point) {
        return !type.equals(point.type())
                || !date.equals(point.created().truncatedTo(ChronoUnit.MILLIS))
                || sizeBytes == null
                || sizeBytes != point.sizeBytes()
                || protectedBytes == null
                || protectedBytes != point.protectedBytes();
    }

    /** Whether the point is said to be of another VM. Products that cannot tell the VM contradict nobody. */
    boolean contradicts(ListedPoint point) {
        return vmUuid != null && point.vmUuid() != null && !vmUuid.equals(point.vmUuid());
    }

    /**
     * Why a row is in {@code Error}.
     *
     * @param volumes uuids of those that it is to hold
     */
    public record Defect(@Nullable String failure, Set<String> volumes) {
        public Defect {
            volumes = Set.copyOf(volumes);
        }
    }
}
