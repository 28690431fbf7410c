/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** An object that is restored. */
public record RestoredResource(
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String version,
        @Nullable StatusInfo status) {
    public RestoreState state() {
        return RestoreState.of(status == null ? null : status.status());
    }
}
