/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.spi.StorageUse;
import org.jspecify.annotations.Nullable;

/**
 * How the comparisons stand, and which node is at which: one row per target. Every write is atomic and joins an open
 * transaction.
 */
public interface SyncStates {
    /** By zone and provider. */
    List<SyncState> all();

    /** Adds a row that says nothing yet; a no-op when there is one. */
    void add(SyncTarget target);

    /** Removes the row, unless a node is at it. */
    boolean remove(SyncTarget target, Instant now);

    /**
     * Takes the target up for a node.
     *
     * @return empty when another node was faster or is still at it
     */
    Optional<Lease> take(SyncState seen, String holder, Instant now, Instant expires);

    /**
     * Keeps others away for longer, and tells how far the comparison is.
     *
     * @return false, and nothing changed, when another node has taken the target up meanwhile, or the comparison has ended
     */
    boolean renew(Lease lease, Instant expires, SyncCounts soFar);

    /**
     * Inside a transaction: holds others back from taking the target up until it ends.
     *
     * @return false when another node has taken it up already, so that nothing may be written
     */
    boolean hold(Lease lease);

    /** Records the end and gives the target back; false, and nothing changed, when another node has taken it up. */
    boolean finish(Lease lease, End end);

    /** Gives the target back without an end, as when the server stops; a no-op when another node has taken it up. */
    void release(Lease lease);

    /** Gives back what the node held before it was restarted. */
    void releaseAll(String holder);

    /** Has the target compared soon. */
    void request(SyncTarget target, Instant now);

    /** The right to compare one target, as long as nobody has a higher token. */
    record Lease(SyncTarget target, long token) {}

    /**
     * How it ended.
     *
     * @param storage null when the product did not tell; the former value stays
     */
    record End(
            Instant at,
            SyncState.Outcome outcome,
            @Nullable String error,
            SyncCounts counts,
            @Nullable StorageUse storage) {}
}
