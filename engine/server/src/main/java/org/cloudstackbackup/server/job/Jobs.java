/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.framework.provider.CallNotBegunException;
import org.cloudstackbackup.server.api.ApiFailure;
import org.cloudstackbackup.server.api.Callers;
import org.cloudstackbackup.server.api.CommandExecutor;
import org.cloudstackbackup.server.api.JobQueue;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.store.DatabaseFailures;
import org.jspecify.annotations.Nullable;

/**
 * Accepts, executes and ends jobs. A job that a crash interrupted is executed again from its start, so commands are idempotent
 * under one job uuid. Safe for use by many threads and nodes.
 */
public final class Jobs implements JobQueue, JobCompletion {
    private static final Logger LOG = LogManager.getLogger(Jobs.class);
    private static final Duration LOST_AFTER = Duration.ofSeconds(10);
    private static final int SWEEP_LIMIT = 500;

    private final JobStore store;
    private final Callers callers;
    private final Supplier<CommandExecutor> executor;
    private final Node node;
    private final Clock clock;
    private final Executions executions;
    private volatile Consumer<String> runner = uuid -> LOG.debug("Job {} waits for the start of the workers", uuid);
    private volatile boolean stopping;

    /** @param executor asked for only when a job is executed, since commands need this object first */
    public Jobs(JobStore store, Callers callers, Supplier<CommandExecutor> executor, Node node, Clock clock) {
        this.store = store;
        this.callers = callers;
        this.executor = executor;
        this.node = node;
        this.clock = clock;
        this.executions = new Executions(store);
    }

    /** Tells who executes accepted jobs. */
    public void attach(Consumer<String> newRunner) {
        this.runner = newRunner;
    }

    /** From now on an interrupted job is left for the next start instead of being failed. */
    public void stopping() {
        stopping = true;
        executions.leaveAll();
    }

    @Override
    public String submit(CommandCall call) {
        String uuid = call.wantedUuid() == null ? UUID.randomUUID().toString() : canonical(call.wantedUuid());
        Optional<Job> job = store.add(new JobStore.NewJob(
                uuid,
                call.userId(),
                call.accountId(),
                call.commandName(),
                call.className(),
                call.params(),
                call.entityType(),
                call.entityId(),
                call.entityUuid(),
                call.eventType(),
                call.eventDescription(),
                node.id()));
        if (job.isEmpty()) {
            throw taken(uuid);
        }
        runner.accept(uuid);
        return uuid;
    }

    @Override
    public void refuseTaken(String jobUuid) {
        if (store.findByUuid(jobUuid).isPresent()) {
            throw taken(jobUuid);
        }
    }

    private static ProviderException taken(String uuid) {
        return new ProviderException(
                ErrorKind.USER,
                "customjobid",
                "Parameter customjobid: the id " + uuid + " cannot be used, or not again; choose another one.");
    }

    /**
     * Executes a pending job; returns at once when it has ended before. Fails it when too many executions were cut off.
     *
     * @throws JobPostponed when it is to be executed anew later
     */
    public void execute(String uuid) {
        Optional<Job> found = store.findByUuid(uuid);
        if (found.isEmpty() || found.get().status() != Job.Status.PENDING) {
            return;
        }
        Job job = found.get();
        Context context = new Context(job);
        try {
            executions.begin(job);
            Caller caller = callerOf(job);
            Object response = executor.get()
                    .execute(job.commandName(), job.params(), caller, context, job.entityId(), job.entityUuid());
            if (context.continuesLater) {
                store.defer(job.id());
                return;
            }
            Object result = response == null ? success() : response;
            end(job, Job.Status.SUCCEEDED, 0, executor.get().renderResult(result));
        } catch (JobPostponed e) {
            throw postponed(job, e);
        } catch (CallNotBegunException e) {
            throw postponed(job, new JobPostponed(e.delay(), String.valueOf(e.getMessage())));
        } catch (Exception e) {
            if (stopping) {
                throw new IllegalStateException("Job " + uuid + " was interrupted by the stop of the server", e);
            }
            if (DatabaseFailures.isRepeatable(e)) {
                throw new IllegalStateException("Job " + uuid + " is executed again, since the database failed", e);
            }
            ApiFailure failure = executor.get().describe(e, job.commandName() + " in job " + uuid);
            end(job, Job.Status.FAILED, failure.errorCode(), failure.toJobResult());
        } catch (Error e) {
            // Such as want of memory: the scheduler repeats the job, so this must count as if it had ended the server.
            executions.end(job.id());
            throw e;
        } finally {
            executions.leave(job.id());
        }
    }

    private JobPostponed postponed(Job job, JobPostponed cause) {
        store.progress(job.id(), null, String.valueOf(cause.getMessage()));
        return cause;
    }

    /** Has those executed that were accepted but are arranged nowhere, as after a crash right after accepting them. */
    public void recoverLost() {
        store.pending(clock.instant().minus(LOST_AFTER), SWEEP_LIMIT).forEach(runner);
    }

    /** Forgets jobs that ended before the instant. */
    public void purge(Instant endedBefore) {
        int removed = store.removeEndedBefore(endedBefore);
        LOG.debug("Removed {} jobs that ended before {}", removed, endedBefore);
    }

    @Override
    public void progress(long jobId, @Nullable Integer percent, String message) {
        store.progress(jobId, percent, message);
    }

    @Override
    public void succeeded(long jobId, @Nullable String resultUuid) {
        store.find(jobId)
                .filter(job -> job.status() == Job.Status.PENDING)
                .ifPresent(job -> end(job, Job.Status.SUCCEEDED, 0, laterResult(job, resultUuid)));
    }

    @Override
    public void failed(long jobId, ProviderException failure) {
        store.find(jobId).filter(job -> job.status() == Job.Status.PENDING).ifPresent(job -> {
            ApiFailure told = executor.get().describe(failure, job.commandName() + " in job " + job.uuid());
            end(job, Job.Status.FAILED, told.errorCode(), told.toJobResult());
        });
    }

    private String laterResult(Job job, @Nullable String resultUuid) {
        Object response = null;
        if (resultUuid != null) {
            try {
                response = executor.get()
                        .resultOf(
                                job.commandName(),
                                job.params(),
                                callerOf(job),
                                new Context(job),
                                job.entityId(),
                                job.entityUuid(),
                                resultUuid);
            } catch (Exception e) {
                // The work is done and proven; a result that cannot be drawn must not turn it into a failure.
                LOG.warn("Job {} succeeded, but its result {} could not be rendered", job.uuid(), resultUuid, e);
            }
        }
        return executor.get().renderResult(response == null ? success() : response);
    }

    private Caller callerOf(Job job) {
        return callers.find(job.userId())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.CONFLICT,
                        "job " + job.uuid(),
                        "The user who called " + job.commandName() + " was removed before the job could be executed."));
    }

    private void end(Job job, Job.Status status, int code, String result) {
        executions.end(job.id());
        if (store.end(job.id(), status, code, result, node.id())) {
            LOG.info("Job {} ({}) {}", job.uuid(), job.commandName(), status);
        }
    }

    private static SuccessResponse success() {
        SuccessResponse response = new SuccessResponse();
        response.setSuccess(true);
        return response;
    }

    private static String canonical(String uuid) {
        try {
            UUID parsed = UUID.fromString(uuid);
            if (parsed.toString().equalsIgnoreCase(uuid)) {
                return parsed.toString();
            }
        } catch (IllegalArgumentException e) {
            throw notAUuid(uuid, e);
        }
        throw notAUuid(uuid, null);
    }

    private static ProviderException notAUuid(String value, @Nullable Throwable cause) {
        return new ProviderException(
                ErrorKind.USER, "customjobid", "Parameter customjobid: '" + value + "' is not a UUID.", cause);
    }

    /** One execution of one job. */
    private final class Context implements JobContext {
        private final Job job;
        private boolean continuesLater;

        Context(Job job) {
            this.job = job;
        }

        @Override
        public long id() {
            return job.id();
        }

        @Override
        public String uuid() {
            return job.uuid();
        }

        @Override
        public boolean begin() {
            if (!job.begun()) {
                store.begun(job.id());
            }
            return job.begun();
        }

        @Override
        public String lastMessage() {
            return job.message();
        }

        @Override
        public void progress(@Nullable Integer percent, String message) {
            store.progress(job.id(), percent, message);
        }

        @Override
        public void continueLater() {
            continuesLater = true;
        }

        @Override
        public void instance(String type, long id, String uuid) {
            store.instance(job.id(), type, id, uuid);
        }
    }
}
