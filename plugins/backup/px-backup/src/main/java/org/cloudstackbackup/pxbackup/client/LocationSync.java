/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** How far a location's content is read in. */
public record LocationSync(
        @Nullable String status,
        @Nullable String reason,
        @Nullable ObjectRef clusterRef,
        @Nullable SyncTimes syncStats) {}
