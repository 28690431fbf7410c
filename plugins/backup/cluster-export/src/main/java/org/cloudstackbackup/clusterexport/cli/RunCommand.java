/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.config.CronExpression;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.export.ExportRun;
import org.cloudstackbackup.clusterexport.export.RunReport;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.observe.BackupMetrics;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.MetricsServer;
import picocli.CommandLine.Command;

/** Exports once, or by a schedule for as long as the process lives. */
@Command(name = "run", description = "Exports the cluster once, or by SCHEDULE for ever.")
final class RunCommand implements Callable<Integer> {
    /** So that a clock that is set forward is noticed soon. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(30);

    private final Supplier<Environment> environments;

    RunCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settingsAndCluster();
        EventLog log = environment.log(settings, true);
        log.info("startup", "Cluster export started", Map.of());
        log.info(
                "config_loaded",
                "Configuration loaded",
                JsonTree.ordered(
                        "cluster_name", settings.clusterName(),
                        "filtering_mode", settings.filters().mode().name().toLowerCase(java.util.Locale.ROOT),
                        "minio_bucket", settings.store().bucket()));
        Retry retry = environment.retry(settings, log);
        CarriedMetrics metrics = new CarriedMetrics(new BackupMetrics(), log);
        try (Bucket bucket = environment.bucket(settings, retry);
                ApiServer server = environment.server(settings);
                AutoCloseable listener = listen(settings, environment.catalog(settings, bucket), metrics, log)) {
            Supplier<RunReport> run = () -> once(environment, settings, server, bucket, log, retry, metrics);
            if (settings.service().schedule().isEmpty()) {
                return exitCode(run.get());
            }
            return forEver(environment, settings, log, run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Closing failed", e);
        }
    }

    private static int exitCode(RunReport report) {
        return report.locked() ? ExitCodes.LOCKED : report.outcome().exitCode();
    }

    private static AutoCloseable listen(Settings settings, Catalog catalog, CarriedMetrics metrics, EventLog log) {
        if (settings.service().metricsPort() == 0) {
            return () -> {};
        }
        if (!settings.service().schedule().isEmpty()) {
            // Else the last complete run would be unknown, and told as missing, until the next one ends.
            metrics.takeOver(catalog);
        }
        try {
            MetricsServer listener = new MetricsServer(settings.service().metricsPort(), metrics.series(), () -> true);
            log.info("metrics_server_started", "Metrics are served", Map.of("port", listener.port()));
            return listener;
        } catch (IOException e) {
            // A run is worth more than its metrics, which also go to the Pushgateway and into the bucket.
            log.error("metrics_server_failed", "Metrics cannot be served", Map.of(), e.toString());
            return () -> {};
        }
    }

    private static RunReport once(
            Environment environment,
            Settings settings,
            ApiServer server,
            Bucket bucket,
            EventLog log,
            Retry retry,
            CarriedMetrics metrics) {
        Catalog catalog = environment.catalog(settings, bucket);
        metrics.takeOver(catalog);
        RunReport report = new ExportRun(settings, server, bucket, log, environment.clock(), retry).execute();
        if (report.locked()) {
            // The run that goes on counts itself, and its totals are not to be overwritten.
            return report;
        }
        BackupMetrics series = metrics.series();
        series.ended(
                report.outcome().label(),
                report.took(),
                report.stored(),
                report.namespaces(),
                environment.clock().instant());
        if (report.cleanupFailed()) {
            series.cleanupFailed();
        }
        if (!Thread.currentThread().isInterrupted()) {
            metrics.keep(catalog);
        }
        metrics.push(settings);
        return report;
    }

    private static int forEver(Environment environment, Settings settings, EventLog log, Supplier<RunReport> run) {
        CronExpression schedule = CronExpression.parse(settings.service().schedule());
        Instant due = schedule.next(environment.clock().instant());
        log.info("schedule", "The first run is planned", Map.of("at", due.toString()));
        while (!Thread.interrupted()) {
            Instant now = environment.clock().instant();
            if (now.isBefore(due)) {
                Duration left = Duration.between(now, due);
                if (!slept(left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP)) {
                    break;
                }
                // A clock that was set back must not postpone the run for longer than one period.
                Instant next = schedule.next(environment.clock().instant());
                due = next.isBefore(due) ? next : due;
                continue;
            }
            RunReport report = run.get();
            if (Thread.currentThread().isInterrupted()) {
                log.info("shutdown", "Told to stop; no other run begins", Map.of());
                return exitCode(report);
            }
            due = schedule.next(environment.clock().instant());
            log.info(
                    "schedule",
                    "The next run is planned",
                    JsonTree.ordered(
                            "at",
                            due.toString(),
                            "outcome_before",
                            report.outcome().label()));
        }
        log.info("shutdown", "Told to stop; no run goes on", Map.of());
        return ExitCodes.COMPLETE;
    }

    /** Returns false when the process is told to stop. */
    private static boolean slept(Duration time) {
        try {
            Thread.sleep(time.toMillis() + 1);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
