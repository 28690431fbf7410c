/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.Backup;

/**
 * Rows whose points a listing did not have. CloudStack removes a row that it is not told of at once, so it is told of each
 * until another listing, begun a good while after it was missed first, has no point for it either. A restart begins anew.
 */
final class Vanished {
    /** Less than the time between two runs of the sync. */
    private static final Duration AGAIN = Duration.ofMinutes(4);

    private final Clock clock;
    private final Map<Long, Instant> firstMissed = new ConcurrentHashMap<>();

    Vanished(Clock clock) {
        this.clock = clock;
    }

    void seen(Backup row) {
        firstMissed.remove(row.getId());
    }

    /** Notes that the listing has no point for the row; whether that is certain by now. */
    boolean isCertain(Backup row, Listing listing) {
        // From now on, not from when the listing began: it serves for a whole run, and the row may have ended since.
        Instant first = firstMissed.computeIfAbsent(row.getId(), id -> clock.instant());
        boolean certain = !listing.began().isBefore(first.plus(AGAIN));
        if (certain) {
            firstMissed.remove(row.getId());
        }
        return certain;
    }
}
