/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

/** For whom a run is made, and who hears how it goes on. Called by several threads. */
public interface RunWatcher {
    /** Of a run that somebody started by hand or by schedule. */
    RunWatcher NOBODY = new RunWatcher() {
        @Override
        public String label() {
            return "";
        }

        @Override
        public void typeEnded(int ended, int all, String type) {
            // The log tells it.
        }
    };

    /** Kept in the run's record and shown by its lock, so that the run is known again; perhaps empty. */
    String label();

    /** Another type was listed to its end, or failed; its objects may still be on their way to the bucket. */
    void typeEnded(int ended, int all, String type);
}
