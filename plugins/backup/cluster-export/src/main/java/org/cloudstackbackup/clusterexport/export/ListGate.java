/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import org.cloudstackbackup.clusterexport.call.Stopped;

/** How many lists are in flight: halved when the API server asks for less, one more after each list that went well. */
final class ListGate {
    private final int most;
    private int allowed;
    private int inside;

    ListGate(int most) {
        this.most = most;
        this.allowed = most;
    }

    synchronized void enter() {
        try {
            while (inside >= allowed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped before a list");
        }
        inside++;
    }

    /** Whether one more may go on now. */
    synchronized boolean isOpen() {
        return inside < allowed;
    }

    /** Enters if it need not wait. */
    synchronized boolean tryEnter() {
        if (inside >= allowed) {
            return false;
        }
        inside++;
        return true;
    }

    /** {@code throttled} if the server asked for less, {@code whole} if the list was read to its end, as far as it goes. */
    synchronized void leave(boolean throttled, boolean whole) {
        inside--;
        if (throttled) {
            allowed = Math.max(1, allowed / 2);
        } else if (whole) {
            allowed = Math.min(most, allowed + 1);
        }
        notifyAll();
    }
}
