/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** A restore. */
public record RestoreObject(
        @Nullable Metadata metadata, @Nullable RestoreInfo restoreInfo) {
    public String name() {
        return metadata == null || metadata.name() == null ? "" : metadata.name();
    }

    public String uid() {
        return metadata == null || metadata.uid() == null ? "" : metadata.uid();
    }

    /** How far it is; {@link RestoreState#INVALID} while the server has not said. */
    public RestoreState state() {
        return RestoreState.of(
                restoreInfo == null || restoreInfo.status() == null
                        ? null
                        : restoreInfo.status().status());
    }

    /** Why it is in its state, in the server's words; may be empty. */
    public String reason() {
        return restoreInfo == null
                        || restoreInfo.status() == null
                        || restoreInfo.status().reason() == null
                ? ""
                : restoreInfo.status().reason();
    }
}
