/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Duration;
import java.time.Instant;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.sync.SyncStates.Lease;

/**
 * What belongs to one comparison of one target.
 *
 * @param begun before the first page was asked for
 */
record SyncRun(SyncTarget target, Zone zone, Lease lease, Instant begun, Fence fence, Tally tally, Marks marks) {
    /** So far the clocks of nodes and products may be apart. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    /** Rows that cannot be written one by one, after which it is the database and not the rows. */
    static final int MOST_FAILED_WRITES = 20;

    /** What ended before is seen by the listing. */
    Instant listedFrom() {
        return begun.minus(CLOCKS_DIFFER);
    }
}
