/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work at a backup product.
 *
 * @param uuid also the client token of the product's call
 * @param exclusive whether the VM can have no other exclusive operation until this one has ended
 * @param jobId the API job that waits for the end
 * @param plan JSON of all that is needed to go on, in the form of the kind's {@link Work}
 * @param percent 0 to 100, null while unknown
 * @param message what the product says, or how it ended
 * @param failureKind set once it failed
 * @param attempts calls in a row that failed and were put off
 * @param version grows with each write
 */
public record Operation(
        long id,
        String uuid,
        OperationKind kind,
        Phase phase,
        String provider,
        long zoneId,
        long vmId,
        boolean exclusive,
        @Nullable Long backupId,
        @Nullable Long jobId,
        long userId,
        @Nullable String reference,
        String plan,
        @Nullable Integer percent,
        @Nullable String message,
        @Nullable ErrorKind failureKind,
        int attempts,
        long version,
        Instant created,
        @Nullable Instant ended) {
    public Operation {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(created, "created is null");
    }

    public boolean isEnded() {
        return phase.isEnded();
    }

    /** What it is, for people. */
    public String describe() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " operation " + uuid;
    }

    Operation started(OperationRef ref) {
        return with(Phase.RUNNING, ref.value(), percent, message, failureKind, 0, null);
    }

    Operation progressed(@Nullable Integer newPercent, String newMessage) {
        return with(phase, reference, newPercent, newMessage, failureKind, 0, null);
    }

    Operation putOff(String cause) {
        // After the end of the product's work the message holds what it made, or why it failed, and must not be lost.
        String text = phase == Phase.UNDOING || phase == Phase.COMPLETING ? message : cause;
        return with(phase, reference, percent, text, failureKind, attempts + 1, null);
    }

    Operation in(Phase next, @Nullable String text, @Nullable ErrorKind failure, @Nullable Instant end) {
        return with(next, reference, percent, text, failure, 0, end);
    }

    Operation planned(String newPlan) {
        return with(phase, reference, newPlan, percent, message, failureKind, attempts, ended);
    }

    private Operation with(
            Phase newPhase,
            @Nullable String newReference,
            @Nullable Integer newPercent,
            @Nullable String newMessage,
            @Nullable ErrorKind failure,
            int newAttempts,
            @Nullable Instant end) {
        return with(newPhase, newReference, plan, newPercent, newMessage, failure, newAttempts, end);
    }

    private Operation with(
            Phase newPhase,
            @Nullable String newReference,
            String newPlan,
            @Nullable Integer newPercent,
            @Nullable String newMessage,
            @Nullable ErrorKind failure,
            int newAttempts,
            @Nullable Instant end) {
        return new Operation(
                id,
                uuid,
                kind,
                newPhase,
                provider,
                zoneId,
                vmId,
                exclusive,
                backupId,
                jobId,
                userId,
                newReference,
                newPlan,
                newPercent,
                newMessage,
                failure,
                newAttempts,
                version,
                created,
                end);
    }
}
