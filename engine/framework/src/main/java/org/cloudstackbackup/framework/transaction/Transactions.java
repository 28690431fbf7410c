/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.transaction;

import java.util.function.Supplier;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Groups writes of several stores. Stores called inside the body on the same thread join; so do nested calls. */
public interface Transactions {
    /** Runs the body and commits, or rolls everything back and rethrows when it throws. */
    <T extends @Nullable Object> T inTransaction(Supplier<T> body);

    /** Whether the calling thread is inside {@link #inTransaction}. */
    boolean isOpen();

    /**
     * Whether the failure is the database's own, so that the same work may succeed when done again: it was away, or chose this
     * transaction to lose against another. Whether a commit was done is unknown then.
     */
    default boolean isRepeatable(Throwable failure) {
        return false;
    }

    /** As {@link #inTransaction} for a body without a result. */
    default void run(Runnable body) {
        this.<@Nullable Void>inTransaction(() -> {
            body.run();
            return null;
        });
    }

    /** Guards calls over the network: a slow product must never hold a connection and row locks. */
    default void refuseOpen(String what) {
        if (isOpen()) {
            throw new ProviderException(ErrorKind.INTERNAL, what, what + " was called inside a database transaction");
        }
    }
}
