/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that retention wants gone.
 *
 * @param operationUuid the deletion under way; null between two attempts
 * @param failures deletions that failed
 * @param retryAt when to try again; null while a deletion is under way
 * @param backupGone whether the backup's row is removed
 */
public record Removal(
        long backupId,
        String backupUuid,
        String backupName,
        long zoneId,
        @Nullable String operationUuid,
        int failures,
        @Nullable Instant retryAt,
        boolean backupGone) {}
