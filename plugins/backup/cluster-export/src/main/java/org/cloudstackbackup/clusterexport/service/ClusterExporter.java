/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.catalog.Outcome;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.config.SettingsReader;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.export.ExportRun;
import org.cloudstackbackup.clusterexport.export.RunReport;
import org.cloudstackbackup.clusterexport.export.RunWatcher;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.KubeConfig;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.service.ExportFailure.Reason;

/**
 * Exports clusters, and works with their runs. Each call opens what it needs and closes it again. For many threads.
 *
 * <p>Settings are those of the program, by the names of its environment variables; {@code CLUSTER_NAME} says whose runs are meant.
 * Every method throws {@link ExportFailure} for what can go wrong outside of this program.
 */
public final class ClusterExporter {
    private static final Duration LIST_RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(15);
    /** So many of the newest runs are searched for one that an earlier attempt recorded. */
    private static final int SEARCHED_RUNS = 50;

    private final Clock clock;
    private final Log log;

    /** Takes the JSON lines that the program would write. */
    @FunctionalInterface
    public interface Log {
        /** @param level debug, info, warn or error */
        void write(String level, String line);
    }

    public ClusterExporter(Clock clock, Log log) {
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
    }

    /** Fails with all problems when settings are wrong; sends nothing. */
    public void check(Map<String, String> settings) {
        guarded("", () -> settings(settings));
    }

    /**
     * Exports a cluster. If an earlier attempt of the task recorded its run, that run is the result.
     *
     * @throws ExportFailure also when nothing was exported; what was recorded before is as it was then
     */
    public ExportedRun export(ClusterAccess cluster, Map<String, String> values, Task task) {
        return guarded(task.label(), () -> {
            Settings settings = settings(values);
            try (Opened opened = open(settings)) {
                if (task.again()) {
                    Optional<RunRecord> made = madeBefore(opened.catalog, task.label());
                    if (made.isPresent()) {
                        return ExportedRun.of(made.get());
                    }
                }
                try (ApiServer server = server(cluster, settings)) {
                    RunReport report = new ExportRun(
                                    settings, server, opened.bucket, opened.log, clock, opened.retry, watcher(task))
                            .execute();
                    return ExportedRun.of(opened.catalog.run(recorded(report, task.label())));
                }
            }
        });
    }

    private static Optional<RunRecord> madeBefore(Catalog catalog, String label) {
        return catalog.page(0, SEARCHED_RUNS).runs().stream()
                .filter(run -> run.label().equals(label))
                .findFirst();
    }

    private static String recorded(RunReport report, String label) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ExportFailure(Reason.STOPPED, "The export was stopped", null);
        }
        if (report.locked()) {
            throw new ExportFailure(ExportFailure.locked(report.error(), label), report.error(), null);
        }
        if (report.outcome() == Outcome.FAILED) {
            throw new ExportFailure(Reason.FAILED, "The export failed: " + report.error(), null);
        }
        return report.runId();
    }

    private static RunWatcher watcher(Task task) {
        return new RunWatcher() {
            @Override
            public String label() {
                return task.label();
            }

            @Override
            public void typeEnded(int ended, int all, String type) {
                // Uploads, manifest and deletions follow.
                task.watcher().progress(1 + 90 * ended / all, ended + " of " + all + " types listed; last " + type);
            }
        };
    }

    /** Some runs of a cluster, newest first; complete, or an {@link ExportFailure}. */
    public ExportedRun.Page runs(Map<String, String> values, long offset, int limit) {
        return guarded("", () -> {
            try (Opened opened = open(hurried(values))) {
                opened.bucket.check(false);
                Catalog.Page page = opened.catalog.page(offset, limit);
                return new ExportedRun.Page(
                        page.runs().stream().map(ExportedRun::of).toList(), page.total());
            }
        });
    }

    /** One run by id, {@code latest} or {@code latest-complete}. */
    public ExportedRun run(Map<String, String> values, String id) {
        return guarded("", () -> {
            try (Opened opened = open(hurried(values))) {
                opened.bucket.check(false);
                return ExportedRun.of(opened.catalog.run(id));
            }
        });
    }

    /** Deletes a run, and what only it needs. Neither the newest run nor the newest complete one can be deleted. */
    public void delete(Map<String, String> values, String id, Task task) {
        guarded(task.label(), () -> {
            Settings settings = settings(values);
            try (Opened opened = open(settings);
                    RunLock lock = opened.lock(settings, "deletion of " + task.label())) {
                List<RunRecord> runs = opened.catalog.runs();
                Catalog.Latest latest = opened.catalog.latest();
                if (id.equals(latest.run()) || id.equals(latest.completeRun())) {
                    throw new ExportFailure(
                            Reason.BUSY,
                            "Run " + id + " is the newest " + (id.equals(latest.completeRun()) ? "complete " : "")
                                    + "one; the next export builds on it, and there would be none to restore",
                            null);
                }
                boolean found = runs.stream().anyMatch(run -> run.id().equals(id));
                if (!found && !task.again()) {
                    throw new ExportFailure(Reason.NOT_FOUND, "There is no run '" + id + "'", null);
                }
                return opened.catalog.delete(Set.of(id), runs, lock);
            }
        });
    }

    /**
     * Restores objects of a run into a cluster. Another attempt of the task goes on with what the earlier one did not do.
     *
     * @return what was done with each object, also when some failed
     */
    public Restored restore(ClusterAccess target, Map<String, String> values, Restoration wanted, Task task) {
        return guarded(task.label(), () -> {
            Settings settings = settings(values);
            try (Opened opened = open(settings);
                    ApiServer server = server(target, settings);
                    RunLock lock = wanted.dryRun() ? null : opened.lock(settings, "restore of " + task.label())) {
                if (lock != null) {
                    lock.check();
                }
                RestoreAttempt attempt = new RestoreAttempt(opened.catalog, wanted, task, lock);
                return attempt.execute(server, opened.bucket, opened.retry, opened.log, settings.content());
            }
        });
    }

    private static Settings settings(Map<String, String> values) {
        return SettingsReader.read(values, Map.of());
    }

    /** Somebody waits for the answer. */
    private static Settings hurried(Map<String, String> values) {
        Map<String, String> hurried = new java.util.TreeMap<>(values);
        hurried.put("RETRY_ATTEMPTS", "1");
        hurried.put("RETRY_DELAY", LIST_RETRY_DELAY.toMillis() + "ms");
        if (settings(values).pace().requestTimeout().compareTo(LIST_TIMEOUT) > 0) {
            hurried.put("REQUEST_TIMEOUT", LIST_TIMEOUT.toSeconds() + "s");
        }
        return settings(hurried);
    }

    private static ApiServer server(ClusterAccess cluster, Settings settings) {
        return new ApiServer(
                KubeConfig.ofText(cluster.kubeconfig(), cluster.context()),
                settings.pace().requestTimeout());
    }

    private Opened open(Settings settings) {
        EventLog events = new EventLog(
                (level, line) -> log.write(level.label(), line),
                clock,
                settings.service().logLevel(),
                settings.clusterName());
        Retry retry = new Retry(
                settings.pace().retryAttempts(),
                settings.pace().retryDelay(),
                time -> Thread.sleep(time.toMillis()),
                (what, attempt, wait, failure) -> events.warn(
                        "retry_attempt",
                        "A call failed and is tried again",
                        JsonTree.ordered(
                                "call",
                                what,
                                "attempt",
                                attempt,
                                "error_class",
                                failure.errorClass().label()),
                        String.valueOf(failure.getMessage())));
        // A few more than uploads: the lock and packs are written beside them.
        Bucket bucket = Bucket.open(
                settings.store(), settings.pace().uploads() + 4, settings.pace().requestTimeout(), retry);
        return new Opened(bucket, new Catalog(bucket, new Layout(settings.clusterName())), retry, events);
    }

    /** What every call works with. */
    private record Opened(Bucket bucket, Catalog catalog, Retry retry, EventLog log) implements AutoCloseable {
        RunLock lock(Settings settings, String purpose) {
            return RunLock.take(bucket, catalog.layout().lock(), settings.pace().lockExpiry(), purpose, log);
        }

        @Override
        public void close() {
            bucket.close();
        }
    }

    private static <T> T guarded(String label, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidConfiguration e) {
            throw ExportFailure.of(e);
        } catch (Stopped e) {
            throw ExportFailure.of(e);
        } catch (CallFailed e) {
            throw ExportFailure.of(e, label);
        }
    }
}
