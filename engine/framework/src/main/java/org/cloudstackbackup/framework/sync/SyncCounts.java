/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

/**
 * What one comparison has found and done so far.
 *
 * @param pages calls for restore points
 * @param points restore points in them
 * @param adopted rows added for points made outside
 * @param updated rows whose sizes, type or date were corrected
 * @param removed rows removed since their points are gone
 * @param missing rows whose points are missing and are awaiting confirmation
 * @param unknown points of VMs that the zone does not know
 * @param unplaced points of known VMs that no offering of this provider fits
 * @param left points left to an operation that is about to claim or delete them
 * @param bad points that could not be compared or written
 */
public record SyncCounts(
        long pages,
        long points,
        long adopted,
        long updated,
        long removed,
        long missing,
        long unknown,
        long unplaced,
        long left,
        long bad) {
    /** Before anything was found. */
    public static final SyncCounts NONE = new SyncCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
