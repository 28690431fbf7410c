/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a VM is backed up, and how many of these backups are kept.
 *
 * @param times in the form of the type, as it was given
 * @param timezone by whose clocks
 * @param next the first slot that no run was made for
 * @param maxBackups good backups that are kept; 0 for all
 * @param quiesce whether file systems are frozen; null when nobody said
 * @param slot what the last run was for; null when there was none, or the times were changed since
 * @param failures how often that slot has failed so far
 * @param skipped why the last slot was passed over; null when it was not
 */
public record Schedule(
        long id,
        String uuid,
        long vmId,
        IntervalType type,
        String times,
        String timezone,
        Instant next,
        int maxBackups,
        @Nullable Boolean quiesce,
        @Nullable Instant slot,
        int failures,
        @Nullable String skipped) {
    public Schedule {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(type, "type is null");
        requireNonNull(times, "times is null");
        requireNonNull(timezone, "timezone is null");
        requireNonNull(next, "next is null");
    }

    /** @throws org.cloudstackbackup.spi.ProviderException when the time zone is not known any more */
    public ScheduleTimes clock() {
        return ScheduleTimes.parse(type, times, timezone);
    }

    /** In words, for events. */
    String describe() {
        return type.name().toLowerCase(java.util.Locale.ROOT) + " schedule (" + times + " " + timezone + ")";
    }
}
