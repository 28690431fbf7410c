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
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * As much of a backup's row as a comparison needs.
 *
 * @param vmUuid null when the VM's row was purged
 */
public record SyncRow(
        long id,
        String externalId,
        @Nullable String vmUuid,
        String type,
        Instant date,
        @Nullable Long sizeBytes,
        @Nullable Long protectedBytes,
        BackupStatus status) {
    public SyncRow {
        requireNonNull(externalId, "externalId is null");
        requireNonNull(type, "type is null");
        requireNonNull(date, "date is null");
        requireNonNull(status, "status is null");
    }

    /** Whether the point tells something else than the row. Databases keep milliseconds. */
    boolean differsFrom(RestorePoint point) {
        return !type.equals(point.type())
                || !date.equals(point.created().truncatedTo(ChronoUnit.MILLIS))
                || sizeBytes == null
                || sizeBytes != point.sizeBytes()
                || protectedBytes == null
                || protectedBytes != point.protectedBytes();
    }

    /** Whether the point is said to be of another VM. Products that cannot tell the VM contradict nobody. */
    boolean contradicts(RestorePoint point) {
        return vmUuid != null && point.vmUuid() != null && !vmUuid.equals(point.vmUuid());
    }
}
