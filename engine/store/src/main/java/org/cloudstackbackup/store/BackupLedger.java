/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.usage.Stored;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What one transaction changes of the figures that follow from rows of backups: gathered while it runs, written at its end.
 *
 * <p>At the end, since the counts of the root domain are changed by every such transaction: they are locked as shortly as
 * possible, and by a transaction that needs no other lock any more, so that no two wait for each other. For the thread of the
 * transaction only.
 */
final class BackupLedger implements Runnable {
    private final Jdbi jdbi;
    private final CountRows rows;
    private final Clock clock;
    private final Map<OwnerKey, Footprint> counts = new HashMap<>();
    private final SortedMap<UsageKey, UsageChange> usage = new TreeMap<>();

    BackupLedger(Jdbi jdbi, CountRows rows, Clock clock) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.clock = clock;
    }

    /** A row came to be. */
    void added(LedgerEntry after) {
        change(after, after.footprint(), after.stored());
    }

    /** A row has other values now. */
    void changed(LedgerEntry before, LedgerEntry after) {
        change(
                after,
                after.footprint().minus(before.footprint()),
                after.stored().minus(before.stored()));
    }

    /** A row was removed. */
    void removed(LedgerEntry before) {
        change(before, Footprint.NONE.minus(before.footprint()), Stored.NONE.minus(before.stored()));
    }

    /** A VM came under an offering or left it. */
    void assigned(UsageKey key, boolean begins) {
        use(key, new UsageChange(Stored.NONE, begins));
    }

    /** What the transaction changes so far of what an account or domain uses. */
    Footprint pending(Handle handle, OwnerKey owner) {
        return changesUpward(handle).getOrDefault(owner, Footprint.NONE);
    }

    @Override
    public void run() {
        jdbi.useHandle(handle -> {
            Map<OwnerKey, Footprint> upward = changesUpward(handle);
            if (!upward.isEmpty()) {
                rows.add(handle, upward);
            }
            if (!usage.isEmpty()) {
                UsageRows.write(handle, usage, clock.instant());
            }
            handle.execute("UPDATE table_version SET version = version + 1 WHERE name = 'backups'");
        });
    }

    private void change(LedgerEntry entry, Footprint difference, Stored stored) {
        if (!difference.isNone()) {
            count(entry.accountId(), entry.domainId(), difference);
        }
        use(entry.usage(), new UsageChange(stored, null));
    }

    private void use(UsageKey key, UsageChange change) {
        if (!change.isNone()) {
            // Also without a difference: the lock of the counts guards the history.
            count(key.accountId(), key.domainId(), Footprint.NONE);
            usage.merge(key, change, UsageChange::plus);
        }
    }

    private void count(long accountId, long domainId, Footprint difference) {
        counts.merge(OwnerKey.account(accountId), difference, Footprint::plus);
        counts.merge(OwnerKey.domain(domainId), difference, Footprint::plus);
    }

    /** A domain's change is one of all domains above it too. */
    private Map<OwnerKey, Footprint> changesUpward(Handle handle) {
        Map<OwnerKey, Footprint> upward = new HashMap<>();
        counts.forEach((owner, difference) -> {
            if (owner.isAccount()) {
                upward.merge(owner, difference, Footprint::plus);
            } else {
                rows.chain(handle, owner.id())
                        .forEach(domain -> upward.merge(OwnerKey.domain(domain), difference, Footprint::plus));
            }
        });
        return upward;
    }
}
