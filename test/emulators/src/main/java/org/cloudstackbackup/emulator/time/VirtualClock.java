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
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs {@code factor} times as fast as the real one, stands still at factor 0, and can be moved. For many threads. */
public final class VirtualClock extends Clock {
    private Instant base;
    private long baseNanos;
    private double factor;

    /**
     * @param start what the clock shows now
     * @param factor 1 runs like the real clock, 0 moves only by {@link #advance}
     */
    public VirtualClock(Instant start, double factor) {
        this.base = requireNonNull(start, "start is null");
        this.baseNanos = System.nanoTime();
        this.factor = checked(factor);
    }

    @Override
    public synchronized Instant instant() {
        return base.plusNanos((long) ((System.nanoTime() - baseNanos) * factor));
    }

    /** How fast the clock runs. */
    public synchronized double factor() {
        return factor;
    }

    /** Moves the clock forward; it goes on from there as fast as before. */
    public synchronized void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("The clock does not go backwards: " + step);
        }
        rebase(instant().plus(step));
    }

    /** Sets the clock; earlier times are refused, because what has happened stays. */
    public synchronized void set(Instant time) {
        if (time.isBefore(instant())) {
            throw new IllegalArgumentException("The clock does not go backwards, to " + time);
        }
        rebase(time);
    }

    /** Changes how fast the clock runs from now on. */
    public synchronized void factor(double changed) {
        rebase(instant());
        factor = checked(changed);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The emulator's clock is in UTC");
    }

    private void rebase(Instant time) {
        base = time;
        baseNanos = System.nanoTime();
    }

    private static double checked(double factor) {
        if (!(factor >= 0 && factor <= 100_000)) {
            throw new IllegalArgumentException("The clock's factor is 0 to 100000, not " + factor);
        }
        return factor;
    }
}
