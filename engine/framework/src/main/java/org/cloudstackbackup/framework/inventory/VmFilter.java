/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Set;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs to list; null lets all through.
 *
 * @param ids empty for all
 * @param name the whole host name
 * @param keyword a part of host name or display name, in any case
 * @param states empty for all
 */
public record VmFilter(
        OwnerScope scope,
        List<Long> ids,
        @Nullable String name,
        @Nullable String keyword,
        Set<VmState> states,
        @Nullable Long zoneId,
        @Nullable Long backupOfferingId,
        @Nullable Long serviceOfferingId,
        @Nullable Long templateId,
        @Nullable Long networkId) {
    public VmFilter {
        ids = List.copyOf(ids);
        states = Set.copyOf(states);
    }

    /** Everything in a scope. */
    public static VmFilter of(OwnerScope scope, List<Long> ids) {
        return new VmFilter(scope, ids, null, null, Set.of(), null, null, null, null, null);
    }
}
