/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From when to when a location was read in. */
public record SyncTimes(
        @Nullable Instant startTime, @Nullable Instant endTime) {}
