/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/** Where jobs are kept. Every write is atomic and joins an open transaction. */
public interface JobStore {
    /** Adds a pending job; empty when there is one with that uuid already. */
    Optional<Job> add(NewJob job);

    /**
     * Adds pending jobs that are {@linkplain #defer deferred} from the start.
     *
     * @return their ids, by uuid
     */
    Map<String, Long> addDeferred(List<NewJob> jobs);

    Optional<Job> find(long id);

    Optional<Job> findByUuid(String uuid);

    /** Whose the job is, with names for people. */
    Optional<Entry> entry(String uuid);

    /** Uuids of at most {@code limit} pending jobs created before the instant that are not deferred, oldest first. */
    List<String> pending(Instant createdBefore, int limit);

    /** Newest first. */
    Page<Entry> list(OwnerScope scope, @Nullable Instant from, @Nullable String keyword, PageRequest page);

    /** Nothing happens when the job has ended. */
    void progress(long id, @Nullable Integer percent, String message);

    /** Counts an execution that begins, before it does anything. */
    void enter(long id);

    /** Takes back what {@link #enter} counted: the execution did not end the job, but it was not cut off either. */
    void leave(long id);

    /** Notes for all later executions that the job's work begins. */
    void begun(long id);

    /** Names the object that the job is about; nothing happens when the job has ended. */
    void instance(long id, String type, long entityId, String entityUuid);

    void startEvent(long id, long eventId);

    /** Marks a pending job as ended by other durable work: nobody has to execute it again. */
    void defer(long id);

    /** Ends the job and forgets its parameters; false, and nothing changed, when it has ended before. */
    boolean end(long id, Job.Status status, int resultCode, String result, String node);

    /** Removes jobs that ended before the instant; returns how many. */
    int removeEndedBefore(Instant instant);

    /** What is known when a call is accepted. */
    record NewJob(
            String uuid,
            long userId,
            long accountId,
            String commandName,
            String className,
            Map<String, String> params,
            @Nullable String instanceType,
            @Nullable Long entityId,
            @Nullable String entityUuid,
            @Nullable String eventType,
            @Nullable String eventDescription,
            String node) {
        public NewJob {
            params = Map.copyOf(params);
        }

        @Override
        public String toString() {
            return "NewJob[" + uuid + " " + commandName + "]";
        }
    }

    /**
     * A job with its owner.
     *
     * @param nodeName host of the server that ended it, or accepted it; null when that server was forgotten
     */
    record Entry(
            Job job,
            Owner owner,
            String accountUuid,
            String account,
            String domainUuid,
            String userUuid,
            @Nullable String nodeName) {}
}
