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
    private final int most;
    private int used;

    QueueRoom(int most) {
        this.most = most;
    }

    /** Returns when there is room, with what was taken, to be given back; what is larger than all of it takes all of it. */
    synchronized int take(long amount) {
        int taken = (int) Math.min(most, amount);
        awaitUsed(most - taken);
        used += taken;
        return taken;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void give(int taken) {
        used -= taken;
        notifyAll();
    }

    /** Returns at once while half of it is free, and else when three quarters are. */
    synchronized void awaitMuch() {
        if (used > most / 2) {
            awaitUsed(most / 4);
        }
    }

    private void awaitUsed(int atMost) {
        try {
            while (used > atMost) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped before an upload");
        }
    }
}
