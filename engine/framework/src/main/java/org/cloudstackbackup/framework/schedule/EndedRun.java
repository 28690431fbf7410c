/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import org.cloudstackbackup.framework.backup.BackupStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run whose backup has ended.
 *
 * @param status of the backup, also when it was removed since; null when its row is gone
 * @param failure why it is no good
 */
public record EndedRun(
        Run run, @Nullable BackupStatus status, @Nullable String failure) {
    /** Also when somebody deleted the good backup before this look at the run: that is no failure of the run. */
    boolean good() {
        return status == BackupStatus.BACKED_UP || status == BackupStatus.RESTORING || (isRemoved() && failure == null);
    }

    private boolean isRemoved() {
        return status == BackupStatus.REMOVED || status == BackupStatus.EXPUNGED;
    }
}
