/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.restore.RestoreReport;

/**
 * What a restore did.
 *
 * @param run the run that was restored
 * @param fine whether nothing failed
 * @param counts objects by what was done with them, such as {@code created}
 * @param objects what was done with each, failures first; at most {@value #MOST_OBJECTS}
 * @param report key of the whole report in the bucket; empty for a dry run, and when it could not be kept
 */
public record Restored(String run, boolean fine, Map<String, Long> counts, List<Restored.Item> objects, String report) {
    /** The counts of objects that were written. */
    public static final Set<String> WRITTEN = Set.of("created", "updated", "recreated");

    static final int MOST_OBJECTS = 500;

    public Restored {
        counts = Map.copyOf(counts);
        objects = List.copyOf(objects);
    }

    /** What was done with one object; the detail may be empty. */
    public record Item(String key, String action, String detail) {}

    static Restored of(String run, boolean fine, RestoreReport report, String reportKey) {
        Map<String, Long> counts = new TreeMap<>();
        List<Item> failed = new ArrayList<>();
        List<Item> others = new ArrayList<>();
        report.results().forEach((key, result) -> {
            String action = result.action().name().toLowerCase(Locale.ROOT);
            counts.merge(action, 1L, Long::sum);
            List<Item> list = result.action() == RestoreReport.Action.FAILED ? failed : others;
            if (list.size() < MOST_OBJECTS) {
                list.add(new Item(key, action, result.detail()));
            }
        });
        failed.addAll(others);
        return new Restored(run, fine, counts, failed.subList(0, Math.min(MOST_OBJECTS, failed.size())), reportKey);
    }
}
