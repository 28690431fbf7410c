/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.ContentSettings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.restore.Attempt;
import org.cloudstackbackup.clusterexport.restore.ObjectReader;
import org.cloudstackbackup.clusterexport.restore.Restore;
import org.cloudstackbackup.clusterexport.restore.RestoreOptions;
import org.cloudstackbackup.clusterexport.restore.RestoreReport;
import org.cloudstackbackup.clusterexport.restore.RestoreReport.Action;
import org.jspecify.annotations.Nullable;

/** One attempt at a restore; its report is kept under the task's label after each step, and the next attempt takes it over. */
final class RestoreAttempt {
    private static final List<Action> DONE =
            List.of(Action.CREATED, Action.UPDATED, Action.RECREATED, Action.SKIPPED, Action.FAILED);

    private final Catalog catalog;
    private final Restoration wanted;
    private final Task task;
    private final RestoreOptions options;
    private final String key;
    private final @Nullable RunLock lock;
    private final RestoreReport report = new RestoreReport();

    /** @param lock without which nothing is written; null for a dry run */
    RestoreAttempt(Catalog catalog, Restoration wanted, Task task, @Nullable RunLock lock) {
        this.catalog = catalog;
        this.wanted = wanted;
        this.task = task;
        this.options = wanted.options();
        this.lock = lock;
        this.key = catalog.layout().restore("restore-" + task.label());
    }

    Restored execute(ApiServer server, Bucket bucket, Retry retry, EventLog log, ContentSettings content) {
        Optional<Map<String, @Nullable Object>> kept = wanted.dryRun() ? Optional.empty() : catalog.object(key);
        kept.ifPresent(report::takeOver);
        RunRecord run =
                catalog.run(kept.map(before -> JsonTree.text(before, "run")).orElse(wanted.run()));
        keep(run, log);
        Collection<Entry> entries = catalog.manifest(run).entries().values();
        long all = Math.max(1, entries.stream().filter(options::wants).count());
        task.watcher().progress(1, "Asking the API server what it would say to " + all + " objects");
        Runnable checkpoint = () -> {
            keep(run, log);
            long done = DONE.stream().mapToLong(report::count).sum();
            task.watcher()
                    .progress((int) (5 + 90 * Math.min(done, all) / all), done + " of " + all + " objects are done");
        };
        ObjectReader reader = new ObjectReader(bucket, new SecretTreatment(content));
        Attempt attempt = Attempt.of("restore-" + task.label(), this::checkLock);
        Restore restore = new Restore(server, retry, reader, options, report, log, checkpoint, attempt);
        boolean fine = restore.execute(entries);
        return Restored.of(run.id(), fine, report, keep(run, log) ? key : "");
    }

    /** Whoever lost the lock neither writes to the cluster nor over the report of the attempt that has it now. */
    private void checkLock() {
        if (lock != null) {
            lock.check();
        }
    }

    /** Keeps the report; a restore that cannot goes on nevertheless, as long as it has its lock. Returns whether it is kept. */
    private boolean keep(RunRecord run, EventLog log) {
        if (wanted.dryRun()) {
            return false;
        }
        checkLock();
        String id = "restore-" + task.label();
        try {
            catalog.putObject(
                    key,
                    JsonTree.ordered(
                            "id",
                            id,
                            "run",
                            run.id(),
                            "options",
                            options.fingerprint(),
                            "counts",
                            report.counts(),
                            "objects",
                            report.toList()),
                    this::checkLock);
            return true;
        } catch (CallFailed e) {
            log.error(
                    "restore_keep",
                    "The results cannot be kept; another attempt would not know of them",
                    JsonTree.ordered("restore", id),
                    String.valueOf(e.getMessage()));
            return false;
        }
    }
}
