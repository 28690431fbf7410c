/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Begins operations. Safe for use by many threads. */
public final class Operations {
    private static final Set<OperationKind> READING =
            EnumSet.of(OperationKind.RESTORE, OperationKind.RESTORE_VOLUME, OperationKind.RESTORE_TO_VM);

    private static final int PURGED_AT_ONCE = 1000;

    private final OperationStore store;
    private final Transactions transactions;
    private final Agenda agenda;
    private final Clock clock;

    public Operations(OperationStore store, Transactions transactions, Agenda agenda, Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.agenda = requireNonNull(agenda, "agenda is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The uuid of a job's operation: always the same for a job, so that executing the job again finds it. */
    public static String uuidFor(String jobUuid) {
        return derived("operation", jobUuid);
    }

    /** A uuid of something that a job makes: always the same for the same purpose and job. */
    public static String derived(String purpose, String jobUuid) {
        return UUID.nameUUIDFromBytes((purpose + ":" + jobUuid).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The operation with that uuid, open or ended. */
    public Optional<Operation> find(String uuid) {
        return store.find(uuid);
    }

    /** The operation that an earlier execution of the job began; it is put on the agenda again when it is open. */
    public Optional<Operation> ofJob(String jobUuid) {
        Optional<Operation> found = store.find(uuidFor(jobUuid));
        found.filter(operation -> !operation.isEnded())
                .ifPresent(operation -> agenda.schedule(operation.uuid(), clock.instant()));
        return found;
    }

    /**
     * Runs the body, which {@linkplain #begin begins} the job's operation, unless an earlier execution of the job did so. When
     * two nodes execute the job at the same time, the refusal that the slower one meets is the work of the faster: no failure.
     */
    public void once(String jobUuid, Runnable body) {
        if (ofJob(jobUuid).isPresent()) {
            return;
        }
        try {
            body.run();
        } catch (RuntimeException e) {
            if (ofJob(jobUuid).isEmpty()) {
                throw e;
            }
        }
    }

    /** Runs the body in a transaction, which {@linkplain #add adds} an operation, and puts that on the agenda after the commit. */
    public Operation begin(Supplier<Operation> body) {
        Operation operation = transactions.inTransaction(body);
        agenda.schedule(operation.uuid(), clock.instant());
        return operation;
    }

    /** Adds an open operation; inside {@link #begin}. */
    public Operation add(New request) {
        return store.add(request.at(clock.instant(), Phase.STARTING));
    }

    /**
     * Adds an open operation that has nothing to start and follow at the product, only what is left to {@link Work#complete}.
     * Joins the open transaction; {@link #openOperationUuids} brings it to the agenda.
     */
    public void addCompleting(New request) {
        store.add(request.at(clock.instant(), Phase.COMPLETING));
    }

    /** Adds an operation that has ended, as a mark that the job has done its work. Joins the open transaction. */
    public void mark(New request) {
        store.add(request.at(clock.instant(), Phase.SUCCEEDED));
    }

    /** Refuses with {@code CONFLICT} when something works on the VM, naming it. */
    public void refuseBusyVm(long vmId, String vmName) {
        store.openOfVm(vmId).ifPresent(running -> {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "vm " + vmName,
                    "VM " + vmName + " is busy: " + running.describe() + " runs; one operation per VM at a time");
        });
    }

    /** Refuses with {@code CONFLICT} when something works with the backup, naming it. */
    public void refuseBusyBackup(long backupId, String backupUuid) {
        store.openOfBackup(backupId).stream().findFirst().ifPresent(running -> {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "backup " + backupUuid,
                    "Backup " + backupUuid + " is busy: " + running.describe() + " runs");
        });
    }

    /** Whether something works with the backup. */
    public boolean isBusyBackup(long backupId) {
        return !store.openOfBackup(backupId).isEmpty();
    }

    /** Refuses with {@code CONFLICT} when the backup is being deleted. Several restores may read it at once. */
    public void refuseDeletedBackup(long backupId, String backupUuid) {
        boolean deleted =
                store.openOfBackup(backupId).stream().anyMatch(operation -> operation.kind() == OperationKind.DELETE);
        if (deleted) {
            throw new ProviderException(
                    ErrorKind.CONFLICT, "backup " + backupUuid, "Backup " + backupUuid + " is being deleted");
        }
    }

    /**
     * Whether a restore other than the one with that uuid reads the backup at its product. One that the product has ended reads
     * no more, even if something remains to be done for it.
     */
    public boolean isReadByOther(long backupId, String operationUuid) {
        return store.openOfBackup(backupId).stream()
                .filter(operation -> READING.contains(operation.kind()))
                .filter(operation -> operation.phase() == Phase.STARTING || operation.phase() == Phase.RUNNING)
                .anyMatch(operation -> !operation.uuid().equals(operationUuid));
    }

    /** Ids of VMs that are {@code Restoring} although no open operation holds them. */
    public List<Long> strandedVms() {
        return store.strandedVms();
    }

    /**
     * Forgets operations that ended before; to be called now and then. A job finds its operation by its uuid when it is executed
     * again, so the instant must be earlier than the end of any job that is kept.
     */
    public void purge(Instant endedBefore) {
        int removed;
        do {
            removed = store.removeEndedBefore(endedBefore, PURGED_AT_ONCE);
        } while (removed == PURGED_AT_ONCE);
    }

    /** What a crash may have left off the agenda; to be scheduled again at start and now and then. */
    public List<String> openOperationUuids() {
        return store.openUuids();
    }

    /** What to begin; see {@link Operation} for the parts. */
    public record New(
            String uuid,
            OperationKind kind,
            String provider,
            long zoneId,
            long vmId,
            boolean exclusive,
            @Nullable Long backupId,
            @Nullable Long jobId,
            long userId,
            String plan) {
        private Operation at(Instant now, Phase phase) {
            return new Operation(
                    0,
                    uuid,
                    kind,
                    phase,
                    provider,
                    zoneId,
                    vmId,
                    exclusive,
                    backupId,
                    jobId,
                    userId,
                    null,
                    plan,
                    null,
                    null,
                    null,
                    0,
                    0,
                    now,
                    phase.isEnded() ? now : null);
        }
    }
}
