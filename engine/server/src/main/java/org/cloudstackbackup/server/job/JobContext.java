/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import org.jspecify.annotations.Nullable;

/**
 * The job that executes a command, for commands that care. A job may be executed again after a crash, so a command derives the
 * identity of what it makes from {@link #uuid()}.
 */
public interface JobContext {
    /** Internal id of the job; -1 when the command runs within its request. */
    long id();

    /** The job's uuid; for a command that runs within its request a fresh one. */
    String uuid();

    /** Notes durably that the job's work begins; returns whether an earlier execution noted so, which then may have done some of it. */
    default boolean begin() {
        return false;
    }

    /** What an earlier execution of this job reported last; empty in the first one. */
    default String lastMessage() {
        return "";
    }

    /** Percent is 0 to 100, null while unknown. Joins an open transaction. */
    void progress(@Nullable Integer percent, String message);

    /**
     * Tells that the job does not end with {@code execute()}: it is ended through {@link
     * org.cloudstackbackup.framework.job.JobCompletion} by work that is durable already.
     */
    void continueLater();

    /** Names the object that the job is about; shown as {@code jobinstancetype} and {@code jobinstanceid}. */
    void instance(String type, long id, String uuid);
}
