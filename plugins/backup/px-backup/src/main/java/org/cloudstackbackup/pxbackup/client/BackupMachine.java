/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** A machine in a backup. */
public record BackupMachine(
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String osName,
        @Nullable StatusInfo status) {
    public BackupState state() {
        return BackupState.of(status == null ? null : status.status());
    }
}
