/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Decides whether a failed call is tried again, and waits before it. Half of each wait is drawn, so that clients spread. */
final class Repeater {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** A server that asks for more patience than this is taken as unavailable. */
    private static final Duration MOST_PATIENCE = Duration.ofMinutes(2);

    private final int attempts;
    private final Pause pause;

    Repeater(int attempts, Pause pause) {
        this.attempts = attempts;
        this.pause = requireNonNull(pause, "pause is null");
    }

    /** True when another try may help and does no harm, as far as this class knows; {@code attempt} counts from 1. */
    boolean again(PxBackupException e, Call.Repeat repeat, int attempt) {
        Duration asked = e.retryAfter();
        if (attempt >= attempts || (asked != null && asked.compareTo(MOST_PATIENCE) > 0)) {
            return false;
        }
        return isPassing(e) || (repeat == Call.Repeat.READ && e.httpStatus() == 500);
    }

    /** True for a failure after which nobody knows whether the call was done, or that passes. */
    static boolean isPassing(PxBackupException e) {
        return switch (e.reason()) {
            case UNREACHABLE, TIMEOUT, THROTTLED, UNAVAILABLE -> true;
            default -> false;
        };
    }

    /** Waits before the next try. */
    void await(@Nullable Duration asked, int attempt) {
        Duration base = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration capped = base.compareTo(LONGEST) > 0 ? LONGEST : base;
        long half = capped.toMillis() / 2;
        Duration drawn = Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
        sleep(asked == null ? drawn : asked.plus(drawn.dividedBy(4)));
    }

    void sleep(Duration length) {
        try {
            pause.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PxBackupException(Reason.INTERRUPTED, "The wait for PX-Backup was interrupted", e);
        }
    }
}
