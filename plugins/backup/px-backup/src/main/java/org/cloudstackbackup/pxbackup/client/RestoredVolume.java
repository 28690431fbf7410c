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

/** A volume that is restored. Absent is null; a list or map is never null. */
public record RestoredVolume(
        @Nullable String pvc,
        @Nullable String sourceNamespace,
        @Nullable String sourceVolume,
        @Nullable String restoreVolume,
        @Nullable StatusInfo status,
        @Nullable String driverName,
        List<String> zones,
        Map<String, String> options,
        @Nullable Long totalSize) {
    public RestoreState state() {
        return RestoreState.of(status == null ? null : status.status());
    }
}
