/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who and what an object is. Absent is null; a list or map is never null. */
public record Metadata(
        @Nullable String name,
        @Nullable String uid,
        @Nullable String owner,
        @Nullable String orgId,
        @Nullable Instant createTime,
        @Nullable Instant lastUpdateTime,
        Map<String, String> labels,
        @Nullable Long createTimeInSec,
        @Nullable Ownership ownership,
        @Nullable Long lastUpdateTimeInSec) {}
