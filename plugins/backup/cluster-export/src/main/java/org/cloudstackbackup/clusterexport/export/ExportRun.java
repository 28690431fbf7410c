/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.Bucket.Stored;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.catalog.Outcome;
import org.cloudstackbackup.clusterexport.catalog.Packs;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.select.TypeChoice;
import org.cloudstackbackup.clusterexport.select.TypeSelection;

/** One export of one cluster. An instance runs once. */
public final class ExportRun {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** So many may wait in the memory of the API server until we can read them. */
    private static final int FIRST_PAGES = 2;

    private final Settings settings;
    private final ApiServer server;
    private final Bucket bucket;
    private final EventLog log;
    private final Clock clock;
    private final Retry retry;
    private final Catalog catalog;
    private final RunLog runLog;
    private final RunWatcher watcher;

    /** Of nobody in particular. */
    public ExportRun(Settings settings, ApiServer server, Bucket bucket, EventLog log, Clock clock, Retry retry) {
        this(settings, server, bucket, log, clock, retry, RunWatcher.NOBODY);
    }

    public ExportRun(
            Settings settings,
            ApiServer server,
            Bucket bucket,
            EventLog log,
            Clock clock,
            Retry retry,
            RunWatcher watcher) {
        this.settings = requireNonNull(settings, "settings is null");
        this.server = requireNonNull(server, "server is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.log = requireNonNull(log, "log is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.catalog = new Catalog(bucket, new Layout(settings.clusterName()));
        this.runLog = new RunLog(log, settings);
        this.watcher = requireNonNull(watcher, "watcher is null");
    }

    /** Exports; never throws, but says in the report what went wrong. */
    public RunReport execute() {
        long began = System.nanoTime();
        runLog.started();
        RunReport report;
        try {
            report = lockedRun(began);
        } catch (CallFailed | Stopped e) {
            report = failed(began, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            runLog.unforeseen(e);
            report = failed(began, e.getCause() == null ? e.toString() : e + ": " + e.getCause());
        }
        runLog.ended(report);
        return report;
    }

    private RunReport lockedRun(long began) {
        // Neither the cluster nor the store has to wait for what the other says.
        try (Ahead<Asked> cluster = Ahead.begin("discovery", this::askCluster)) {
            checkBucket();
            return lockedRun(cluster, began);
        }
    }

    private Asked askCluster() {
        return new Asked(new ClusterIdentity(server, retry, log).uid(), discover());
    }

    /** What the cluster said of itself. */
    private record Asked(String uid, Discovery discovery) {}

    private RunReport lockedRun(Ahead<Asked> cluster, long began) {
        RunLock taken;
        try {
            taken = RunLock.take(
                    bucket, catalog.layout().lock(), settings.pace().lockExpiry(), purpose(), log);
        } catch (CallFailed e) {
            if (e.errorClass() != ErrorClass.CONFLICT) {
                throw e;
            }
            return new RunReport(
                    "", Outcome.FAILED, took(began), 0, 0, true, false, String.valueOf(e.getMessage()), Map.of());
        }
        try (RunLock lock = taken) {
            return run(lock, cluster, began);
        }
    }

    private String purpose() {
        return watcher.label().isEmpty() ? "run" : "run of " + watcher.label();
    }

    private void checkBucket() {
        String endpoint = settings.store().endpoint().toString();
        log.info("minio_check", "Checking the bucket", JsonTree.ordered("bucket", bucket.name(), "endpoint", endpoint));
        try {
            bucket.check(settings.store().createBucket());
        } catch (CallFailed e) {
            log.error(
                    e.errorClass() == ErrorClass.NOT_FOUND ? "minio_bucket_missing" : "minio_connect",
                    e.errorClass() == ErrorClass.NOT_FOUND ? "The bucket is missing" : "Failed to connect to MinIO",
                    JsonTree.ordered(
                            "bucket",
                            bucket.name(),
                            "endpoint",
                            endpoint,
                            "error_class",
                            e.errorClass().label()),
                    String.valueOf(e.getMessage()));
            throw e;
        }
        log.info("minio_ready", "The bucket is ready", JsonTree.ordered("bucket", bucket.name()));
    }

    private RunReport run(RunLock lock, Ahead<Asked> cluster, long began) {
        // The store's time, as that is what retention compares with.
        Instant started = catalog.storeTime().orElseGet(clock::instant);
        Timing timing = new Timing(began, started, System.nanoTime());
        LastRun last = LastRun.of(catalog, log);
        ObjectExport objects = new ObjectExport(bucket, log, settings.content());
        try (Ahead<Manifest> manifest = Ahead.begin("manifest", () -> last.manifest(settings.clusterName()));
                UploadQueue uploads = new UploadQueue(settings.pace().uploads(), lock::abandon);
                TypeExport export = new TypeExport(
                        new ListCalls(server, retry, settings, uploads::awaitTurn), settings, objects, uploads, log)) {
            return run(lock, cluster.get(), last, manifest, objects, export, timing);
        }
    }

    /** When the process and the run began, by {@link System#nanoTime()} and by the store. */
    private record Timing(long began, Instant started, long startedNanos) {}

    private RunReport run(
            RunLock lock,
            Asked asked,
            LastRun last,
            Ahead<Manifest> manifest,
            ObjectExport objects,
            TypeExport export,
            Timing timing) {
        ClusterIdentity identity = new ClusterIdentity(server, retry, log);
        String clusterUid = last.run()
                .map(run -> identity.confirm(asked.uid(), run, settings.acceptedUid()))
                .orElse(asked.uid());
        Cleanup cleanup = new Cleanup(catalog, settings.retention(), log, clock);
        boolean first = settings.retention().enabled() && settings.retention().atStart();
        boolean clean = !first || cleanup.run(lock);
        Discovery discovery = asked.discovery();
        TypeSelection selection =
                new TypeSelection(settings.filters(), settings.content().secrets());
        List<TypeChoice> choices = selection.choose(discovery);
        runLog.chosen(choices);
        Optional<Stored> marker = bucket.get(catalog.layout().marker());
        if (marker.isEmpty()) {
            // The server works on them while the manifest is read; not while all files are looked at, which takes long.
            choices.stream()
                    .filter(TypeChoice::isExported)
                    .limit(Math.min(FIRST_PAGES, settings.pace().lists()))
                    .forEach(choice -> export.ask(choice.type()));
        }
        UnmatchedNames unmatched = UnmatchedNames.of(server, retry, settings.filters(), selection, discovery);
        runLog.unmatched(unmatched);
        unmatched.checkTypes(choices);
        Map<String, Long> packs = last.run().isEmpty() ? Map.of() : catalog.packs();
        Manifest before = manifest.get();
        LostContent lost = LostContent.of(packs, before);
        runLog.lost(lost);
        TreeDoubt doubt = marker.map(stored -> {
                    log.warn("run_unfinished", "A run before this one did not end; its files are looked at", Map.of());
                    return TreeDoubt.after(stored, bucket, catalog.layout(), before);
                })
                .orElseGet(TreeDoubt::none);
        long sequence = last.sequence() + 1;
        String runId = String.format("r%06d-%s", sequence, RUN_TIME.format(timing.started()));
        // The marker keeps the date of the first run that did not end, for as long as its traces are in the files.
        if (marker.isEmpty()) {
            catalog.putObject(catalog.layout().marker(), Map.of("run", runId), lock::check);
        }
        RunContext context = new RunContext(
                runId,
                clusterUid,
                lock::check,
                new Packs(bucket, catalog.layout(), runId + "-" + Long.toHexString(System.nanoTime()), lock::check),
                before,
                Layout.segments(discovery.types(), before.segments()),
                before.content().equals(objects.contentFingerprint()),
                lost.and(doubt.doubtful()));
        List<TypeProgress> types = exportTypes(context, export, choices);
        unmatched.checkObjects(types);
        context.packs.finish();
        context.check();
        RunResult result = RunResult.of(
                settings,
                context,
                discovery,
                selection,
                types,
                objects.contentFingerprint(),
                new RemovedTypes(server, retry, discovery, before.types().keySet()),
                unmatched.all());
        byte[] written = result.manifest().toBytes();
        RunRecord record = new RunRecord(
                runId,
                sequence,
                result.outcome(),
                timing.started(),
                timing.started().plus(took(timing.startedNanos())),
                Catalog.hash(written),
                result.manifest().packs(),
                new RunRecord.Source(clusterUid, RunResult.objectsFingerprint(settings)),
                labelled(result.report()));
        catalog.record(record, written, lock);
        clean &= tidy(cleanup, result, doubt, lock);
        runLog.recorded(record, types);
        return new RunReport(
                runId,
                result.outcome(),
                took(timing.began()),
                types.stream().mapToLong(type -> type.uploaded.sum()).sum(),
                result.namespaces(),
                false,
                !clean,
                "",
                summary(result));
    }

    private Map<String, Object> labelled(Map<String, Object> report) {
        if (!watcher.label().isEmpty()) {
            report.put(RunRecord.LABEL, watcher.label());
        }
        return report;
    }

    /** What follows the record changes nothing about it: what fails here is told, and is done by the next run. */
    private boolean tidy(Cleanup cleanup, RunResult result, TreeDoubt doubt, RunLock lock) {
        boolean clean = true;
        try {
            boolean complete = result.outcome() == Outcome.COMPLETE;
            bucket.delete(result.filesToDelete(doubt.leftovers(complete)), lock::check);
            if (settings.retention().enabled() && !settings.retention().atStart()) {
                clean = cleanup.run(lock);
            }
            // As long as the marker is there, the next run looks for files that stand for nothing.
            if (complete || doubt.strangers().isEmpty()) {
                bucket.delete(List.of(catalog.layout().marker()), lock::check);
            }
            return clean;
        } catch (CallFailed | Stopped e) {
            log.error(
                    "cleanup_failed",
                    "The run is recorded, but what it leaves behind could not be deleted; the next run does",
                    Map.of(),
                    String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Map<String, Object> summary(RunResult result) {
        Map<String, Object> summary = new java.util.LinkedHashMap<>(result.totals());
        summary.put("api_requests", server.requests());
        summary.put("store_requests", bucket.requests());
        return summary;
    }

    private Discovery discover() {
        log.info("api_discovery_start", "Asking the API server what it serves", Map.of());
        try {
            Discovery discovery = Discovery.ask(server, retry);
            runLog.discovered(discovery);
            return discovery;
        } catch (CallFailed e) {
            log.error(
                    "api_discovery_failed",
                    "The API server did not say what it serves",
                    JsonTree.ordered("error_class", e.errorClass().label()),
                    String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private List<TypeProgress> exportTypes(RunContext context, TypeExport export, List<TypeChoice> choices) {
        List<TypeProgress> types = choices.stream()
                .filter(TypeChoice::isExported)
                .map(choice -> new TypeProgress(choice.type()))
                .toList();
        ExecutorService lists = Executors.newFixedThreadPool(settings.pace().lists(), work -> {
            Thread thread = new Thread(work, "list");
            thread.setDaemon(true);
            return thread;
        });
        try {
            AtomicInteger ended = new AtomicInteger();
            List<CompletableFuture<?>> stored = new ArrayList<>();
            for (TypeProgress type : types) {
                CompletableFuture<TypeProgress> done = new CompletableFuture<>();
                stored.add(done.thenAccept(progress -> {
                    runLog.typeEnded(progress);
                    watcher.typeEnded(ended.incrementAndGet(), types.size(), progress.type.qualifiedName());
                }));
                lists.execute(() -> export.export(context, type, done));
            }
            stored.forEach(done -> Ahead.result(done, "the run"));
            return types;
        } finally {
            lists.shutdownNow();
        }
    }

    private RunReport failed(long began, String error) {
        return new RunReport("", Outcome.FAILED, took(began), 0, 0, false, false, error, Map.of());
    }

    private static Duration took(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
