/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many threads wait for products at a time, for one product in one zone and in all: products that answer after minutes,
 * or never, must leave threads for the others and for all other work. Safe for use by many threads.
 *
 * <p>The first slot of each product in a zone comes from a reserve of its own as long as that lasts, so that products that took all
 * others and never answer hold up nobody else.
 */
final class CallSlots {
    private final int perTarget;
    private final Semaphore all;
    private final Semaphore firsts;
    private final Clock clock;
    private final Map<Key, Target> targets = new ConcurrentHashMap<>();

    /**
     * @param inAll beside the reserve
     * @param reserve how many products in a zone have their first slot beside all others
     */
    CallSlots(int perTarget, int inAll, int reserve, Clock clock) {
        this.perTarget = perTarget;
        this.all = new Semaphore(inAll, true);
        this.firsts = new Semaphore(reserve, true);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A slot as soon as there is one; empty when there is none for so long, or when the thread is interrupted. */
    Optional<Drivers.Slot> take(String provider, long zoneId, Duration patience) {
        Target target = target(provider, zoneId);
        Optional<Drivers.Slot> slot = take(target, System.nanoTime() + patience.toNanos());
        if (slot.isPresent()) {
            target.refusedSince = null;
        } else if (target.refusedSince == null) {
            target.refusedSince = clock.instant();
        }
        return slot;
    }

    /** For how long the product has had no slot for anybody who asked; zero when the last one who asked got it. */
    Duration refusedFor(String provider, long zoneId) {
        Instant since = target(provider, zoneId).refusedSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    private Optional<Drivers.Slot> take(Target target, long deadline) {
        if (!acquired(target.own, deadline)) {
            return Optional.empty();
        }
        if (target.first.compareAndSet(false, true)) {
            if (firsts.tryAcquire()) {
                return Optional.of(() -> {
                    firsts.release();
                    target.first.set(false);
                    target.own.release();
                });
            }
            target.first.set(false);
        }
        if (!acquired(all, deadline)) {
            target.own.release();
            return Optional.empty();
        }
        return Optional.of(() -> {
            all.release();
            target.own.release();
        });
    }

    /** False also when the thread is interrupted, which it stays. */
    private static boolean acquired(Semaphore semaphore, long deadline) {
        try {
            return semaphore.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Target target(String provider, long zoneId) {
        requireNonNull(provider, "provider is null");
        return targets.computeIfAbsent(new Key(provider, zoneId), key -> new Target(perTarget));
    }

    private record Key(String provider, long zoneId) {}

    private static final class Target {
        private final Semaphore own;
        /** Whether a slot of the reserve is held. */
        private final AtomicBoolean first = new AtomicBoolean();

        private volatile @Nullable Instant refusedSince;

        Target(int slots) {
            this.own = new Semaphore(slots, true);
        }
    }
}
