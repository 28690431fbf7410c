/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.restore.RestoreReport.Action;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects of a run into a cluster: first everything as a dry run, then, if that went well, for real, in an order in which what others need
 * comes first. What an earlier attempt did is not done again. An instance runs once.
 */
public final class Restore {
    private static final int THREADS = 8;
    private static final Duration KEPT_EVERY = Duration.ofSeconds(5);
    /** Keeping the results takes at most one part in so many of the time. */
    private static final int KEPT_SHARE = 20;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final ApiServer server;
    private final Retry retry;
    private final ObjectReader reader;
    private final RestoreOptions options;
    private final RestoreReport report;
    private final EventLog log;
    private final Runnable checkpoint;
    private final ObjectWriter writer;
    private final ObjectAdaptation adaptation;
    private final OwnerReferences owners = new OwnerReferences();
    private final Prerequisites prerequisites = new Prerequisites();
    private final Attempt attempt;
    private final TargetNamespaces namespaces;
    private volatile @Nullable ServedTypes types;
    private volatile @Nullable MadeByTheCluster madeByTheCluster;
    private boolean writing;
    private long keepAgainNanos;

    /** An attempt at a restore that nobody goes on with. */
    public Restore(
            ApiServer server,
            Retry retry,
            ObjectReader reader,
            RestoreOptions options,
            RestoreReport report,
            EventLog log,
            Runnable checkpoint) {
        this(server, retry, reader, options, report, log, checkpoint, Attempt.only());
    }

    /** {@code checkpoint} keeps the report; called after each step, and every few seconds while objects are written. */
    public Restore(
            ApiServer server,
            Retry retry,
            ObjectReader reader,
            RestoreOptions options,
            RestoreReport report,
            EventLog log,
            Runnable checkpoint,
            Attempt attempt) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.options = requireNonNull(options, "options is null");
        this.report = requireNonNull(report, "report is null");
        this.log = requireNonNull(log, "log is null");
        this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
        this.attempt = requireNonNull(attempt, "attempt is null");
        this.writer = new ObjectWriter(server, retry, options.conflicts(), attempt);
        this.namespaces = new TargetNamespaces(server, retry, options, attempt, writer);
        this.adaptation = new ObjectAdaptation(options);
    }

    /**
     * Restores the wanted ones of these entries; the result of each is in the report. Returns whether none failed.
     *
     * @throws org.cloudstackbackup.clusterexport.config.InvalidConfiguration for options that no entry fits, and when two objects would become one;
     *     nothing was done then
     * @throws CallFailed also when the labels leave nothing, and then nothing was written; and when nothing may be written any more
     */
    public boolean execute(Iterable<Entry> entries) {
        List<Entry> wanted = Selection.of(options, entries);
        madeByTheCluster = new MadeByTheCluster(reader, entries);
        TreeMap<Integer, List<Entry>> steps = new TreeMap<>();
        Map<String, RestoreReport.Result> earlier = report.results();
        for (Entry entry : wanted) {
            String made = MadeByTheCluster.reason(entry);
            if (!made.isEmpty() && options.labels().toString().isEmpty()) {
                report.put(entry.key(), Action.SKIPPED, made);
            } else {
                steps.computeIfAbsent(RestoreOrder.step(entry.type()), key -> new ArrayList<>())
                        .add(entry);
                // Who was restored by an earlier attempt still is the owner of others.
                RestoreReport.Result kept = earlier.get(entry.key());
                if (kept != null && report.isDone(entry.key())) {
                    owners.restored(entry.uid(), kept.uid());
                }
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "restore");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return execute(threads, steps);
        } catch (WritesEnded e) {
            throw e.failure();
        } finally {
            stop(threads);
        }
    }

    private boolean execute(ExecutorService threads, TreeMap<Integer, List<Entry>> steps) {
        discover();
        Set<String> live = namespaces.live(steps.values());
        log.info("restore_dry_run", "Asking the API server what it would say", Map.of("steps", steps.size()));
        steps.values().forEach(step -> each(threads, step, entry -> dryRun(entry, live)));
        if (report.results().isEmpty()) {
            throw new CallFailed(
                    ErrorClass.INVALID,
                    "Nothing was restored: no object that was chosen has labels that '" + options.labels() + "' takes",
                    null);
        }
        if (options.dryRun() || (report.count(Action.FAILED) > 0 && !options.goOn())) {
            return report.count(Action.FAILED) == 0;
        }
        writing = true;
        keepAgainNanos = System.nanoTime() + KEPT_EVERY.toNanos();
        writeStep(threads, 0, steps.getOrDefault(0, List.of()));
        namespaces.create(steps, report);
        steps.tailMap(1).forEach((number, step) -> writeStep(threads, number, step));
        setOwners(steps);
        return report.count(Action.FAILED) == 0;
    }

    /** Lets the calls that are under way end, so that their results are in the report. */
    private static void stop(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped("Stopped, but calls of the restore still go on after " + LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeStep(ExecutorService threads, int number, List<Entry> step) {
        each(threads, step, this::write);
        if (number == RestoreOrder.CUSTOM_TYPES) {
            awaitCustomTypes(step);
        }
        keep();
        log.info("restore_step", "A step of the restore is done", report.counts());
    }

    private void keep() {
        long began = System.nanoTime();
        checkpoint.run();
        long took = System.nanoTime() - began;
        keepAgainNanos = began + Math.max(KEPT_EVERY.toNanos(), took * KEPT_SHARE);
    }

    /** What an attempt that is cut does not know was done would be done again. */
    private void keepNowAndThen() {
        if (writing && System.nanoTime() > keepAgainNanos) {
            keep();
        }
    }

    private ServedTypes types() {
        return requireNonNull(types, "types is null before discovery");
    }

    private void discover() {
        types = ServedTypes.ask(server, retry);
    }

    private interface Work {
        void on(Entry entry);
    }

    private void each(ExecutorService threads, List<Entry> entries, Work work) {
        List<Future<?>> running = new ArrayList<>();
        for (Entry entry : entries) {
            if (!report.isDone(entry.key())) {
                running.add(threads.submit(() -> guarded(entry, work)));
            }
        }
        running.forEach(this::await);
    }

    private void await(Future<?> work) {
        while (true) {
            keepNowAndThen();
            try {
                work.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped("Stopped during the restore");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Stopped stopped) {
                    throw stopped;
                }
                if (e.getCause() instanceof WritesEnded ended) {
                    throw ended;
                }
                throw new IllegalStateException("A restore failed in a way nobody foresaw", e.getCause());
            }
        }
    }

    private void guarded(Entry entry, Work work) {
        try {
            work.on(entry);
        } catch (CallFailed | InvalidObject | IllegalArgumentException e) {
            report.put(entry.key(), Action.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void dryRun(Entry entry, Set<String> live) {
        Prepared prepared = prepared(entry, Action.UNCHECKED, "its type is not served yet");
        if (prepared == null) {
            return;
        }
        if (!entry.namespace().isEmpty() && !live.contains(options.mapped(entry.namespace()))) {
            report.put(entry.key(), Action.UNCHECKED, "its namespace is not there yet");
            return;
        }
        Optional<String> missing = prerequisites.missing(entry, prepared.object());
        if (missing.isPresent() && writer.get(prepared.path()).isEmpty()) {
            report.put(entry.key(), Action.UNCHECKED, "what it needs is not there yet: " + missing.get());
            return;
        }
        ObjectWriter.Written written = writer.write(prepared, true);
        if (written.action() == Action.SKIPPED) {
            owners.restored(entry.uid(), written.uid());
        } else if (written.action() == Action.WOULD_CREATE) {
            prerequisites.comes(entry);
        }
        report.put(entry.key(), written.action(), written.detail(), written.uid());
    }

    private void write(Entry entry) {
        String refusal = namespaces.refusal(entry);
        if (!refusal.isEmpty()) {
            report.put(entry.key(), Action.FAILED, "its namespace could not be made: " + refusal);
            return;
        }
        Prepared prepared = prepared(entry, Action.FAILED, "the API server does not serve the type " + entry.type());
        if (prepared == null) {
            return;
        }
        ObjectWriter.Written written = writer.write(prepared, false);
        owners.restored(entry.uid(), written.uid());
        boolean waits = written.action() != Action.SKIPPED
                && written.action() != Action.FAILED
                && !prepared.absentOwners().isEmpty();
        if (waits) {
            owners.await(prepared);
        }
        report.put(
                entry.key(),
                written.action(),
                waits ? joined(written.detail(), OwnerReferences.ABSENT) : written.detail(),
                written.uid());
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
    }

    /** The object as it is sent; null when it is not to be, which is then noted. */
    private @Nullable Prepared prepared(Entry entry, Action unserved, String whyUnserved) {
        Map<String, @Nullable Object> object = reader.read(entry);
        Map<String, @Nullable Object> labels = JsonTree.map(JsonTree.map(object, "metadata"), "labels");
        if (!options.labels().matches(labels)) {
            return null;
        }
        String made =
                requireNonNull(madeByTheCluster, "madeByTheCluster is null").reason(entry, object);
        String reason = made.isEmpty() ? adaptation.reasonToLeaveOut(object, entry.type()) : made;
        if (!reason.isEmpty()) {
            report.put(entry.key(), Action.SKIPPED, reason);
            return null;
        }
        String exported = JsonTree.text(object, "apiVersion");
        Optional<ResourceType> type = types().find(entry.type(), exported);
        if (type.isEmpty()) {
            report.put(entry.key(), unserved, whyUnserved);
            return null;
        }
        String note = "";
        String served = type.get().apiVersion();
        if (!exported.isEmpty() && !served.equals(exported)) {
            object.put("apiVersion", served);
            note = "as " + served + ", since " + exported + " is not served";
        }
        String moved = adaptation.adapt(object, entry.type());
        if (entry.type().equals("persistentvolumeclaims")) {
            note = joined(note, VolumeOfClaim.release(object, writer));
        }
        return new Prepared(entry, type.get(), object, note, moved, owners.keepKnown(JsonTree.map(object, "metadata")));
    }

    /** Names the owners that came after what they own; also for what an attempt before wrote. */
    private void setOwners(Map<Integer, List<Entry>> steps) {
        for (List<Entry> step : steps.values()) {
            step.stream()
                    .filter(entry -> owners.isToSettle(entry.key(), report))
                    .forEach(entry -> guarded(entry, this::awaitOwners));
        }
        for (Prepared written : owners.waiting()) {
            keepNowAndThen();
            guarded(written.entry(), entry -> owners.settle(written, report, types(), writer));
        }
        keep();
    }

    private void awaitOwners(Entry entry) {
        Prepared prepared = prepared(entry, Action.FAILED, "its type is not served any more");
        if (prepared != null) {
            owners.await(prepared);
        }
    }

    /** Until the API server serves what the definitions define; those that it does not serve in time have failed. */
    private void awaitCustomTypes(List<Entry> definitions) {
        long end = System.nanoTime() + attempt.patience().toNanos();
        List<Entry> missing =
                definitions.stream().filter(entry -> report.isDone(entry.key())).toList();
        String lastFailure = "";
        while (!missing.isEmpty()) {
            try {
                discover();
                missing = missing.stream()
                        .filter(entry -> !types().serves(entry.name()))
                        .toList();
            } catch (CallFailed e) {
                // Asked again until the time is over.
                lastFailure = ": " + e.getMessage();
            }
            if (System.nanoTime() > end) {
                String detail = "the API server does not serve it after " + attempt.patience() + lastFailure;
                missing.forEach(entry -> report.put(entry.key(), Action.FAILED, detail));
                return;
            }
            keepNowAndThen();
            if (!missing.isEmpty()) {
                ObjectWriter.nap();
            }
        }
    }
}
