/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody noted about a schedule. */
public record Remark(
        @Nullable String comment,
        @Nullable String updatedBy,
        @Nullable Instant updatedAt) {}
