/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import org.cloudstackbackup.clusterexport.call.Stopped;

/**
 * Room for what waits in memory. Whoever brings much at once can wait until it is nearly empty, so that the API server has work for short times and
 * rests between them, instead of one object at a time all along. Safe for use by many threads.
 */
final class QueueRoom {
    private static final int NEARLY_EMPTY = 8;

    private final int most;
    private int used;
    private int turns;

    QueueRoom(int most) {
        this.most = most;
    }

    /** Returns when there is room, with what was taken, to be given back; what is larger than all of it takes all of it. */
    synchronized int take(long amount) {
        int taken = (int) Math.min(most, amount);
        try {
            while (used > most - taken) {
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped();
        }
        used += taken;
        return taken;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void give(int taken) {
        used -= taken;
        notifyAll();
    }

    /** Whether more waits than is soon done. */
    synchronized boolean isFilling() {
        return used > most / NEARLY_EMPTY;
    }

    /** Who brings much at once, and is done when it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Returns when much may be brought: while a quarter is free, or else when it is nearly empty; and one after another, but for those who wait when it is
     * nearly empty.
     */
    synchronized Turn awaitTurn() {
        try {
            boolean full = false;
            while (isFilling()) {
                full |= used > most - most / 4;
                if (!full && turns == 0) {
                    break;
                }
                wait();
            }
        } catch (InterruptedException e) {
            throw stopped();
        }
        turns++;
        return this::endTurn;
    }

    private synchronized void endTurn() {
        turns--;
        notifyAll();
    }

    private static Stopped stopped() {
        Thread.currentThread().interrupt();
        return new Stopped("Stopped before an upload");
    }
}
