/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A volume with the names that people know. */
public record ListedVolume(
        Volume volume,
        OwnerNames owner,
        Named zone,
        @Nullable DiskOffering diskOffering,
        @Nullable Attachment attachment,
        @Nullable Named template) {
    /** Where it is attached. */
    public record Attachment(
            Named vm,
            @Nullable String displayName,
            String vmState,
            @Nullable Instant attached) {}
}
