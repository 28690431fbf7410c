/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Instant;
import org.cloudstackbackup.framework.inventory.Zone;

/** Is told of comparisons that ended, for metrics. Called by many threads. */
@FunctionalInterface
public interface SyncWatcher {
    void compared(SyncTarget target, Zone zone, Instant begun, SyncStates.End end);
}
