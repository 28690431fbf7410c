/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the backups of a listing take, by location, so that a question for storage use right after it does not read them all
 * again. Safe for use by many threads.
 */
final class StorageCount {
    /** A run of a host's sync asks for both. */
    private static final Duration YOUTH = Duration.ofMinutes(10);

    private Map<String, Long> counting = new HashMap<>();
    private @Nullable String expected;
    private Map<String, Long> counted = Map.of();
    private Instant ended = Instant.MIN;

    /** The next page of a listing; one that does not go on where the last one ended spoils the count. */
    synchronized void page(@Nullable String cursor, List<BackupObject> page, @Nullable String next, Instant now) {
        if (cursor == null) {
            counting = new HashMap<>();
        } else if (!cursor.equals(expected)) {
            expected = null;
            return;
        }
        for (BackupObject each : page) {
            BackupInfo info = each.backupInfo();
            if (info != null && info.backupLocationRef() != null) {
                counting.merge(String.valueOf(info.backupLocationRef().uid()), stored(info), Long::sum);
            }
        }
        expected = next;
        if (next == null) {
            counted = Map.copyOf(counting);
            ended = now;
        }
    }

    /** What was counted last, once; empty when that is old. */
    synchronized Optional<Long> take(String location, Instant now) {
        boolean young = ended != Instant.MIN && now.isBefore(ended.plus(YOUTH)) && !now.isBefore(ended);
        ended = Instant.MIN;
        return young ? Optional.of(counted.getOrDefault(location, 0L)) : Optional.empty();
    }

    /** What a backup takes at its location. */
    static long stored(BackupInfo info) {
        Long total = info.totalSize();
        return total == null ? info.volumes().stream().mapToLong(Points::stored).sum() : Math.max(0, total);
    }
}
