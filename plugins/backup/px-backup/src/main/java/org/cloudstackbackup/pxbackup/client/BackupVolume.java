/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume in a backup; {@code totalSize} is what it protects, {@code actualSize} what it stores, both in bytes. Absent is null; a list or map is never null. */
public record BackupVolume(
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String pvc,
        @Nullable String backupId,
        @Nullable StatusInfo status,
        @Nullable String driverName,
        List<String> zones,
        Map<String, String> options,
        @Nullable Long totalSize,
        @Nullable Long actualSize,
        @Nullable String storageClass,
        @Nullable String pvcId,
        @Nullable String provisioner,
        @Nullable String volumesnapshot,
        @Nullable JobSecurityContext jobSecurityContext,
        @Nullable String virtualMachineName,
        @Nullable Typed backupMode) {
    public BackupState state() {
        return BackupState.of(status == null ? null : status.status());
    }
}
