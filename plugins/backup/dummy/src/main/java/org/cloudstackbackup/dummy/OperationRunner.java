/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.dummy.DummySettings.Fault;
import org.cloudstackbackup.dummy.Operation.Outcome;
import org.cloudstackbackup.dummy.Operation.Phase;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * Takes the operations of one zone to their ends; shared by all drivers of the zone.
 *
 * <p>The operation's file is the truth. Who copies bytes for it is said by {@link Claims}: when that process dies, whoever asks
 * for the operation next begins it again. All changes of state are made under the zone's lock, which all processes share; bytes
 * are copied outside of it.
 */
final class OperationRunner {
    /** How long the end of an operation can be asked for; hosts that wait longer have given it up. */
    static final Duration KEPT_AFTER_END = Duration.ofDays(7);

    private static final Logger LOG = LogManager.getLogger(OperationRunner.class);
    private static final Duration PRUNE_INTERVAL = Duration.ofHours(1);

    private final OperationLog log;
    private final OperationWork work;
    private final ExecutorService executor;
    private final SharedLock lock;
    private final Claims claims;
    private final Map<String, ProviderException> troubles = new ConcurrentHashMap<>();
    private volatile Instant pruned = Instant.EPOCH;

    OperationRunner(SharedLock lock, Claims claims, OperationLog log, OperationWork work, ExecutorService executor) {
        this.lock = lock;
        this.claims = claims;
        this.log = log;
        this.work = work;
        this.executor = executor;
    }

    /** What must hold before a new operation is accepted; throws {@link ProviderException} when it does not. */
    interface Admission {
        void check(List<Operation> unfinished) throws IOException;
    }

    /** A change of state that excludes operations from starting or ending meanwhile. */
    interface Change<T> {
        T make() throws IOException;
    }

    <T> T exclusively(Change<T> change) throws IOException {
        return lock.hold(change::make);
    }

    /**
     * Accepts an operation, or finds the one that was accepted under the token before.
     *
     * @throws ProviderException {@code USER} when the token was used for something else
     */
    void start(Operation operation, DummySettings settings, Admission admission) throws IOException {
        lock.hold(() -> {
            Optional<Operation> before = log.find(operation.token());
            if (before.isPresent()) {
                requireSameWork(before.get(), operation);
                driveUnlessEnded(before.get(), settings);
                return true;
            }
            settle(settings);
            admission.check(log.unfinished());
            log.write(operation);
            drive(operation, settings);
            return true;
        });
    }

    /** The present state, after doing what has become due; empty when the operation is unknown. */
    Optional<OperationStatus> status(String token, DummySettings settings) throws IOException {
        Optional<Operation> operation = log.find(token);
        if (operation.isPresent() && !operation.get().isEnded()) {
            operation = lock.hold(() -> {
                throwTrouble(token);
                Optional<Operation> now = log.find(token);
                if (now.isEmpty()) {
                    return now;
                }
                driveUnlessEnded(now.get(), settings);
                return log.find(token);
            });
        }
        return operation.map(found -> statusOf(found, settings));
    }

    /** Asks an operation to stop; false when it is unknown. */
    boolean cancel(String token, DummySettings settings) throws IOException {
        return lock.hold(() -> {
            Optional<Operation> found = log.find(token);
            if (found.isPresent() && !found.get().isEnded()) {
                Operation operation = found.get();
                if (operation.phase() != Phase.COMMITTING && !operation.cancelRequested()) {
                    operation = operation.withCancelRequested();
                    log.write(operation);
                }
                drive(operation, settings);
            }
            return found.isPresent();
        });
    }

    /** Does for all unfinished operations what has become due, and takes up those that a dead process left behind. */
    void settle(DummySettings settings) throws IOException {
        lock.hold(() -> {
            log.tidy();
            prune(settings.clock().instant());
            for (Operation operation : log.unfinished()) {
                try {
                    drive(operation, settings);
                } catch (IOException e) {
                    // It stays unfinished and its own caller is told; the others go on.
                    troubles.put(operation.token(), unwritable(operation, e));
                }
            }
            return true;
        });
    }

    private void prune(Instant now) throws IOException {
        if (pruned.isBefore(now.minus(PRUNE_INTERVAL))) {
            log.removeEndedBefore(now.minus(KEPT_AFTER_END));
            pruned = now;
        }
    }

    private void driveUnlessEnded(Operation operation, DummySettings settings) throws IOException {
        if (!operation.isEnded()) {
            drive(operation, settings);
        }
    }

    private void drive(Operation operation, DummySettings settings) throws IOException {
        switch (operation.phase()) {
            case COMMITTING -> commit(operation);
            case PREPARED -> {
                if (operation.cancelRequested()) {
                    cancelled(operation);
                } else if (operation.isDue(settings.clock().instant())) {
                    finish(operation, settings);
                }
            }
            case WORKING -> {
                // Whoever has the claim is at it, and sees a wish to cancel when it is done.
                if (claims.take(operation.token())) {
                    submit(operation, settings);
                }
            }
        }
    }

    private void submit(Operation operation, DummySettings settings) throws IOException {
        if (operation.cancelRequested()) {
            cancelled(operation);
            claims.giveBack(operation.token());
            return;
        }
        try {
            executor.execute(() -> prepare(operation, settings));
        } catch (RejectedExecutionException e) {
            claims.abandon(operation.token());
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    operation.describe(),
                    "The " + operation.describe() + " was accepted, but the simulated product is shutting down",
                    e);
        }
    }

    /** Runs in a worker thread. */
    private void prepare(Operation operation, DummySettings settings) {
        RestorePoint made = null;
        Outcome failure = null;
        try {
            made = work.prepare(operation, settings);
        } catch (ProviderException e) {
            failure = Outcome.failed(e.kind(), e.text());
        } catch (IOException e) {
            failure = Outcome.failed(ErrorKind.EXTERNAL, "The " + operation.describe() + " failed: " + e);
        } catch (RuntimeException e) {
            LOG.error("The {} (token {}) failed by our own fault", operation.describe(), operation.token(), e);
            failure = Outcome.failed(ErrorKind.INTERNAL, "The " + operation.describe() + " failed: " + e);
        }
        try {
            if (!executor.isShutdown()) {
                afterPreparation(operation.token(), made, failure, settings);
            }
            // Otherwise it was interrupted, which is not a failure: the next process begins again.
        } catch (IOException e) {
            troubles.put(operation.token(), unwritable(operation, e));
        } finally {
            letGo(operation.token());
        }
    }

    private void afterPreparation(
            String token, @Nullable RestorePoint made, @Nullable Outcome failure, DummySettings settings)
            throws IOException {
        lock.hold(() -> {
            Operation operation = log.find(token).orElseThrow(() -> new IOException("Operation " + token + " is gone"));
            if (operation.cancelRequested()) {
                cancelled(operation);
            } else if (failure != null) {
                end(operation, failure);
            } else {
                Operation done = operation.prepared(made);
                if (done.isDue(settings.clock().instant())) {
                    finish(done, settings);
                } else {
                    log.write(done);
                }
            }
            claims.giveBack(token);
            return true;
        });
    }

    /** Whatever happened, another process may take over what is left; a no-op in the usual case. */
    private void letGo(String token) {
        try {
            claims.abandon(token);
        } catch (IOException e) {
            LOG.warn("The claim on operation {} could not be given back before the end of this process", token, e);
        }
    }

    private void finish(Operation operation, DummySettings settings) throws IOException {
        if (settings.fault() == faultOf(operation)) {
            end(
                    operation,
                    Outcome.failed(
                            ErrorKind.EXTERNAL,
                            "The " + operation.describe() + " failed because setting " + DummySettings.FAIL
                                    + " says so"));
            return;
        }
        Operation committing = operation.committing();
        log.write(committing);
        commit(committing);
    }

    private void commit(Operation operation) throws IOException {
        work.commit(operation);
        log.write(operation.ended(OperationWork.outcomeOf(operation)));
    }

    private void cancelled(Operation operation) throws IOException {
        end(operation, Outcome.cancelled("The " + operation.describe() + " was cancelled on request"));
    }

    private void end(Operation operation, Outcome outcome) throws IOException {
        work.discard(operation);
        log.write(operation.ended(outcome));
    }

    private void throwTrouble(String token) {
        ProviderException trouble = troubles.remove(token);
        if (trouble != null) {
            throw trouble;
        }
    }

    private static OperationStatus statusOf(Operation operation, DummySettings settings) {
        Outcome outcome = operation.outcome();
        return outcome != null
                ? outcome.status()
                : new OperationStatus.Running(operation.percent(settings.clock().instant()), operation.describe());
    }

    private static void requireSameWork(Operation before, Operation now) {
        if (!before.isSameWorkAs(now)) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "client token " + now.token(),
                    "The " + now.describe() + " was refused: its client token was used for the " + before.describe());
        }
    }

    private static ProviderException unwritable(Operation operation, IOException cause) {
        return new ProviderException(
                ErrorKind.EXTERNAL,
                operation.describe(),
                "The state of the " + operation.describe() + " could not be written: " + cause,
                cause);
    }

    private static Fault faultOf(Operation operation) {
        return switch (operation.kind()) {
            case BACKUP -> Fault.BACKUP;
            case RESTORE, VOLUME_RESTORE -> Fault.RESTORE;
            case DELETE -> Fault.DELETE;
        };
    }
}
