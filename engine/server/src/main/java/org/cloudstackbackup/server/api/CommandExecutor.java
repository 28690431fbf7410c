/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Map;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Executes asynchronous commands for their jobs. Safe for use by many threads. */
public interface CommandExecutor {
    /**
     * Binds the parameters again, as the caller, and runs the command's {@code execute()}.
     *
     * @param entityId internal id of what the command's create step made, if it has one
     * @return the response object; null when the command set none, as when it {@linkplain JobContext#continueLater continues}
     * @throws Exception whatever the command throws; {@link #describe} tells what it means
     */
    @Nullable
    Object execute(
            String commandName,
            Map<String, String> params,
            Caller caller,
            JobContext job,
            @Nullable Long entityId,
            @Nullable String entityUuid)
            throws Exception;

    /**
     * The response object of a command that implements {@link org.cloudstackbackup.server.job.JobResult} and whose work
     * ended elsewhere.
     *
     * @param uuid of what the work made
     * @return null when the command has no such result
     */
    @Nullable
    Object resultOf(
            String commandName,
            Map<String, String> params,
            Caller caller,
            JobContext job,
            @Nullable Long entityId,
            @Nullable String entityUuid,
            String uuid)
            throws Exception;

    /** The object as JSON, as it stands under {@code jobresult}, for example <code>{"success":true}</code>. */
    String renderResult(Object response);

    /**
     * What a failure is told as. Logs those that are our own fault, with the reference that their text names.
     *
     * @param what the command and the job, for the log
     */
    ApiFailure describe(Throwable failure, String what);
}
