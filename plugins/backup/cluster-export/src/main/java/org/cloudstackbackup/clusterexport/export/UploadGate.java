/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import org.cloudstackbackup.clusterexport.call.Stopped;

/** Lets as many uploads in as {@link UploadPace} wants. Safe for use by many threads. */
final class UploadGate {
    /** What it takes to store this much is about what it takes to store anything. */
    private static final double BYTES_OF_ONE = 64 << 10;

    private final UploadPace pace;
    private int inside;
    private int waiting;

    UploadGate(int most) {
        pace = new UploadPace(most, System.nanoTime());
    }

    /** Returns when there is a place, to be given back by {@link #leave}. */
    synchronized void enter() {
        waiting++;
        try {
            while (inside >= pace.allowed()) {
                wait();
            }
            inside++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped before an upload");
        } finally {
            waiting--;
        }
    }

    /** Gives the place back after so many bytes. */
    synchronized void leave(long bytes) {
        inside--;
        pace.ended(1 + bytes / BYTES_OF_ONE, waiting > 0, System.nanoTime());
        for (int free = pace.allowed() - inside; free > 0; free--) {
            notify();
        }
    }
}
