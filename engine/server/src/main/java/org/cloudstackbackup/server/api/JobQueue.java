/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs asynchronous commands later, once, on some node, also after a restart. */
public interface JobQueue {
    /**
     * Keeps the call durably and returns at once.
     *
     * @return the job's uuid
     * @throws org.cloudstackbackup.spi.ProviderException {@code USER} when a job with the wanted uuid exists already
     */
    String submit(CommandCall call);

    /**
     * Called before the command's create step, so that a call whose job cannot be accepted makes nothing. A queue that
     * takes any uuid has nothing to do here.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code USER} when a job with that uuid exists already
     */
    default void refuseTaken(String jobUuid) {}

    /**
     * An asynchronous command as its job needs it; all of it can be written to a database.
     *
     * @param commandName real name, for example {@code createBackup}
     * @param className what is shown as {@code cmd}
     * @param params as received, without credentials; names in lower case except the keys of maps
     * @param userId who called; the job runs as this user
     * @param wantedUuid the job's uuid when the caller chose one
     * @param entityType kind of the object the job is about, for example {@code Backup}, if known
     * @param entityId internal id of the object that the command's create step made, if any
     * @param entityUuid its uuid
     * @param eventDescription a sentence for the job's events
     */
    record CommandCall(
            String commandName,
            String className,
            Map<String, String> params,
            long userId,
            long accountId,
            @Nullable String wantedUuid,
            @Nullable String entityType,
            @Nullable Long entityId,
            @Nullable String entityUuid,
            @Nullable String eventType,
            @Nullable String eventDescription) {
        public CommandCall {
            params = Map.copyOf(params);
        }

        /** Parameters may hold passwords and are left out. */
        @Override
        public String toString() {
            return "CommandCall[" + commandName + ", user=" + userId + "]";
        }
    }
}
