/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.HashMap;
import java.util.Map;
import org.cloudstackbackup.framework.limit.Footprint;
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
    private final CountRows counts;
    private final Map<OwnerKey, Footprint> changes = new HashMap<>();

    BackupLedger(Jdbi jdbi, CountRows counts) {
        this.jdbi = jdbi;
        this.counts = counts;
    }

    /** A row came to be. */
    void added(LedgerEntry after) {
        change(after, after.footprint());
    }

    /** A row has other values now. */
    void changed(LedgerEntry before, LedgerEntry after) {
        change(after, after.footprint().minus(before.footprint()));
    }

    /** A row was removed. */
    void removed(LedgerEntry before) {
        change(before, Footprint.NONE.minus(before.footprint()));
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
                counts.add(handle, upward);
            }
            handle.execute("UPDATE table_version SET version = version + 1 WHERE name = 'backups'");
        });
    }

    private void change(LedgerEntry entry, Footprint difference) {
        if (!difference.isNone()) {
            changes.merge(OwnerKey.account(entry.accountId()), difference, Footprint::plus);
            changes.merge(OwnerKey.domain(entry.domainId()), difference, Footprint::plus);
        }
    }

    /** A domain's change is one of all domains above it too. */
    private Map<OwnerKey, Footprint> changesUpward(Handle handle) {
        Map<OwnerKey, Footprint> upward = new HashMap<>();
        changes.forEach((owner, difference) -> {
            if (owner.isAccount()) {
                upward.merge(owner, difference, Footprint::plus);
            } else {
                counts.chain(handle, owner.id())
                        .forEach(domain -> upward.merge(OwnerKey.domain(domain), difference, Footprint::plus));
            }
        });
        return upward;
    }
}
