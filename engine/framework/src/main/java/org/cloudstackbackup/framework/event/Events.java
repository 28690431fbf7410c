/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.event;

import java.util.List;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/** Writes down what happened. Joins an open transaction, so that an event and what it tells of are kept or lost together. */
public interface Events {
    /** Returns the event's id, to be named as the start of later events of the same work. */
    long record(NewEvent event);

    /** Writes many down at once; what they began is not told. */
    void recordAll(List<NewEvent> events);

    /** How bad it is; the names are CloudStack's. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** CloudStack's states of an event. */
    enum State {
        Created,
        Scheduled,
        Started,
        Completed
    }

    /**
     * What happened.
     *
     * @param type CloudStack's event type, such as {@code BACKUP.CREATE}
     * @param description a sentence; cut at 1024 characters
     * @param userId who did it
     * @param owner who may see it
     * @param resourceType CloudStack's name of the kind of object, such as {@code VirtualMachine}
     * @param startId the first event of the same work
     */
    record NewEvent(
            String type,
            State state,
            Level level,
            String description,
            long userId,
            Owner owner,
            @Nullable String resourceType,
            @Nullable Long resourceId,
            @Nullable String resourceUuid,
            @Nullable String resourceName,
            @Nullable Long startId) {}
}
