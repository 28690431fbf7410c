/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * A run that is in the bucket.
 *
 * @param outcome {@code complete} or {@code partial}
 * @param objects how many objects the run has
 * @param uploaded how many of them were new or changed
 * @param skipped objects that the settings leave out, and invalid ones
 * @param failed objects that could not be stored
 * @param vanished objects of the run before that are gone
 * @param problems what is missing in a partial run; at most {@value #MOST_PROBLEMS}
 */
public record ExportedRun(
        String id,
        String outcome,
        Instant started,
        Instant ended,
        long objects,
        long namespaces,
        long uploaded,
        long unchanged,
        long skipped,
        long failed,
        long vanished,
        List<String> problems) {
    static final int MOST_PROBLEMS = 100;

    public ExportedRun {
        problems = List.copyOf(problems);
    }

    /** Some runs, newest first, and how many there are. */
    public record Page(List<ExportedRun> runs, long total) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    public boolean isComplete() {
        return outcome.equals("complete");
    }

    static ExportedRun of(RunRecord record) {
        Map<String, @Nullable Object> totals = JsonTree.map(record.report(), "totals");
        return new ExportedRun(
                record.id(),
                record.outcome().label(),
                record.started(),
                record.ended(),
                count(totals, "total_resources"),
                count(totals, "total_namespaces"),
                count(totals, "uploaded"),
                count(totals, "unchanged"),
                count(totals, "skipped") + count(totals, "invalid"),
                count(totals, "failed"),
                count(totals, "vanished"),
                problems(record.report()));
    }

    private static long count(Map<String, @Nullable Object> totals, String name) {
        return totals.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static List<String> problems(Map<String, ?> report) {
        List<String> problems = new ArrayList<>();
        Map<String, @Nullable Object> types = JsonTree.map(report, "types");
        for (String type : types.keySet()) {
            String error = JsonTree.text(JsonTree.map(types, type), "error");
            if (!error.isEmpty()) {
                problems.add("type " + type + ": " + error);
            }
        }
        JsonTree.map(report, "missing_groups")
                .forEach((group, reason) -> problems.add("group " + group + ": " + reason));
        for (Map<String, @Nullable Object> failure : JsonTree.maps(report, "failures")) {
            problems.add(JsonTree.text(failure, "type") + " " + JsonTree.text(failure, "namespace") + "/"
                    + JsonTree.text(failure, "name") + ": " + JsonTree.text(failure, "error"));
        }
        return problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
    }
}
