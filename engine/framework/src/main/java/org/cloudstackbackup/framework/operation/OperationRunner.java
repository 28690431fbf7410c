/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.operation.Work.Conclusion;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Leads operations to their end, one short step at a time. Safe for use by many threads and nodes: of two that step the same
 * operation, one writes and the other looks again later.
 *
 * <p>A product that cannot be reached is asked again after 1, 2, 4 ... 60 seconds, each varied by up to a quarter, until the
 * waiting adds up to {@link FrameworkSettings#GIVE_UP}. Any other failure to follow a running operation is borne {@value
 * #BORNE} times in a row. What ends an operation is told in its message.
 */
public final class OperationRunner {
    private static final Logger LOG = LogManager.getLogger(OperationRunner.class);
    private static final int BORNE = 5;
    private static final Duration QUICKEST_LOOK = Duration.ofMillis(200);
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(5);
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final OperationStore store;
    private final Map<OperationKind, Work> works = new EnumMap<>(OperationKind.class);
    private final Drivers drivers;
    private final JobCompletion jobs;
    private final Settings settings;
    private final Transactions transactions;
    private final Clock clock;

    public OperationRunner(
            OperationStore store,
            List<Work> works,
            Drivers drivers,
            JobCompletion jobs,
            Settings settings,
            Transactions transactions,
            Clock clock) {
        this.store = requireNonNull(store, "store is null");
        works.forEach(work -> this.works.put(work.kind(), work));
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Does what can be done now. Idempotent. Does nothing, at no cost to the operation, while as many threads as may wait for its
     * product do so; what remains after the product's end waits for none, when it needs no product. A failure of the database, and
     * whatever fails in an interrupted thread, is thrown: the step is to be repeated soon and counts as no attempt.
     *
     * @return when to call again; empty once the operation has ended or when there is none
     */
    public Optional<Instant> step(String operationUuid) {
        Optional<Operation> found = store.find(operationUuid);
        if (found.isEmpty() || found.get().isEnded()) {
            return Optional.empty();
        }
        Operation operation = found.get();
        if (needsNoProduct(operation)) {
            return step(operation);
        }
        Optional<Drivers.Slot> slot = drivers.stepSlot(operation.provider(), operation.zoneId());
        if (slot.isEmpty()) {
            Duration wait = drivers.stepWait(operation.provider(), operation.zoneId());
            return Optional.of(clock.instant().plusMillis(varied(wait.toSeconds())));
        }
        try (Drivers.Slot held = slot.get()) {
            return step(operation);
        }
    }

    private boolean needsNoProduct(Operation operation) {
        Work work = works.get(operation.kind());
        return work != null
                && !work.aftermathCallsProduct()
                && (operation.phase() == Phase.COMPLETING || operation.phase() == Phase.UNDOING);
    }

    private Optional<Instant> step(Operation operation) {
        try {
            return advance(operation, workOf(operation));
        } catch (LostRaceException e) {
            LOG.debug("Another step of operation {} was faster", operation.uuid());
            return Optional.of(clock.instant().plus(SLOWEST_LOOK));
        } catch (RuntimeException e) {
            if (isNoEnd(e)) {
                throw e;
            }
            return stumbled(operation, asFailure(operation, e));
        }
    }

    /** The database failed, or this node is stopping: the product had no part in it. */
    private boolean isNoEnd(RuntimeException failure) {
        return transactions.isRepeatable(failure) || Thread.currentThread().isInterrupted();
    }

    private Optional<Instant> advance(Operation operation, Work work) {
        return switch (operation.phase()) {
            case STARTING -> start(operation, work);
            case RUNNING -> follow(operation, work);
            case COMPLETING -> complete(operation, work);
            case UNDOING -> undo(operation, work);
            case SUCCEEDED, FAILED -> Optional.empty();
        };
    }

    private Optional<Instant> start(Operation operation, Work work) {
        OperationRef reference = work.start(operation);
        transactions.run(() -> {
            write(operation.started(reference));
            work.started(operation);
        });
        return Optional.of(clock.instant().plus(QUICKEST_LOOK));
    }

    private Optional<Instant> follow(Operation operation, Work work) {
        OperationStatus status = statusOf(operation, work);
        if (status instanceof OperationStatus.Running running) {
            return progress(operation, running);
        }
        try {
            return conclude(operation, work, status);
        } catch (Work.NotYetException e) {
            return progress(
                    operation, new OperationStatus.Running(operation.percent(), String.valueOf(e.getMessage())));
        }
    }

    private OperationStatus statusOf(Operation operation, Work work) {
        OperationRef reference = new OperationRef(requireNonNull(operation.reference(), "reference is null"));
        try {
            return drivers.call(
                    operation.provider(),
                    operation.zoneId(),
                    "status of " + operation.describe(),
                    driver -> driver.status(reference));
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return work.truth(operation, e);
            }
            throw e;
        }
    }

    private Optional<Instant> progress(Operation operation, OperationStatus.Running running) {
        boolean news = operation.attempts() > 0
                || !java.util.Objects.equals(operation.percent(), running.percent())
                || !running.message().equals(operation.message());
        if (news) {
            transactions.run(() -> {
                write(operation.progressed(running.percent(), running.message()));
                Long job = operation.jobId();
                if (job != null) {
                    jobs.progress(job, running.percent(), running.message());
                }
            });
        }
        return Optional.of(nextLook(operation));
    }

    /** Writes the end, or the phase in which the remaining work is done, in one transaction with all rows it concerns. */
    private Optional<Instant> conclude(Operation operation, Work work, OperationStatus ended) {
        return transactions.<Optional<Instant>>inTransaction(() -> {
            Conclusion conclusion = work.conclude(operation, ended);
            ProviderException failure = conclusion.problem();
            if (work.hasAftermath()) {
                String plan = conclusion.plan();
                Operation ahead = plan == null ? operation : operation.planned(plan);
                write(
                        failure == null
                                ? ahead.in(Phase.COMPLETING, conclusion.made(), null, null)
                                : operation.in(Phase.UNDOING, failure.text(), failure.kind(), null));
                return Optional.of(clock.instant());
            }
            end(operation, failure, conclusion.made());
            return Optional.empty();
        });
    }

    private Optional<Instant> complete(Operation operation, Work work) {
        work.complete(operation);
        transactions.run(() -> end(operation, null, operation.message()));
        return Optional.empty();
    }

    private Optional<Instant> undo(Operation operation, Work work) {
        work.undo(operation);
        transactions.run(() -> end(operation, recordedFailure(operation), null));
        return Optional.empty();
    }

    private void end(Operation operation, @Nullable ProviderException failure, @Nullable String made) {
        Instant now = clock.instant();
        Long job = operation.jobId();
        if (failure == null) {
            write(operation.in(Phase.SUCCEEDED, null, null, now));
            if (job != null) {
                jobs.succeeded(job, made);
            }
            return;
        }
        write(operation.in(Phase.FAILED, failure.text(), failure.kind(), now));
        if (job != null) {
            jobs.failed(job, failure);
        }
    }

    /** A step failed: puts it off, or ends the operation when that was the last attempt. */
    private Optional<Instant> stumbled(Operation operation, ProviderException failure) {
        try {
            if (mayRepeat(operation, failure)) {
                long wait = waitSeconds(operation.attempts() + 1);
                write(operation.putOff(failure.text()));
                LOG.debug("Operation {} is put off for {} s: {}", operation.uuid(), wait, failure.text());
                return Optional.of(clock.instant().plusMillis(varied(wait)));
            }
            return giveUp(operation, failure);
        } catch (LostRaceException e) {
            LOG.debug("Another step of operation {} was faster", operation.uuid());
            return Optional.of(clock.instant().plus(SLOWEST_LOOK));
        } catch (RuntimeException e) {
            if (isNoEnd(e)) {
                throw e;
            }
            return unableToGiveUp(operation, asFailure(operation, e));
        }
    }

    /** Even the end could not be written: tries again a few times, then ends the operation without its work's rows. */
    private Optional<Instant> unableToGiveUp(Operation operation, ProviderException failure) {
        if (operation.attempts() + 1 < 3 * BORNE) {
            write(operation.putOff(failure.text()));
            return Optional.of(clock.instant().plusSeconds(LONGEST_WAIT_SECONDS));
        }
        LOG.error("The end of operation {} could not be recorded with its rows", operation.uuid(), failure);
        transactions.run(() -> end(operation, failure, null));
        return Optional.empty();
    }

    private boolean mayRepeat(Operation operation, ProviderException failure) {
        if (failure.kind().isRetryable()) {
            long waited = 0;
            for (int attempt = 1; attempt <= operation.attempts() + 1; attempt++) {
                waited += waitSeconds(attempt);
            }
            return waited <= Long.parseLong(settings.value(FrameworkSettings.GIVE_UP));
        }
        boolean refusal = failure.kind() != ErrorKind.INTERNAL
                && (operation.phase() == Phase.STARTING || operation.phase() == Phase.COMPLETING);
        return !refusal && operation.attempts() + 1 < BORNE;
    }

    private Optional<Instant> giveUp(Operation operation, ProviderException failure) {
        Work work = workOf(operation);
        LOG.warn("Operation {} ({}) failed: {}", operation.uuid(), operation.kind(), failure.text(), failure);
        return switch (operation.phase()) {
            case STARTING, RUNNING ->
                conclude(operation, work, new OperationStatus.Failed(failure.kind(), givenUpText(operation, failure)));
            case COMPLETING -> {
                transactions.run(() -> {
                    work.completionFailed(operation, failure);
                    write(operation.in(Phase.UNDOING, failure.text(), failure.kind(), null));
                });
                yield Optional.of(clock.instant());
            }
            case UNDOING -> {
                ProviderException first = recordedFailure(operation);
                transactions.run(() -> end(
                        operation,
                        new ProviderException(
                                first.kind(),
                                first.subject(),
                                first.text() + "; cleaning up failed too: " + failure.text(),
                                failure),
                        null));
                yield Optional.empty();
            }
            case SUCCEEDED, FAILED -> Optional.empty();
        };
    }

    private static String givenUpText(Operation operation, ProviderException failure) {
        if (!failure.kind().isRetryable()) {
            return failure.text();
        }
        return "Given up after " + (operation.attempts() + 1) + " attempts to reach provider " + operation.provider()
                + (operation.phase() == Phase.RUNNING ? "; what became of the work there is unknown" : "")
                + ". The last answer: " + failure.text();
    }

    private ProviderException recordedFailure(Operation operation) {
        ErrorKind kind = operation.failureKind();
        String message = operation.message();
        return new ProviderException(
                kind == null ? ErrorKind.INTERNAL : kind,
                operation.describe(),
                message == null ? "The cause was not recorded" : message);
    }

    private static ProviderException asFailure(Operation operation, RuntimeException failure) {
        if (failure instanceof ProviderException known) {
            return known;
        }
        return new ProviderException(
                ErrorKind.INTERNAL,
                operation.describe(),
                "A step of " + operation.describe() + " failed in phase " + operation.phase() + ": " + failure,
                failure);
    }

    private void write(Operation changed) {
        if (store.update(changed).isEmpty()) {
            throw new LostRaceException();
        }
    }

    private Work workOf(Operation operation) {
        Work work = works.get(operation.kind());
        if (work == null) {
            throw new IllegalStateException("Nothing is registered for operations of kind " + operation.kind());
        }
        return work;
    }

    /** A tenth of the time the operation has been running, within bounds: quick backups end quickly, long ones cost little. */
    private Instant nextLook(Operation operation) {
        Instant now = clock.instant();
        Duration tenth = Duration.between(operation.created(), now).dividedBy(10);
        Duration wait = tenth.compareTo(QUICKEST_LOOK) < 0
                ? QUICKEST_LOOK
                : tenth.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : tenth;
        return now.plus(wait);
    }

    private static long waitSeconds(int attempt) {
        return attempt > 6 ? LONGEST_WAIT_SECONDS : Math.min(LONGEST_WAIT_SECONDS, 1L << (attempt - 1));
    }

    private static long varied(long seconds) {
        return (long) (seconds * 1000 * (0.75 + ThreadLocalRandom.current().nextDouble() / 2));
    }

    /** Rolls a step back that another one overtook. */
    private static final class LostRaceException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
