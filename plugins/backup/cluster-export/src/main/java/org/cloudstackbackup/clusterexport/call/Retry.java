/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries calls again while their error class allows it, waiting longer each time, with jitter, and at least as long as the server asked.
 *
 * <p>Safe for use by many threads.
 */
public final class Retry {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration LONGEST_SERVER_WAIT = Duration.ofMinutes(5);

    private final int attempts;
    private final Duration delay;
    private final Waiter waiter;
    private final Listener listener;

    /** Waits; a test's records instead. */
    @FunctionalInterface
    public interface Waiter {
        void await(Duration time) throws InterruptedException;
    }

    /** Hears of each failure that is followed by another attempt. */
    @FunctionalInterface
    public interface Listener {
        void retrying(String what, int attempt, Duration wait, CallFailed failure);
    }

    /** {@code attempts} counts the tries after the first; 0 means one call. */
    public Retry(int attempts, Duration delay, Waiter waiter, Listener listener) {
        this.attempts = attempts;
        this.delay = requireNonNull(delay, "delay is null");
        this.waiter = requireNonNull(waiter, "waiter is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** The call's result, or its last failure. */
    public <T> T call(String what, Supplier<T> call) {
        for (int failed = 0; ; failed++) {
            try {
                return call.get();
            } catch (CallFailed e) {
                if (!e.errorClass().retryable() || failed >= attempts) {
                    throw e;
                }
                pause(what, failed, e);
            }
        }
    }

    /** Tells of a failed call that is no attempt of {@link #call}, and is followed by one at once. */
    public void tell(String what, CallFailed failure) {
        listener.retrying(what, 1, Duration.ZERO, failure);
    }

    /** Waits as after the given number of failures before. */
    public void pause(String what, int failed, CallFailed failure) {
        Duration wait = waitAfter(failed, failure);
        listener.retrying(what, failed + 1, wait, failure);
        try {
            waiter.await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped while waiting to try again: " + what);
        }
    }

    public int attempts() {
        return attempts;
    }

    private Duration waitAfter(int failed, CallFailed failure) {
        long grown = Math.min(delay.toMillis() << Math.min(failed, 20), LONGEST_WAIT.toMillis());
        // Between half and all of it, so that many callers do not come back at once.
        long jittered = grown / 2 + ThreadLocalRandom.current().nextLong(grown / 2 + 1);
        long asked = failure.retryAfter()
                .map(time -> Math.min(time.toMillis(), LONGEST_SERVER_WAIT.toMillis()))
                .orElse(0L);
        return Duration.ofMillis(Math.max(jittered, asked));
    }
}
