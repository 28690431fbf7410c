/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.setting.FrameworkSettings;

/**
 * Makes of schedules whose time has come runs, begins them as far as the caps allow, learns how they ended, and removes backups
 * beyond the number to keep. All that it knows is in the database: it may be called at any time, by several nodes at once, and
 * after the death of any of them.
 */
public final class ScheduleRuns {
    private static final Logger LOG = LogManager.getLogger(ScheduleRuns.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Ports ports;
    private final DueSlots slots;
    private final RunStarts starts;
    private final RunEnds ends;
    private final Retention retention;

    ScheduleRuns(Ports ports) {
        this.ports = ports;
        this.slots = new DueSlots(ports);
        this.starts = new RunStarts(ports);
        this.ends = new RunEnds(ports);
        this.retention = new Retention(ports);
    }

    /** Does what can be done now. A part that fails does not keep the others from their work. */
    public void poll() {
        guarded("learn how scheduled backups ended", ends::settle);
        guarded("queue scheduled backups", slots::queue);
        guarded("begin scheduled backups", starts::begin);
        guarded("remove backups beyond the number to keep", retention::sweep);
    }

    /** Makes runs of all schedules whose time has come, and returns how many; begins none of them. */
    public int queueDue() {
        return slots.queue();
    }

    /** When to poll again; sooner as long as runs wait for others to end. */
    public Duration pause() {
        if (ports.schedules().hasWaiting()) {
            return SHORTEST;
        }
        long seconds = Long.parseLong(ports.settings().value(FrameworkSettings.SCHEDULE_POLL_INTERVAL));
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    private static void guarded(String what, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.warn("Could not {}; it is tried again at the next look", what, e);
        }
    }
}
