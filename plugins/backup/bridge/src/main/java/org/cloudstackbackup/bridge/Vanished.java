/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.Backup;

/**
 * Rows whose points a listing did not have. CloudStack removes a row that it is not told of at once, so it is told of each
 * until a second listing, begun a good while after the first, has no point for it either. A restart begins anew.
 */
final class Vanished {
    /** Less than the time between two runs of the sync. */
    private static final Duration AGAIN = Duration.ofMinutes(4);

    private final Map<Long, Instant> firstMissed = new ConcurrentHashMap<>();

    void seen(Backup row) {
        firstMissed.remove(row.getId());
    }

    /** Notes that the listing has no point for the row; whether that is certain by now. */
    boolean isCertain(Backup row, Listing listing) {
        Instant first = firstMissed.computeIfAbsent(row.getId(), id -> listing.began());
        boolean certain = !listing.began().isBefore(first.plus(AGAIN));
        if (certain) {
            firstMissed.remove(row.getId());
        }
        return certain;
    }
}
