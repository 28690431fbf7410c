/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.time;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is to happen later, in order of time. Nothing happens by itself: {@link #catchUp} lets everything happen that is due,
 * each at the time it was planned for. Not for many threads; its owner holds a lock.
 */
public final class Timeline {
    private final Clock clock;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::time).thenComparing(Event::order));
    private Instant now;
    private long planned;

    public Timeline(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
        this.now = clock.instant();
    }

    /** The time of the event that is happening, or that of the last {@link #catchUp}. */
    public Instant now() {
        return now;
    }

    /** Plans something; at once counts as later. */
    public void after(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    /** Plans something for a time; a time that is past counts as now. */
    public void at(Instant time, Runnable action) {
        events.add(new Event(time.isBefore(now) ? now : time, planned++, action));
    }

    /** Lets everything happen that is due by the clock. */
    public void catchUp() {
        Instant until = clock.instant();
        for (Event next = events.peek(); next != null && !next.time().isAfter(until); next = events.peek()) {
            events.remove();
            now = next.time();
            next.action().run();
        }
        if (until.isAfter(now)) {
            now = until;
        }
    }

    /** Forgets everything that was planned. */
    public void clear() {
        events.clear();
    }

    private record Event(Instant time, long order, Runnable action) {}
}
