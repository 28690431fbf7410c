/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** A schedule of backups. */
public record BackupScheduleObject(
        @Nullable Metadata metadata, @Nullable BackupScheduleInfo backupScheduleInfo) {
    public String name() {
        return metadata == null || metadata.name() == null ? "" : metadata.name();
    }

    public String uid() {
        return metadata == null || metadata.uid() == null ? "" : metadata.uid();
    }

    /** True when it makes no backups; this alone decides, not the state. */
    public boolean isSuspended() {
        return backupScheduleInfo != null && backupScheduleInfo.suspend();
    }
}
