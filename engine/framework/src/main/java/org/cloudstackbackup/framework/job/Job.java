/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous API call.
 *
 * @param commandName what to execute
 * @param className what is shown as {@code cmd}
 * @param params the call's parameters, by lower-case name; empty once the job has ended, since they may hold secrets
 * @param entityId the object that the call made before the job began, or that the job is about
 * @param percent 0 to 100
 * @param message what is being done; empty until something was reported
 * @param executions how many executions began and neither ended nor were left in order, the present ones included
 * @param begun whether an execution told that the work began
 * @param resultCode 0, or CloudStack's error code
 * @param result JSON; null until the job has ended
 * @param initNode the node that accepted it
 * @param completeNode the node that ended it
 */
public record Job(
        long id,
        String uuid,
        long userId,
        long accountId,
        String commandName,
        String className,
        Map<String, String> params,
        Status status,
        int percent,
        String message,
        int executions,
        boolean begun,
        int resultCode,
        @Nullable String result,
        @Nullable String instanceType,
        @Nullable Long entityId,
        @Nullable String entityUuid,
        @Nullable Long startEventId,
        @Nullable String eventType,
        @Nullable String eventDescription,
        String initNode,
        @Nullable String completeNode,
        Instant created,
        Instant updated,
        @Nullable Instant ended) {
    public Job {
        params = Map.copyOf(params);
    }

    /** Parameters may hold secrets and are left out. */
    @Override
    public String toString() {
        return "Job[" + uuid + " " + commandName + " " + status + "]";
    }

    /** CloudStack's numbers. */
    public enum Status {
        PENDING(0),
        SUCCEEDED(1),
        FAILED(2),
        CANCELLED(3);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** @throws IllegalArgumentException for a number that is none of the four */
        public static Status ofCode(int code) {
            for (Status status : values()) {
                if (status.code == code) {
                    return status;
                }
            }
            throw new IllegalArgumentException("There is no job status " + code);
        }
    }
}
