/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One attempt of one schedule that has not ended.
 *
 * @param slot the time it is for
 * @param attempt 1 for the first
 * @param running whether its backup was begun
 */
public record Run(
        long id,
        long scheduleId,
        long backupId,
        long jobId,
        String jobUuid,
        long vmId,
        long zoneId,
        String provider,
        Instant slot,
        int attempt,
        boolean quiesce,
        boolean running) {
    public Run {
        requireNonNull(jobUuid, "jobUuid is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(slot, "slot is null");
    }
}
