/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/**
 * Which volumes to list; null lets all through.
 *
 * @param ids empty for all
 * @param keyword a part of the name, in any case
 */
public record VolumeFilter(
        OwnerScope scope,
        List<Long> ids,
        @Nullable String name,
        @Nullable String keyword,
        @Nullable VolumeType type,
        @Nullable VolumeState state,
        @Nullable Long vmId,
        @Nullable Long zoneId,
        @Nullable Long diskOfferingId) {
    public VolumeFilter {
        ids = List.copyOf(ids);
    }

    /** Everything in a scope. */
    public static VolumeFilter of(OwnerScope scope, List<Long> ids) {
        return new VolumeFilter(scope, ids, null, null, null, null, null, null, null);
    }
}
