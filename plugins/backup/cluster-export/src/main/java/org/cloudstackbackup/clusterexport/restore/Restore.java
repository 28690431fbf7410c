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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
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
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final ApiServer server;
    private final Retry retry;
    private final ObjectReader reader;
    private final RestoreOptions options;
    private final RestoreReport report;
    private final EventLog log;
    private final Runnable checkpoint;
    private final ObjectWriter writer;
    private final ObjectAdaptation adaptation;
    private Map<String, ResourceType> types = Map.of();

    /** {@code checkpoint} keeps the report; called after each step. */
    public Restore(
            ApiServer server,
            Retry retry,
            ObjectReader reader,
            RestoreOptions options,
            RestoreReport report,
            EventLog log,
            Runnable checkpoint) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.options = requireNonNull(options, "options is null");
        this.report = requireNonNull(report, "report is null");
        this.log = requireNonNull(log, "log is null");
        this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
        this.writer = new ObjectWriter(server, retry, options.conflicts());
        this.adaptation = new ObjectAdaptation(options);
    }

    /** Restores the wanted ones of these entries; the result of each is in the report. Returns whether none failed. */
    public boolean execute(Iterable<Entry> entries) {
        TreeMap<Integer, List<Entry>> steps = new TreeMap<>();
        Map<String, RestoreReport.Result> earlier = report.results();
        for (Entry entry : entries) {
            if (options.wants(entry) && RestoreOrder.isRestored(entry.type())) {
                steps.computeIfAbsent(RestoreOrder.step(entry.type()), key -> new ArrayList<>())
                        .add(entry);
                // Who was restored by an earlier attempt still is the owner of others.
                RestoreReport.Result kept = earlier.get(entry.key());
                if (kept != null && report.isDone(entry.key())) {
                    adaptation.restored(entry.uid(), kept.uid());
                }
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "restore");
            thread.setDaemon(true);
            return thread;
        });
        try {
            discover();
            Set<String> namespaces = liveNamespaces(steps);
            log.info("restore_dry_run", "Asking the API server what it would say", Map.of("steps", steps.size()));
            steps.values().forEach(step -> each(threads, step, entry -> dryRun(entry, namespaces)));
            if (options.dryRun() || (report.count(Action.FAILED) > 0 && !options.goOn())) {
                return report.count(Action.FAILED) == 0;
            }
            writeStep(threads, 0, steps.getOrDefault(0, List.of()));
            createNamespaces(steps);
            steps.tailMap(1).forEach((number, step) -> writeStep(threads, number, step));
            return report.count(Action.FAILED) == 0;
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeStep(ExecutorService threads, int number, List<Entry> step) {
        each(threads, step, this::write);
        if (number == RestoreOrder.CUSTOM_TYPES) {
            awaitCustomTypes(step);
        }
        checkpoint.run();
        log.info("restore_step", "A step of the restore is done", report.counts());
    }

    private void discover() {
        Map<String, ResourceType> found = new HashMap<>();
        Discovery.ask(server, retry).types().forEach(type -> found.put(type.qualifiedName(), type));
        types = found;
    }

    /** The target namespaces that are there. */
    private Set<String> liveNamespaces(Map<Integer, List<Entry>> steps) {
        Set<String> live = new HashSet<>();
        for (String namespace : targetNamespaces(steps)) {
            if (writer.get("/api/v1/namespaces/" + ObjectWriter.segment(namespace))
                    .isPresent()) {
                live.add(namespace);
            }
        }
        return live;
    }

    private Set<String> targetNamespaces(Map<Integer, List<Entry>> steps) {
        Set<String> names = new HashSet<>();
        steps.values()
                .forEach(step -> step.forEach(entry -> {
                    if (!entry.namespace().isEmpty()) {
                        names.add(options.mapped(entry.namespace()));
                    }
                }));
        return names;
    }

    /** Namespaces that objects need, but that were not exported or not chosen; those that were refused stay away. */
    private void createNamespaces(Map<Integer, List<Entry>> steps) {
        Map<String, RestoreReport.Result> results = report.results();
        Set<String> needed = new HashSet<>();
        steps.values()
                .forEach(step -> step.stream()
                        // What the labels left out has no result.
                        .filter(entry -> !entry.namespace().isEmpty() && results.containsKey(entry.key()))
                        .forEach(entry -> needed.add(options.mapped(entry.namespace()))));
        steps.getOrDefault(0, List.of()).stream()
                .filter(entry -> results.containsKey(entry.key()) && !report.isDone(entry.key()))
                .forEach(entry -> needed.remove(options.mapped(entry.name())));
        needed.removeIf(name ->
                writer.get("/api/v1/namespaces/" + ObjectWriter.segment(name)).isPresent());
        for (String name : needed) {
            Map<String, Object> namespace = JsonTree.ordered(
                    "apiVersion", "v1", "kind", "Namespace", "metadata", JsonTree.ordered("name", name));
            retry.call("POST namespace " + name, () -> server.write("POST", "/api/v1/namespaces", Map.of(), namespace));
        }
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
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped("Stopped during the restore");
            } catch (ExecutionException e) {
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

    private void dryRun(Entry entry, Set<String> namespaces) {
        Map<String, @Nullable Object> object = prepared(entry);
        ResourceType type = types.get(entry.type());
        boolean noNamespace = !entry.namespace().isEmpty() && !namespaces.contains(options.mapped(entry.namespace()));
        if (object == null) {
            return;
        }
        if (type == null || noNamespace) {
            report.put(
                    entry.key(),
                    Action.UNCHECKED,
                    type == null ? "its type is not served yet" : "its namespace is not there yet");
            return;
        }
        ObjectWriter.Written written = writer.write(type, object, true);
        if (written.action() == Action.SKIPPED) {
            adaptation.restored(entry.uid(), written.uid());
        }
        report.put(entry.key(), written.action(), written.detail(), written.uid());
    }

    private void write(Entry entry) {
        Map<String, @Nullable Object> object = prepared(entry);
        if (object == null) {
            return;
        }
        ResourceType type = types.get(entry.type());
        if (type == null) {
            report.put(entry.key(), Action.FAILED, "the API server does not serve the type " + entry.type());
            return;
        }
        ObjectWriter.Written written = writer.write(type, object, false);
        adaptation.restored(entry.uid(), written.uid());
        report.put(entry.key(), written.action(), written.detail(), written.uid());
    }

    /** The object as it is sent; null when it is not to be, which is then noted. */
    private @Nullable Map<String, @Nullable Object> prepared(Entry entry) {
        Map<String, @Nullable Object> object = reader.read(entry);
        Map<String, @Nullable Object> labels = JsonTree.map(JsonTree.map(object, "metadata"), "labels");
        if (!options.labels().matches(labels)) {
            return null;
        }
        String reason = ObjectAdaptation.reasonToSkip(object, entry.type());
        if (!reason.isEmpty()) {
            report.put(entry.key(), Action.SKIPPED, reason);
            return null;
        }
        adaptation.adapt(object, entry.type());
        return object;
    }

    /** Until the API server serves what the definitions define. */
    private void awaitCustomTypes(List<Entry> definitions) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            discover();
            List<String> missing = definitions.stream()
                    .filter(entry -> report.isDone(entry.key()))
                    .map(Entry::name)
                    .filter(name -> !types.containsKey(name))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new CallFailed(
                        ErrorClass.TIMEOUT,
                        "The API server does not serve " + missing + " after " + LONGEST_WAIT,
                        null);
            }
            ObjectWriter.nap();
        }
    }
}
