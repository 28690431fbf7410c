/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operations work on, or worked on lately, so that a listing of the product may be behind them.
 *
 * @param backups ids of backups with an operation that is open or ended since the instant asked for
 * @param backedUp by VM id, when the oldest of its open operations that make a backup began
 */
public record Busy(Set<Long> backups, Map<Long, Instant> backedUp) {
    public Busy {
        backups = Set.copyOf(backups);
        backedUp = Map.copyOf(backedUp);
    }

    /** Whether an open operation may be about to claim a restore point of the VM that was made at the instant. */
    boolean mayClaim(long vmId, Instant made, java.time.Duration clocksDiffer) {
        @Nullable Instant began = backedUp.get(vmId);
        return began != null && !made.isBefore(began.minus(clocksDiffer));
    }
}
