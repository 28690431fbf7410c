/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import org.cloudstackbackup.clusterexport.call.Stopped;

/**
 * Room for objects that wait in memory. Once it was full, nothing more comes in before it is nearly empty, so that the API server has work for short
 * times and rests between them, instead of one object at a time all along. Safe for use by many threads.
 */
final class QueueRoom {
    private final int most;
    private final int few;
    private int used;
    private boolean full;

    /** {@code few} of {@code most} are nearly empty. */
    QueueRoom(int most, int few) {
        this.most = most;
        this.few = few;
    }

    /** Returns when there is room, to be given back; what is larger than all of it takes all of it. */
    synchronized int take(int amount) {
        int taken = Math.min(most, amount);
        try {
            while (full || used + taken > most) {
                full = true;
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped before an upload");
        }
        used += taken;
        return taken;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void give(int taken) {
        used -= taken;
        if (full && used <= few) {
            full = false;
            notifyAll();
        }
    }
}
