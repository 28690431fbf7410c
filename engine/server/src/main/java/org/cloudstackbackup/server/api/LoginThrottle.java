/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords. Counts failures of a user name from an address, and of an address over all names; both
 * have some tries free, then wait for a time that doubles up to a bound. A user name by itself is never locked, so nobody can
 * lock out somebody who comes from elsewhere. Remembers a bounded number of sources and forgets those used longest ago.
 */
final class LoginThrottle {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Limit OF_NAME = new Limit(5, Duration.ofMinutes(1));
    private static final Limit OF_ADDRESS = new Limit(20, Duration.ofSeconds(10));
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final int MOST_SOURCES = 10_000;

    private final Clock clock;
    private final Map<Source, Failures> bySource = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Failures> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long the source has to wait before its password is even looked at; zero when it may try. */
    synchronized Duration waitFor(String username, String address) {
        Duration ofName = remaining(new Source(shortened(username), address));
        Duration ofAddress = remaining(new Source(null, address));
        return ofName.compareTo(ofAddress) > 0 ? ofName : ofAddress;
    }

    synchronized void failed(String username, String address) {
        count(new Source(shortened(username), address), OF_NAME);
        count(new Source(null, address), OF_ADDRESS);
    }

    /** Forgets the failures of that name from that address; those of the address's other names stay. */
    synchronized void succeeded(String username, String address) {
        bySource.remove(new Source(shortened(username), address));
    }

    synchronized int size() {
        return bySource.size();
    }

    private Duration remaining(Source source) {
        Failures failures = bySource.get(source);
        if (failures == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), failures.blockedUntil);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void count(Source source, Limit limit) {
        Instant now = clock.instant();
        Failures before = bySource.get(source);
        int count = before == null || before.last.plus(FORGOTTEN_AFTER).isBefore(now) ? 1 : before.count + 1;
        bySource.put(source, new Failures(count, now, now.plus(limit.waitAfter(count))));
    }

    private static String shortened(String username) {
        String name = username.toLowerCase(Locale.ROOT);
        return name.length() <= 255 ? name : name.substring(0, 255);
    }

    private record Source(@Nullable String username, String address) {}

    private record Failures(int count, Instant last, Instant blockedUntil) {}

    private record Limit(int freeTries, Duration longestWait) {
        Duration waitAfter(int failures) {
            if (failures < freeTries) {
                return Duration.ZERO;
            }
            int doublings = Math.min(failures - freeTries, 20);
            Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
            return wait.compareTo(longestWait) > 0 ? longestWait : wait;
        }
    }
}
