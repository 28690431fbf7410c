/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.usage;

import java.time.Instant;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/** The history of what was protected and kept. It is written by whoever writes backups and assignments, not through here. */
public interface UsageStore {
    /** One sum per account, VM and offering that has history in the interval, the oldest history first. */
    Page<UsageSum> sums(Filter filter, PageRequest page);

    /**
     * Which history to sum up.
     *
     * @param from inclusive
     * @param until exclusive; after {@code from}
     * @param vmId null for all
     */
    record Filter(
            OwnerScope scope,
            Instant from,
            Instant until,
            @Nullable Long vmId) {}
}
