/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a schedule or of one of its runs. */
public record ScheduleRun(
        @Nullable String backupName,
        @Nullable Instant createTime,
        @Nullable Instant finishTime,
        @Nullable String status,
        @JsonProperty("Reason") @Nullable String reason) {
    public ScheduleState state() {
        return ScheduleState.of(status);
    }
}
