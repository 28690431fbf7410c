/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.clusterexport.service.ClusterAccess;
import org.cloudstackbackup.clusterexport.service.ClusterExporter;
import org.cloudstackbackup.clusterexport.service.ExportFailure;
import org.cloudstackbackup.clusterexport.service.ExportedRun;
import org.cloudstackbackup.clusterexport.service.Restoration;
import org.cloudstackbackup.clusterexport.service.Restored;
import org.cloudstackbackup.clusterexport.service.Task;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.cluster.Access;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.server.job.JobPostponed;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Exports registered clusters, as jobs with events. What a killed server left is found by the job's uuid: a job that is executed
 * again ends with the work of its first execution, or does it anew. For many threads.
 */
final class ClusterExports {
    static final String EXPORT = "BACKUP.CLUSTER.EXPORT";
    static final String RESTORE = "BACKUP.CLUSTER.RESTORE";
    static final String DELETE = "BACKUP.CLUSTER.EXPORT.DELETE";

    private static final Logger LOG = LogManager.getLogger(ClusterExports.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private final BackupClusters clusters;
    private final Settings settings;
    private final ClusterExporter exporter;
    private final Journal journal;
    private final AtomicInteger running = new AtomicInteger();

    ClusterExports(BackupClusters clusters, Settings settings, ClusterExporter exporter, Journal journal) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.exporter = requireNonNull(exporter, "exporter is null");
        this.journal = requireNonNull(journal, "journal is null");
    }

    /** A run and whose it is. */
    record Export(BackupCluster cluster, ExportedRun run) {}

    /** Some runs, and how many there are. */
    record Exports(BackupCluster cluster, ExportedRun.Page page) {}

    /** What a restore did, and from where to where. */
    record Restore(BackupCluster cluster, BackupCluster target, Restored restored) {}

    /** Exports a cluster; {@code chosen} are settings of the program that win over the zone's. */
    Export create(Caller caller, long clusterId, Map<String, String> chosen, JobContext job) {
        BackupCluster cluster = clusters.require(clusterId);
        Map<String, String> values = ExportSettings.of(cluster, settings, chosen);
        Work<ExportedRun> work = new Work<>(
                EXPORT,
                "export of cluster " + cluster.name(),
                BackupClusters.subject(cluster, caller),
                task -> exporter.export(access(clusters.access(clusterId)), values, task),
                run -> run.isComplete()
                        ? "complete: " + run.objects() + " objects, " + run.uploaded() + " of them new or changed"
                        : "partial: " + String.join("; ", run.problems()),
                ExportedRun::isComplete);
        return new Export(cluster, inJob(caller, job, chosen, work));
    }

    /** Restores objects of a run into its cluster, or into another one. */
    Restore restore(Caller caller, long clusterId, long targetId, Restoration wanted, JobContext job) {
        BackupCluster cluster = clusters.require(clusterId);
        BackupCluster target = clusters.require(targetId);
        Map<String, String> values = ExportSettings.of(cluster, settings, Map.of());
        Work<Restored> work = new Work<>(
                RESTORE,
                (wanted.dryRun() ? "dry run of a restore" : "restore") + " of cluster " + cluster.name()
                        + (clusterId == targetId ? "" : " into cluster " + target.name()),
                BackupClusters.subject(target, caller),
                task -> proven(exporter.restore(access(clusters.access(targetId)), values, wanted, task), wanted),
                restored -> counts(restored) + " of run " + restored.run(),
                Restored::fine);
        return new Restore(cluster, target, inJob(caller, job, Map.of(), work));
    }

    /** A restore that did nothing although it should have has failed. */
    private static Restored proven(Restored restored, Restoration wanted) {
        boolean written = restored.counts().keySet().stream().anyMatch(Restored.WRITTEN::contains);
        if (restored.fine() || written || wanted.dryRun()) {
            return restored;
        }
        Restored.Item first = restored.objects().get(0);
        throw new ProviderException(
                ErrorKind.EXTERNAL,
                "restore",
                "Nothing was restored: " + counts(restored) + "; the first that failed is " + first.key() + ": "
                        + first.detail());
    }

    private static String counts(Restored restored) {
        return restored.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /** Deletes a run that neither is the newest nor the newest complete one. */
    void delete(Caller caller, long clusterId, String runId, JobContext job) {
        BackupCluster cluster = clusters.require(clusterId);
        Map<String, String> values = ExportSettings.of(cluster, settings, Map.of());
        Work<Boolean> work = new Work<>(
                DELETE,
                "deletion of export " + runId + " of cluster " + cluster.name(),
                BackupClusters.subject(cluster, caller),
                task -> {
                    exporter.delete(values, runId, task);
                    return true;
                },
                done -> "deleted",
                done -> true);
        inJob(caller, job, Map.of(), work);
    }

    /** Some runs of a cluster, newest first; complete, or an error. */
    Exports list(long clusterId, PageRequest page) {
        BackupCluster cluster = clusters.require(clusterId);
        Map<String, String> values = ExportSettings.of(cluster, settings, Map.of());
        return new Exports(
                cluster,
                translated("list of exports", Map.of(), () -> exporter.runs(values, page.offset(), page.limit())));
    }

    /** One run. */
    Export find(long clusterId, String runId) {
        BackupCluster cluster = clusters.require(clusterId);
        Map<String, String> values = ExportSettings.of(cluster, settings, Map.of());
        return new Export(cluster, translated("look at export " + runId, Map.of(), () -> exporter.run(values, runId)));
    }

    /**
     * Something that is done in a job.
     *
     * @param what in words
     * @param end how it ended, in words
     * @param isWhole whether nothing is missing
     */
    private record Work<T>(
            String event,
            String what,
            Subject subject,
            Function<Task, T> body,
            Function<T, String> end,
            Function<T, Boolean> isWhole) {}

    private <T> T inJob(Caller caller, JobContext job, Map<String, String> chosen, Work<T> work) {
        long user = caller.user().id();
        job.instance(BackupClusters.KIND, work.subject().id(), work.subject().uuid());
        if (running.incrementAndGet() > ExportSettings.atATime(settings)) {
            running.decrementAndGet();
            throw new JobPostponed(LOOK_AGAIN, "Waits for other exports and restores of this server");
        }
        try {
            boolean again = job.begin();
            if (!again) {
                journal.started(work.event(), "Began the " + work.what(), user, work.subject());
            }
            job.progress(again ? null : 0, (again ? "Going on with the " : "Began the ") + work.what());
            Task task = new Task("job-" + job.uuid(), again, watcher(job));
            T result = translated(work.what(), chosen, () -> work.body().apply(task));
            String text = "The " + work.what() + " is " + work.end().apply(result);
            if (work.isWhole().apply(result)) {
                journal.completed(work.event(), text, user, work.subject());
            } else {
                journal.completedWithWarning(work.event(), text, user, work.subject());
            }
            return result;
        } catch (ProviderException e) {
            if (!Thread.currentThread().isInterrupted()) {
                journal.failed(work.event(), e.text(), user, work.subject());
            }
            throw e;
        } finally {
            running.decrementAndGet();
        }
    }

    /** What cannot be told must not end what goes well. */
    private static Task.Watcher watcher(JobContext job) {
        AtomicInteger most = new AtomicInteger();
        return (percent, message) -> {
            try {
                job.progress(most.accumulateAndGet(percent, Math::max), message);
            } catch (RuntimeException e) {
                LOG.debug("The progress of job {} could not be written", job.uuid(), e);
            }
        };
    }

    private static ClusterAccess access(Access access) {
        return new ClusterAccess(access.kubeconfig(), access.context());
    }

    private static <T> T translated(String what, Map<String, String> chosen, Supplier<T> call) {
        try {
            return call.get();
        } catch (ExportFailure e) {
            String text = e.problems().isEmpty()
                    ? String.valueOf(e.getMessage())
                    : e.problems().stream()
                            .map(problem -> ExportSettings.told(problem, chosen))
                            .collect(Collectors.joining("; "));
            if (e.reason() == ExportFailure.Reason.OWN_LOCK) {
                throw new JobPostponed(
                        LOOK_AGAIN, "Waits until the lock of the execution that was cut off expires: " + text);
            }
            if (e.reason() == ExportFailure.Reason.STOPPED) {
                Thread.currentThread().interrupt();
            }
            throw new ProviderException(kind(e.reason()), what, "The " + what + " was not possible: " + text, e);
        }
    }

    private static ErrorKind kind(ExportFailure.Reason reason) {
        return switch (reason) {
            case SETTINGS -> ErrorKind.USER;
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case BUSY, OWN_LOCK -> ErrorKind.CONFLICT;
            case UNREACHABLE, STOPPED -> ErrorKind.UNAVAILABLE;
            case REFUSED, FAILED -> ErrorKind.EXTERNAL;
        };
    }
}
