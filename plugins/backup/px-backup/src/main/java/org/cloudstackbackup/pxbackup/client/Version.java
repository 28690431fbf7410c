/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** What the version endpoint tells. */
public record Version(
        @Nullable String major,
        @Nullable String minor,
        @Nullable String patch,
        @Nullable String changes,
        @Nullable String gitCommit,
        @Nullable String buildDate) {
    record Reply(@Nullable Version version) {}
}
