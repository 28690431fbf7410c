/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts while a comparison runs; read by the thread that renews the lease while the comparing one writes. */
final class Tally {
    /** More VMs than this with bad points, and the listing as a whole is no proof of anything. */
    private static final int MOST_SPOILED = 1000;

    private static final int LONGEST_ERROR = 1000;

    private final Set<String> spoiledVms = new HashSet<>();
    private final StringBuilder problems = new StringBuilder();
    private boolean spoiled;
    private long pages;
    private long points;
    private long adopted;
    private long updated;
    private long removed;
    private long missing;
    private long unknown;
    private long unplaced;
    private long left;
    private long bad;

    synchronized void page(int size) {
        pages++;
        points += size;
    }

    synchronized void adopted(long count) {
        adopted += count;
    }

    synchronized void updated(long count) {
        updated += count;
    }

    synchronized void removed(long count) {
        removed += count;
    }

    synchronized void missing(long count) {
        missing = count;
    }

    synchronized void unknown() {
        unknown++;
    }

    synchronized void unplaced() {
        unplaced++;
    }

    synchronized void left(long count) {
        left += count;
    }

    /** A point that cannot be used: the listing proves nothing for its VM, or for none when it does not tell the VM. */
    synchronized void bad(@Nullable String vmUuid, String problem) {
        bad++;
        problem(problem);
        if (vmUuid == null || spoiledVms.size() >= MOST_SPOILED) {
            spoiled = true;
        } else {
            spoiledVms.add(vmUuid);
        }
    }

    /** Something to tell that spoils no VM. */
    synchronized void problem(String text) {
        if (problems.length() < LONGEST_ERROR) {
            problems.append(problems.isEmpty() ? "" : "; ").append(text);
        }
    }

    /** Whether the listing proves nothing at all. */
    synchronized boolean isSpoiled() {
        return spoiled;
    }

    /** Uuids of VMs for which the listing proves nothing. */
    synchronized List<String> spoiledVms() {
        return List.copyOf(spoiledVms);
    }

    synchronized @Nullable String problems() {
        if (problems.isEmpty()) {
            return null;
        }
        return problems.length() <= LONGEST_ERROR ? problems.toString() : problems.substring(0, LONGEST_ERROR) + "...";
    }

    synchronized SyncCounts counts() {
        return new SyncCounts(pages, points, adopted, updated, removed, missing, unknown, unplaced, left, bad);
    }
}
