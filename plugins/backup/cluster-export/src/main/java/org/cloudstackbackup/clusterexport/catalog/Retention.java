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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.config.RetentionSettings;

/**
 * Which runs may go: those older than the age, but never the newest complete ones of each selection, nor the newest of all, which the next run builds
 * upon. A run of a few namespaces is complete, too, and must not take the place of one of everything.
 */
public final class Retention {
    /** Dates in a store are whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final RetentionSettings settings;
    private final boolean othersToo;

    public Retention(RetentionSettings settings) {
        this(settings, false);
    }

    /** With {@code othersToo} only the selection of the newest complete run counts, and what is kept for others may go. */
    public Retention(RetentionSettings settings, boolean othersToo) {
        this.settings = requireNonNull(settings, "settings is null");
        this.othersToo = othersToo;
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
        List<RunRecord> complete = runs.stream()
                .filter(run -> run.outcome() == Outcome.COMPLETE && !run.ended().isAfter(future))
                .toList();
        Set<String> kept = kept(complete);
        RunRecord newest = runs.get(runs.size() - 1);
        Instant limit = now.minus(settings.age());
        for (RunRecord run : runs) {
            if (run.ended().isBefore(limit) && !kept.contains(run.id()) && run != newest) {
                expired.add(run.id());
            }
        }
        return expired;
    }

    private Set<String> kept(List<RunRecord> complete) {
        Map<RunRecord.Source, Integer> found = new HashMap<>();
        Set<String> kept = new HashSet<>();
        for (int i = complete.size() - 1; i >= 0; i--) {
            RunRecord run = complete.get(i);
            boolean counts = !othersToo
                    || run.source().equals(complete.get(complete.size() - 1).source());
            if (counts && found.merge(run.source(), 1, Integer::sum) <= Math.max(1, settings.runs())) {
                kept.add(run.id());
            }
        }
        return kept;
    }
}
