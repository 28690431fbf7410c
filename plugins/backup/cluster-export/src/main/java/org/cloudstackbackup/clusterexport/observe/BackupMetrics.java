/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics with the documented names, in Prometheus' text format. The names are written here and not by a library, because libraries refuse a
 * gauge called {@code ..._total}. All series are there from the start, without labels, so that the documented queries always find both sides.
 *
 * <p>Safe for use by many threads. Totals can be taken over from an earlier process.
 */
public final class BackupMetrics {
    private static final double[] BUCKETS = {1, 5, 10, 30, 60, 120, 300, 600, 1200, 3600};

    private final long[] buckets = new long[BUCKETS.length];
    private final Map<String, Long> runs = new TreeMap<>(Map.of("complete", 0L, "partial", 0L, "failed", 0L));
    private long durations;
    private double durationSum;
    private double lastDuration;
    private long errors;
    private long cleanupErrors;
    private long resources;
    private long lastSuccess;
    private long lastRun;
    private long namespaces;

    /** Counts a run that ended; {@code lastSuccess} moves only with a complete one. */
    public synchronized void ended(String outcome, Duration took, long stored, int namespaceCount, Instant at) {
        double seconds = took.toMillis() / 1000.0;
        for (int i = 0; i < BUCKETS.length; i++) {
            if (seconds <= BUCKETS[i]) {
                buckets[i]++;
            }
        }
        durations++;
        durationSum += seconds;
        lastDuration = seconds;
        resources += stored;
        lastRun = at.getEpochSecond();
        runs.merge(outcome, 1L, Long::sum);
        if (outcome.equals("complete")) {
            lastSuccess = at.getEpochSecond();
        } else {
            errors++;
        }
        if (!outcome.equals("failed")) {
            namespaces = namespaceCount;
        }
    }

    /** Counts a cleanup that failed. */
    public synchronized void cleanupFailed() {
        cleanupErrors++;
    }

    /** What a later process takes over. */
    public synchronized Map<String, Object> totals() {
        Map<String, Object> totals = new LinkedHashMap<>();
        for (int i = 0; i < BUCKETS.length; i++) {
            totals.put("le_" + text(BUCKETS[i]), buckets[i]);
        }
        totals.put("durations", durations);
        totals.put("duration_sum", durationSum);
        totals.put("last_duration", lastDuration);
        totals.put("errors", errors);
        totals.put("cleanup_errors", cleanupErrors);
        totals.put("resources", resources);
        totals.put("last_success", lastSuccess);
        totals.put("last_run", lastRun);
        totals.put("namespaces", namespaces);
        runs.forEach((outcome, count) -> totals.put("runs_" + outcome, count));
        return totals;
    }

    /** Goes on from the totals of an earlier process; what is unknown stays 0. */
    public synchronized void takeOver(Map<String, ?> totals) {
        for (int i = 0; i < BUCKETS.length; i++) {
            buckets[i] = whole(totals, "le_" + text(BUCKETS[i]));
        }
        durations = whole(totals, "durations");
        durationSum = number(totals, "duration_sum");
        lastDuration = number(totals, "last_duration");
        errors = whole(totals, "errors");
        cleanupErrors = whole(totals, "cleanup_errors");
        resources = whole(totals, "resources");
        lastSuccess = whole(totals, "last_success");
        lastRun = whole(totals, "last_run");
        namespaces = whole(totals, "namespaces");
        runs.replaceAll((outcome, count) -> whole(totals, "runs_" + outcome));
    }

    private static long whole(Map<String, ?> totals, String key) {
        return (long) number(totals, key);
    }

    private static double number(Map<String, ?> totals, String key) {
        return totals.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    /** The text that Prometheus reads. */
    public synchronized String exposition() {
        StringBuilder out = new StringBuilder(4096);
        head(out, "cluster_backup_duration_seconds", "histogram", "Backup operation duration");
        for (int i = 0; i < BUCKETS.length; i++) {
            out.append("cluster_backup_duration_seconds_bucket{le=\"")
                    .append(text(BUCKETS[i]))
                    .append("\"} ")
                    .append(buckets[i])
                    .append('\n');
        }
        out.append("cluster_backup_duration_seconds_bucket{le=\"+Inf\"} ")
                .append(durations)
                .append('\n');
        out.append("cluster_backup_duration_seconds_sum ").append(durationSum).append('\n');
        out.append("cluster_backup_duration_seconds_count ").append(durations).append('\n');
        sample(out, "cluster_backup_errors_total", "counter", "Runs that were not complete", errors);
        sample(out, "cluster_backup_resources_total", "counter", "Resources stored", resources);
        sample(out, "cluster_backup_cleanup_errors_total", "counter", "Cleanups that failed", cleanupErrors);
        sample(out, "cluster_backup_last_success_timestamp", "gauge", "When the last complete run ended", lastSuccess);
        sample(out, "cluster_backup_last_run_timestamp", "gauge", "When the last run ended, however it did", lastRun);
        sample(out, "cluster_backup_namespaces_total", "gauge", "Namespaces in the last recorded run", namespaces);
        head(out, "cluster_backup_last_duration_seconds", "gauge", "Duration of the last run");
        out.append("cluster_backup_last_duration_seconds ").append(lastDuration).append('\n');
        head(out, "cluster_backup_runs_total", "counter", "Runs by outcome");
        runs.forEach((outcome, count) -> out.append("cluster_backup_runs_total{outcome=\"")
                .append(outcome)
                .append("\"} ")
                .append(count)
                .append('\n'));
        return out.toString();
    }

    private static void sample(StringBuilder out, String name, String type, String help, long value) {
        head(out, name, type, help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static String text(double bound) {
        return String.valueOf((long) bound);
    }
}
