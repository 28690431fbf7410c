/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** What is particular to one kind of operation. Implementations keep no state; every method may be repeated after a crash. */
public interface Work {
    OperationKind kind();

    /** Asks the product to begin, with the operation's uuid as client token. Outside a transaction. */
    OperationRef start(Operation operation);

    /** Writes down that the product has begun. Inside a transaction. */
    void started(Operation operation);

    /**
     * What became of an operation that the product no longer knows. Outside a transaction.
     *
     * @param cause what the product answered
     */
    OperationStatus truth(Operation operation, ProviderException cause);

    /**
     * Writes down the end that the product told. Inside a transaction; rows and events, but not the job.
     *
     * @throws NotYetException when other work here must end before
     */
    Conclusion conclude(Operation operation, OperationStatus ended);

    /** Whether {@link #complete} and {@link #undo} have something to do. */
    default boolean hasAftermath() {
        return false;
    }

    /** Whether {@link #complete} or {@link #undo} calls the product, so that it occupies one of the threads for that. */
    default boolean aftermathCallsProduct() {
        return false;
    }

    /** Does what remains after a success. Outside a transaction; a failure leads to {@link #undo}. */
    default void complete(Operation operation) {}

    /** Writes down that {@link #complete} failed. Inside a transaction. */
    default void completionFailed(Operation operation, ProviderException cause) {}

    /** Cleans up after a failure. Outside a transaction. */
    default void undo(Operation operation) {}

    /** What the product told cannot be written yet: it is asked again soon, and that is no failed attempt, however long it takes. */
    final class NotYetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param reason what is waited for; shown as the operation's message */
        public NotYetException(String reason) {
            super(requireNonNull(reason, "reason is null"), null, false, false);
        }
    }

    /**
     * How it ended.
     *
     * @param problem why it failed; null for a success
     * @param made uuid of the object it made; null when there is none to show
     * @param plan replaces the operation's, for what remains to be done; null to keep it
     */
    record Conclusion(
            @Nullable ProviderException problem,
            @Nullable String made,
            @Nullable String plan) {
        public static Conclusion success(@Nullable String resultUuid) {
            return new Conclusion(null, resultUuid, null);
        }

        /** What remains to be done follows the new plan, which is kept in the same transaction. */
        public static Conclusion success(@Nullable String resultUuid, String newPlan) {
            return new Conclusion(null, resultUuid, newPlan);
        }

        public static Conclusion failed(ProviderException failure) {
            return new Conclusion(failure, null, null);
        }

        public Optional<ProviderException> failure() {
            return Optional.ofNullable(problem);
        }
    }
}
