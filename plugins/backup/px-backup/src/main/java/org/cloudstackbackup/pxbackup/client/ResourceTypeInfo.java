/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backup or restore has of one kind. Absent is null; a list or map is never null. */
public record ResourceTypeInfo(
        @Nullable String name,
        List<ResourceChunk> chunks,
        @Nullable ResourceMetrics metrics) {}
