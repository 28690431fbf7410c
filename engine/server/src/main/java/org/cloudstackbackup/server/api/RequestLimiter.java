/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of each account from its first one until an interval has passed, as CloudStack does. In this server's memory
 * only; remembers no account for longer than the interval. Safe for use by many threads.
 */
public final class RequestLimiter {
    /** As many as CloudStack's cache holds; beyond that those counted longest are forgotten. */
    private static final int MOST_ACCOUNTS = 50_000;

    private final ApiRules rules;
    private final Clock clock;
    /** In the order in which their intervals began, so that those that have passed are at the front. */
    private final Map<Long, Window> byAccount = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Window> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };

    public RequestLimiter(ApiRules rules, Clock clock) {
        this.rules = requireNonNull(rules, "rules is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What an account may still do.
     *
     * @param issued calls in the present interval
     * @param allowed most calls in an interval; -1 while calls are not limited
     * @param resetIn until calls are counted anew
     */
    public record Usage(int issued, int allowed, Duration resetIn) {}

    /** Counts a call. Returns how long the caller has to wait, when it is one too many. Root admins are never refused. */
    Optional<Duration> count(Caller caller) {
        Optional<ApiRules.RequestLimit> limit = caller.isRootAdmin() ? Optional.empty() : rules.requestLimit();
        return limit.flatMap(found -> count(caller.account().id(), found));
    }

    public Usage usage(long accountId) {
        Optional<ApiRules.RequestLimit> limit = rules.requestLimit();
        if (limit.isEmpty()) {
            return new Usage(0, -1, Duration.ZERO);
        }
        synchronized (this) {
            Instant now = clock.instant();
            forget(now, limit.get().interval());
            Window window = byAccount.get(accountId);
            return window == null
                    ? new Usage(0, limit.get().calls(), limit.get().interval())
                    : new Usage(
                            window.calls,
                            limit.get().calls(),
                            window.left(now, limit.get().interval()));
        }
    }

    /** Forgets the calls of the account, or of all accounts. */
    public synchronized void reset(@Nullable Long accountId) {
        if (accountId == null) {
            byAccount.clear();
        } else {
            byAccount.remove(accountId);
        }
    }

    synchronized int size() {
        return byAccount.size();
    }

    private synchronized Optional<Duration> count(long accountId, ApiRules.RequestLimit limit) {
        Instant now = clock.instant();
        forget(now, limit.interval());
        Window window = byAccount.computeIfAbsent(accountId, id -> new Window(now));
        if (window.calls >= limit.calls()) {
            return Optional.of(window.left(now, limit.interval()));
        }
        window.calls++;
        return Optional.empty();
    }

    private void forget(Instant now, Duration interval) {
        Iterator<Window> oldestFirst = byAccount.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().hasPassed(now, interval)) {
            oldestFirst.remove();
        }
    }

    private static final class Window {
        private final Instant start;
        private int calls;

        Window(Instant start) {
            this.start = start;
        }

        /** Also when the clock was set back, so that nobody waits for a time long gone. */
        boolean hasPassed(Instant now, Duration interval) {
            return now.isBefore(start) || !now.isBefore(start.plus(interval));
        }

        Duration left(Instant now, Duration interval) {
            return Duration.between(now, start.plus(interval));
        }
    }
}
