/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.rpo;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.cloudstackbackup.framework.schedule.IntervalType;
import org.jspecify.annotations.Nullable;

/**
 * A VM without a good backup as young as one of its schedules promises.
 *
 * @param schedule the schedule's interval
 * @param firstSlot the first time that the schedule, as it is now, promised a backup for
 * @param newest when the data of the newest good backup was frozen; null when there is none
 */
public record RecoveryGap(
        String vmUuid,
        String vmName,
        long zoneId,
        IntervalType schedule,
        Instant firstSlot,
        @Nullable Instant newest) {
    public RecoveryGap {
        requireNonNull(vmUuid, "vmUuid is null");
        requireNonNull(vmName, "vmName is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(firstSlot, "firstSlot is null");
    }

    /** When a good backup should have been there. */
    Instant expected() {
        Instant last = newest;
        Instant next = last == null ? firstSlot : last.plus(RecoveryWatch.promised(schedule));
        return next.isBefore(firstSlot) ? firstSlot : next;
    }
}
