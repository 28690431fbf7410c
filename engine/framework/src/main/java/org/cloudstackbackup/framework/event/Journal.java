/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.event;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.framework.event.Events.Level;
import org.cloudstackbackup.framework.event.Events.NewEvent;
import org.cloudstackbackup.framework.event.Events.State;
import org.cloudstackbackup.framework.identity.Owner;

/** Events in the words that backup and recovery needs. Joins an open transaction, as {@link Events} does. */
public final class Journal {
    private final Events events;

    public Journal(Events events) {
        this.events = requireNonNull(events, "events is null");
    }

    /** Work was accepted. */
    public void scheduled(String type, String text, long userId, Subject subject) {
        write(type, State.Scheduled, Level.INFO, text, userId, subject);
    }

    /** The product works on it. */
    public void started(String type, String text, long userId, Subject subject) {
        write(type, State.Started, Level.INFO, text, userId, subject);
    }

    /** Done. */
    public void completed(String type, String text, long userId, Subject subject) {
        write(type, State.Completed, Level.INFO, text, userId, subject);
    }

    /** Done, though not all of it. */
    public void completedWithWarning(String type, String text, long userId, Subject subject) {
        write(type, State.Completed, Level.WARN, text, userId, subject);
    }

    /** Ended badly; the text tells the cause. */
    public void failed(String type, String text, long userId, Subject subject) {
        write(type, State.Completed, Level.ERROR, text, userId, subject);
    }

    private void write(String type, State state, Level level, String text, long userId, Subject subject) {
        events.record(new NewEvent(
                type,
                state,
                level,
                text,
                userId,
                subject.owner(),
                subject.type(),
                subject.id(),
                subject.uuid(),
                subject.name(),
                null));
    }

    /** What an event is about, and who may see it. */
    public record Subject(String type, long id, String uuid, String name, Owner owner) {}
}
