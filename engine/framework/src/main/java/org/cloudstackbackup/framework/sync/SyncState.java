/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.spi.StorageUse;
import org.jspecify.annotations.Nullable;

/**
 * How the comparison of one target stands.
 *
 * @param token grows each time a node takes the target up; a write with an older one is refused
 * @param holder the node that compares now; null when none does
 * @param expires when others may take over from the holder
 * @param requested when somebody last asked for a comparison that has not begun; null when nobody did
 * @param started begin of the last comparison
 * @param ended end of the last comparison that was not cut short
 * @param succeeded end of the last comparison with a complete listing
 * @param outcome of the last comparison; null before the first
 * @param error why it failed, or what was left out; null when nothing was
 * @param storage the last known use of the product's storage; null when it was never told
 */
public record SyncState(
        SyncTarget target,
        long token,
        @Nullable String holder,
        @Nullable Instant expires,
        @Nullable Instant requested,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Instant succeeded,
        @Nullable Outcome outcome,
        @Nullable String error,
        SyncCounts counts,
        @Nullable StorageUse storage) {
    public SyncState {
        requireNonNull(target, "target is null");
        requireNonNull(counts, "counts is null");
    }

    /** Whether a node is at it, as far as the database knows. */
    public boolean isHeld(Instant now) {
        return holder != null && expires != null && now.isBefore(expires);
    }

    /**
     * Whether the last comparison that began has not ended. When no node holds the target any more, nothing has come of it, nor
     * of the request that it may have taken up.
     */
    public boolean isCutShort() {
        return started != null && ended != null && ended.isBefore(started);
    }

    public Optional<Outcome> lastOutcome() {
        return Optional.ofNullable(outcome);
    }

    /** How a comparison ended. Stored by name. */
    public enum Outcome {
        /** Everything was compared. */
        COMPLETE,
        /** The listing was complete, yet something in it could not be used. */
        PARTIAL,
        /** The provider could not be read to the end, so nothing was removed. */
        FAILED
    }
}
