/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** A backup. */
public record BackupObject(
        @Nullable Metadata metadata, @Nullable BackupInfo backupInfo) {
    public String name() {
        return metadata == null || metadata.name() == null ? "" : metadata.name();
    }

    public String uid() {
        return metadata == null || metadata.uid() == null ? "" : metadata.uid();
    }

    /** How far it is; {@link BackupState#INVALID} while the server has not said. */
    public BackupState state() {
        return BackupState.of(
                backupInfo == null || backupInfo.status() == null
                        ? null
                        : backupInfo.status().status());
    }

    /** Why it is in its state, in the server's words; may be empty. */
    public String reason() {
        return backupInfo == null
                        || backupInfo.status() == null
                        || backupInfo.status().reason() == null
                ? ""
                : backupInfo.status().reason();
    }
}
