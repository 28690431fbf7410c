/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the server is with gathering details: Pending, InProgress, Completed or Failed. */
public record SyncStatus(
        @Nullable String status,
        @Nullable String reason,
        @Nullable Instant updatedAt) {}
