/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Counts the executions of jobs that a server did not survive, so that a job which kills servers is not executed for ever. An
 * execution that is stopped, put off or fails is taken back from the count. Safe for use by many threads.
 */
final class Executions {
    /** A job is not executed again after so many were cut off; chance alone does not hit one job that often. */
    static final int MOST_CUT_OFF = 5;

    private static final Logger LOG = LogManager.getLogger(Executions.class);

    private final JobStore store;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    /** Left in order, while the database could not be told so. */
    private final Set<Long> owed = ConcurrentHashMap.newKeySet();

    Executions(JobStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** @throws ProviderException when too many executions of the job were cut off; it counts none then */
    void begin(Job job) {
        int cutOff = job.executions() - (owed.contains(job.id()) ? 1 : 0);
        if (cutOff >= MOST_CUT_OFF) {
            throw new ProviderException(
                    ErrorKind.INTERNAL,
                    "job " + job.uuid(),
                    "The job is not executed again: " + cutOff + " times the server ended while it executed "
                            + job.commandName() + ", which may be what ends it. It was last at: "
                            + (job.message().isEmpty() ? "its start" : job.message()));
        }
        if (!owed.remove(job.id())) {
            store.enter(job.id());
        }
        running.add(job.id());
    }

    /** The execution was not cut off; does nothing when it was left or ended before. */
    void leave(long jobId) {
        if (!running.remove(jobId)) {
            return;
        }
        try {
            store.leave(jobId);
        } catch (RuntimeException e) {
            owed.add(jobId);
            LOG.debug("That an execution of job {} was left could not be noted", jobId, e);
        }
    }

    /** Nothing is to be taken back from the count any more. */
    void end(long jobId) {
        running.remove(jobId);
        owed.remove(jobId);
    }

    /** The server stops in order: what it executes is not cut off, whether it ends in time or not. */
    void leaveAll() {
        Set.copyOf(running).forEach(this::leave);
    }
}
