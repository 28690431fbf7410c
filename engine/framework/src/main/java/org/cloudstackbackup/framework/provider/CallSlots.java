/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many threads wait for products at a time, for one product in one zone and in all: products that answer after minutes,
 * or never, must leave threads for the others and for all other work. Safe for use by many threads.
 */
final class CallSlots {
    private final int perTarget;
    private final Semaphore all;
    private final Map<Target, Semaphore> targets = new ConcurrentHashMap<>();

    CallSlots(int perTarget, int inAll) {
        this.perTarget = perTarget;
        this.all = new Semaphore(inAll, true);
    }

    /** A slot as soon as there is one; empty when there is none for so long, or when the thread is interrupted. */
    Optional<Drivers.Slot> take(String provider, long zoneId, Duration patience) {
        requireNonNull(provider, "provider is null");
        Semaphore own = targets.computeIfAbsent(new Target(provider, zoneId), key -> new Semaphore(perTarget, true));
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!own.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            if (!all.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                own.release();
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return Optional.of(() -> {
            all.release();
            own.release();
        });
    }

    private record Target(String provider, long zoneId) {}
}
