/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.UUID;
import org.cloudstackbackup.clusterexport.call.CallFailed;

/**
 * Which restore this is an attempt at, and how long it waits.
 *
 * @param id the same for all attempts at one restore, which so know the objects that an earlier attempt made; at most 100 printable characters
 * @param patience the longest wait until an object is gone, or until the API server serves a new type
 * @param guard runs before each write, and fails with {@link CallFailed} when nothing may be written any more
 */
public record Attempt(String id, Duration patience, Runnable guard) {
    private static final int LONGEST_ID = 100;
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(1);

    public Attempt {
        requireNonNull(patience, "patience is null");
        requireNonNull(guard, "guard is null");
        if (!id.matches("[\\x21-\\x7e]{1," + LONGEST_ID + "}")) {
            throw new IllegalArgumentException("'" + id + "' is no id of a restore");
        }
    }

    /** An attempt at a restore, with the usual patience. */
    public static Attempt of(String id, Runnable guard) {
        return new Attempt(id, USUAL_PATIENCE, guard);
    }

    /** The only attempt at a restore that nobody will go on with. */
    static Attempt only() {
        return of(UUID.randomUUID().toString(), () -> {});
    }

    /** @throws WritesEnded when nothing may be written any more */
    void permitWrite() {
        try {
            guard.run();
        } catch (CallFailed e) {
            throw new WritesEnded(e);
        }
    }

    /** Who wrote an object, as the API server notes it; this marks what is ours without changing what was exported. */
    String fieldManager() {
        return "cluster-export-" + id;
    }
}
