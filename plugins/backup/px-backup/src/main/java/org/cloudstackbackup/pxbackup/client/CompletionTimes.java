/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the parts of a backup were complete. */
public record CompletionTimes(
        @Nullable Instant volumesCompletionTime,
        @Nullable Instant resourcesCompletionTime,
        @Nullable Instant totalCompletionTime) {}
