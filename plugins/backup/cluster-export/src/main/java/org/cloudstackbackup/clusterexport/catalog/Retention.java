/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.clusterexport.config.RetentionSettings;

/** Which runs may go: those older than the age, but never the newest complete ones, nor the newest of all, which the next run builds upon. */
public final class Retention {
    /** Dates in a store are whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final RetentionSettings settings;

    public Retention(RetentionSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /**
     * Ids of the runs to delete.
     *
     * @param runs ordered by sequence, oldest first
     * @param now the time of the clock that dated the runs
     */
    public Set<String> expired(List<RunRecord> runs, Instant now) {
        Set<String> expired = new HashSet<>();
        if (runs.isEmpty()) {
            return expired;
        }
        // A run that seems to come from the future has an age nobody knows: it stays, and takes no other's place.
        Instant future = now.plus(SLACK);
        List<RunRecord> complete = new ArrayList<>(runs.stream()
                .filter(run -> run.outcome() == Outcome.COMPLETE && !run.ended().isAfter(future))
                .toList());
        List<RunRecord> kept =
                complete.subList(Math.max(0, complete.size() - Math.max(1, settings.runs())), complete.size());
        RunRecord newest = runs.get(runs.size() - 1);
        Instant limit = now.minus(settings.age());
        for (RunRecord run : runs) {
            if (run.ended().isBefore(limit) && !kept.contains(run) && run != newest) {
                expired.add(run.id());
            }
        }
        return expired;
    }
}
