/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import static java.util.Objects.requireNonNull;

/**
 * For whom something is done.
 *
 * @param label the same in each attempt at the same work, and at no other: kept with what the work makes, and shown by its lock
 * @param again whether there was an attempt before, of which nobody knows how far it came
 * @param watcher hears how it goes on
 */
public record Task(String label, boolean again, Watcher watcher) {
    public Task {
        requireNonNull(watcher, "watcher is null");
        if (!label.matches("[a-z0-9-]{8,80}")) {
            throw new IllegalArgumentException("'" + label + "' is no label");
        }
    }

    /** Hears how far the work is; called by several threads. */
    @FunctionalInterface
    public interface Watcher {
        /** @param percent 0 to 100, growing */
        void progress(int percent, String message);
    }
}
