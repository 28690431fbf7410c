/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.usage;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Makes usage records from the history when they are asked for. Safe for use by many threads. */
public final class UsageRecords {
    private final UsageStore store;
    private final Clock clock;

    public UsageRecords(UsageStore store, Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * One record per account, VM and offering with history in the interval; what lies in the future is left out.
     *
     * @param until exclusive
     * @param vmId null for all
     * @throws ProviderException {@code USER} when the interval ends before it begins
     */
    public Page<UsageRecord> list(
            OwnerScope scope, Instant from, Instant until, @Nullable Long vmId, PageRequest page) {
        if (!from.isBefore(until)) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "startdate",
                    "Parameter startdate must be before enddate; got " + from + " and " + until);
        }
        Instant now = clock.instant();
        Instant end = until.isBefore(now) ? until : now;
        if (!from.isBefore(end)) {
            return new Page<>(List.of(), 0);
        }
        Page<UsageSum> sums = store.sums(new UsageStore.Filter(scope, from, end, vmId), page);
        return new Page<>(sums.items().stream().map(UsageRecord::new).toList(), sums.total());
    }
}
