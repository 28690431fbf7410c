/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cloudstackbackup.clusterexport.call.Stopped;

/**
 * Room for what waits in memory. Whoever brings much at once can wait until it is nearly empty, and others until it was brought: so the API server has
 * work for short times, which it does not share with us, and rests between them, instead of one object at a time all along. Safe for use by many threads.
 */
final class QueueRoom {
    private static final int NEARLY_EMPTY = 8;
    /** So little that nobody is slowed down but by those who bring it. */
    private static final int HARDLY_ANY = 32;
    /** One turn follows the other within such a time, or there is none. */
    private static final long BETWEEN_NANOS = 50_000_000;
    /** An API server that takes longer to fill the room is what a run waits for, and whoever waits for it loses time. */
    static final long BURST_NANOS = 3_000_000_000L;

    private final int most;
    private final LongSupplier clock;
    private int used;
    private int turns;
    /** Whether one of them had to wait for room since the last one began. */
    private boolean held;
    /** When the last turn ended, if there is none. */
    private long ended;
    /** Since when more waits than is soon done. */
    private long filled;

    QueueRoom(int most) {
        this(most, System::nanoTime);
    }

    /** {@code clock} tells nanoseconds. */
    QueueRoom(int most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
        this.ended = clock.getAsLong() - BETWEEN_NANOS;
    }

    /** Returns when there is room, with what was taken, to be given back; what is larger than all of it takes all of it. */
    synchronized int take(long amount) {
        int taken = (int) Math.min(most, amount);
        try {
            while (used > most - taken) {
                if (!held) {
                    held = true;
                    notifyAll();
                }
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped();
        }
        boolean before = isFilling();
        used += taken;
        if (!before && isFilling()) {
            filled = clock.getAsLong();
        }
        return taken;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void give(int taken) {
        used -= taken;
        notifyAll();
    }

    /** Whether more waits than is soon done. */
    private boolean isFilling() {
        return used > most / NEARLY_EMPTY;
    }

    /** Who brings much at once, and is done when it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Returns when much may be brought: while a quarter is free, or else when it is nearly empty; and one after another, but for those who find hardly
     * anything.
     */
    synchronized Turn awaitTurn() {
        try {
            boolean full = false;
            while (used > most / HARDLY_ANY) {
                full |= used > most - most / 4;
                if (turns == 0 && !(full && isFilling())) {
                    break;
                }
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped();
        }
        turns++;
        held = false;
        return this::endTurn;
    }

    private synchronized void endTurn() {
        turns--;
        ended = clock.getAsLong();
        notifyAll();
    }

    /** Whether much is brought now, of which more waits already than is soon done; it ends by itself, at the latest {@link #BURST_NANOS} after it began. */
    synchronized boolean isBurst() {
        return burstNanos() > 0;
    }

    /** How long it may last if nothing happens. */
    private long burstNanos() {
        if (!isFilling() || held) {
            return 0;
        }
        long now = clock.getAsLong();
        long left = filled + BURST_NANOS - now;
        return turns > 0 ? left : Math.min(left, ended + BETWEEN_NANOS - now);
    }

    /** Returns when there is no {@link #isBurst burst}, with whether there was one. */
    synchronized boolean awaitBurst() {
        boolean any = false;
        try {
            for (long left = burstNanos(); left > 0; left = burstNanos()) {
                any = true;
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw stopped();
        }
        return any;
    }

    private static Stopped stopped() {
        Thread.currentThread().interrupt();
        return new Stopped("Stopped before an upload");
    }
}
