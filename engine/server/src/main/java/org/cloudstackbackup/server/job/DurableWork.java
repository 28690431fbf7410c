/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.store.Database;

/**
 * Runs work that is written down in the database, once across all nodes. What a dead node had picked is picked again: by the
 * node itself as soon as it is back, by others when its heartbeat has been missing for {@link #DEAD_AFTER}.
 */
public final class DurableWork implements AutoCloseable {
    /** When other nodes take over. */
    public static final Duration DEAD_AFTER = Duration.ofSeconds(20);

    private static final Logger LOG = LogManager.getLogger(DurableWork.class);
    private static final TaskDescriptor<Void> JOB = TaskDescriptor.of("async-job");
    private static final TaskDescriptor<Void> OPERATION = TaskDescriptor.of("backup-operation");
    private static final Duration POLLING_INTERVAL = Duration.ofMillis(200);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final int MISSED_HEARTBEATS = 4;
    private static final int RACES = 5;

    private final Database database;
    private final Clock clock;
    private final Node node;
    private final Scheduler scheduler;

    /**
     * @param job executes the job with that uuid to its end, or throws {@link JobPostponed}
     * @param operationStep does what can be done now for the operation with that uuid, and tells when to look again; empty
     *     when it has ended
     * @param recurring work done by one node at a time, by name
     */
    public DurableWork(
            Database database,
            Clock clock,
            Node node,
            int threads,
            Consumer<String> job,
            Function<String, Optional<Instant>> operationStep,
            List<Recurring> recurring) {
        this.database = database;
        this.clock = clock;
        this.node = node;
        List<Task<?>> startTasks = new ArrayList<>();
        recurring.forEach(work -> startTasks.add(Tasks.recurring(work.name(), new Pause(work.interval()))
                .execute((instance, context) -> work.body().run())));
        this.scheduler = withStartTasks(
                        Scheduler.create(database.dataSource(), List.of(jobTask(job), operationTask(operationStep))),
                        startTasks)
                .threads(threads)
                .schedulerName(node::id)
                .pollingInterval(POLLING_INTERVAL)
                .heartbeatInterval(DEAD_AFTER.dividedBy(MISSED_HEARTBEATS))
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP_WITHIN)
                .alwaysPersistTimestampInUTC()
                .enableImmediateExecution()
                .build();
    }

    /** Takes back what this node left unfinished, and begins to work. */
    public void start() {
        giveBack();
        scheduler.start();
    }

    /** So that any node takes it up at once. */
    private void giveBack() {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
                                + " WHERE picked = TRUE AND picked_by = ?",
                        node.id()));
    }

    /** Has the job executed soon; nothing happens when that is arranged already. */
    public void runJob(String jobUuid) {
        scheduler.scheduleIfNotExists(JOB.instance(jobUuid).build(), clock.instant());
    }

    /** Has the operation stepped at the instant, also when a later one was arranged before. */
    public void stepOperation(String operationUuid, Instant at) {
        TaskInstance<Void> instance = OPERATION.instance(operationUuid).build();
        for (int attempt = 1; attempt <= RACES; attempt++) {
            if (scheduler.scheduleIfNotExists(instance, at) || rescheduled(operationUuid, at)) {
                return;
            }
        }
        LOG.debug(
                "Operation {} is being stepped again and again; what is left is arranged by the sweep", operationUuid);
    }

    /** False when a step ended between the look at its task and the change of it. */
    private boolean rescheduled(String operationUuid, Instant at) {
        try {
            return scheduler.reschedule(TaskInstanceId.of(OPERATION.getTaskName(), operationUuid), at);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            LOG.debug("Operation {} is being stepped; it decides itself when to go on", operationUuid);
            return true;
        } catch (TaskInstanceNotFoundException | ExecutionException e) {
            LOG.debug("The task of operation {} was changed by its own step", operationUuid);
            return false;
        }
    }

    /** Has the operation stepped soon, unless that is arranged already; for what a crash left behind. */
    public void ensureOperation(String operationUuid) {
        scheduler.scheduleIfNotExists(OPERATION.instance(operationUuid).build(), clock.instant());
    }

    /** Begins no more work, gives what runs {@link #STOP_WITHIN}, and then interrupts it. */
    public void stop() {
        scheduler.stop();
    }

    /** Has the other nodes, or the next start, take up at once what {@link #stop} interrupted, if the database answers. */
    public void handOver() {
        try {
            // In another thread: when the database is away, the stop must not wait for it.
            CompletableFuture.runAsync(this::giveBack).get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.warn(
                    "Unfinished work could not be handed over; others take it up after {}: {}",
                    DEAD_AFTER,
                    e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@linkplain #stop Stops}, and {@linkplain #handOver hands over} what is left. */
    @Override
    public void close() {
        stop();
        handOver();
    }

    private Task<Void> jobTask(Consumer<String> job) {
        return Tasks.custom(JOB)
                .onFailureReschedule(FixedDelay.of(RETRY_INTERVAL))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    try {
                        job.accept(instance.getId());
                    } catch (JobPostponed e) {
                        return completion(Optional.of(clock.instant().plus(e.delay())));
                    }
                    return completion(Optional.empty());
                });
    }

    private static Task<Void> operationTask(Function<String, Optional<Instant>> operationStep) {
        return Tasks.custom(OPERATION)
                .onFailureReschedule(FixedDelay.of(RETRY_INTERVAL))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    Optional<Instant> next = operationStep.apply(instance.getId());
                    return completion(next);
                });
    }

    private static CompletionHandler<Void> completion(Optional<Instant> next) {
        return next.<CompletionHandler<Void>>map(
                        instant -> (complete, operations) -> operations.reschedule(complete, instant))
                .orElse((complete, operations) -> operations.remove());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static com.github.kagkarlsson.scheduler.SchedulerBuilder withStartTasks(
            com.github.kagkarlsson.scheduler.SchedulerBuilder builder, List<Task<?>> tasks) {
        return builder.startTasks((List) tasks);
    }

    /**
     * Work that is repeated for ever, by whichever node comes first.
     *
     * @param interval from the end of one run to the next, asked for after each run
     */
    public record Recurring(String name, Supplier<Duration> interval, Runnable body) {
        /** With an interval that never changes. */
        public static Recurring every(Duration interval, String name, Runnable body) {
            return new Recurring(name, () -> interval, body);
        }
    }

    /** So long after the end of the last run as the supplier says then. */
    private record Pause(Supplier<Duration> interval) implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete complete) {
            return complete.getTimeDone().plus(interval.get());
        }

        @Override
        public Instant getInitialExecutionTime(Instant now) {
            return now;
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
