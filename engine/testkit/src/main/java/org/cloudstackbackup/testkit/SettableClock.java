/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when a test moves it. Safe for use by many threads. */
public final class SettableClock extends Clock {
    /** Where a new clock stands, so that tests can name whole dates. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Hands hands;
    private final ZoneId zone;

    /** A clock in UTC that stands at {@link #START}. */
    public SettableClock() {
        this(START);
    }

    /** A clock in UTC that stands at the instant given. */
    public SettableClock(Instant start) {
        this(new Hands(requireNonNull(start, "start is null")), ZoneOffset.UTC);
    }

    private SettableClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    /**
     * Moves on and returns the new time.
     *
     * @param by not negative; use {@link #set} to go back
     */
    public Instant advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("advance goes forward only, got " + by);
        }
        return hands.advance(by);
    }

    /** Puts the clock at any time, also an earlier one. */
    public void set(Instant instant) {
        hands.set(requireNonNull(instant, "instant is null"));
    }

    @Override
    public Instant instant() {
        return hands.instant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, read in another zone: both move together. */
    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(hands, requireNonNull(other, "other is null"));
    }

    @Override
    public String toString() {
        return "SettableClock[" + instant() + "]";
    }

    /** The time that a clock and its copies in other zones share. */
    private static final class Hands {
        private Instant now;

        Hands(Instant now) {
            this.now = now;
        }

        synchronized Instant instant() {
            return now;
        }

        synchronized Instant advance(Duration by) {
            now = now.plus(by);
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }
    }
}
