/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cloudstackbackup.framework.sync.SyncStates.Lease;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.jspecify.annotations.Nullable;

/** Lets a comparison write only as long as its lease holds. */
final class Fence {
    private final Transactions transactions;
    private final SyncStates states;
    private final Lease lease;
    private final BooleanSupplier stopped;

    Fence(Transactions transactions, SyncStates states, Lease lease, BooleanSupplier stopped) {
        this.transactions = transactions;
        this.states = states;
        this.lease = lease;
        this.stopped = stopped;
    }

    /** Runs the body in a transaction during which nobody else can take the target up. */
    <T extends @Nullable Object> T write(Supplier<T> body) {
        check();
        return transactions.inTransaction(() -> {
            if (!states.hold(lease)) {
                throw new CutShort();
            }
            return body.get();
        });
    }

    /** Ends the comparison here when its lease was lost or the server stops. */
    void check() {
        if (stopped.getAsBoolean()) {
            throw new CutShort();
        }
    }

    /** Nothing more may be written; another node, or the next start, compares anew. */
    static final class CutShort extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutShort() {
            super("The comparison was cut short", null, false, false);
        }
    }
}
