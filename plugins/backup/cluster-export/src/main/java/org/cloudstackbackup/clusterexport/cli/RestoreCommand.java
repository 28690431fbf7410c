/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Selector;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.cloudstackbackup.clusterexport.restore.Attempt;
import org.cloudstackbackup.clusterexport.restore.ConflictPolicy;
import org.cloudstackbackup.clusterexport.restore.ObjectReader;
import org.cloudstackbackup.clusterexport.restore.Restore;
import org.cloudstackbackup.clusterexport.restore.RestoreOptions;
import org.cloudstackbackup.clusterexport.restore.RestoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores objects of a run into the cluster of the kubeconfig. */
@Command(name = "restore", description = "Restores objects of a run; first as a dry run, then for real.")
final class RestoreCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest-complete",
            description = "A run's id, latest, or latest-complete (the default).")
    private String run = "latest-complete";

    @Option(names = "--dry-run", description = "Only asks the API server what it would say.")
    private boolean dryRun;

    @Option(
            names = "--conflict",
            defaultValue = "skip",
            description = "For objects that are there: skip, update, recreate or fail.")
    private String conflict = "skip";

    @Option(names = "--namespace", split = ",", description = "Only these namespaces; globs.")
    private List<String> namespaces = List.of();

    @Option(names = "--type", split = ",", description = "Only these types: plural or plural.group.")
    private List<String> types = List.of();

    @Option(names = "--name", split = ",", description = "Only objects of these names.")
    private List<String> names = List.of();

    @Option(names = "--selector", defaultValue = "", description = "Only objects with these labels.")
    private String selector = "";

    @Option(names = "--map-namespace", split = ",", paramLabel = "OLD=NEW", description = "New names of namespaces.")
    private Map<String, String> namespaceMap = new LinkedHashMap<>();

    @Option(names = "--continue-on-error", description = "Writes what passed the dry run although something did not.")
    private boolean goOn;

    @Option(names = "--completed", description = "Also jobs and pods that had completed; they run again.")
    private boolean completed;

    @Option(
            names = "--resume",
            defaultValue = "",
            paramLabel = "ID",
            description = "Goes on with a restore that was cut.")
    private String resume = "";

    @Option(names = "--json", description = "The report as JSON.")
    private boolean json;

    RestoreCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settings();
        RestoreOptions options = options();
        EventLog log = environment.log(settings, false);
        Retry retry = environment.retry(settings, log);
        try (Bucket bucket = environment.bucket(settings, retry);
                ApiServer server = environment.server(settings);
                RunLock lock = dryRun ? null : environment.lock(settings, bucket, "restore")) {
            Catalog catalog = environment.catalog(settings, bucket);
            RestoreReport report = new RestoreReport();
            String runId = resume.isEmpty() ? run : takeOver(catalog, report, options);
            RunRecord record = catalog.run(runId);
            String id = resume.isEmpty()
                    ? "restore-" + environment.clock().instant().toEpochMilli()
                    : resume;
            log.info("restore_start", "Restore started", JsonTree.ordered("restore", id, "run", record.id()));
            BooleanSupplier keep = () -> keep(catalog, log, id, record, options, report);
            Runnable guard = () -> {
                if (lock != null) {
                    // Without the lock, the run that is restored could be deleted meanwhile.
                    lock.check();
                }
            };
            Runnable checkpoint = () -> {
                guard.run();
                keep(catalog, log, id, record, options, report);
            };
            ObjectReader reader = new ObjectReader(bucket, new SecretTreatment(settings.content()));
            Attempt attempt = new Attempt(id, settings.pace().requestTimeout(), guard);
            Restore restore = new Restore(server, retry, reader, options, report, log, checkpoint, attempt);
            boolean kept = false;
            boolean fine;
            try {
                fine = restore.execute(catalog.manifest(record).entries().values());
            } finally {
                if (!report.results().isEmpty()) {
                    print(environment, id, report);
                    kept = dryRun || uninterrupted(keep);
                }
            }
            log.info("restore_complete", "Restore ended", report.counts());
            return exitCode(fine && (kept || report.results().isEmpty()), report);
        }
    }

    /** A process that is told to end still keeps what it did, so that the restore can go on. */
    private static boolean uninterrupted(BooleanSupplier work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.getAsBoolean();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps the results; a restore that cannot goes on nevertheless, as long as it has its lock. */
    private static boolean keep(
            Catalog catalog, EventLog log, String id, RunRecord record, RestoreOptions options, RestoreReport report) {
        try {
            catalog.putObject(
                    catalog.layout().restore(id),
                    JsonTree.ordered(
                            "id",
                            id,
                            "run",
                            record.id(),
                            "options",
                            options.fingerprint(),
                            "counts",
                            report.counts(),
                            "objects",
                            report.toList()));
            return true;
        } catch (CallFailed e) {
            log.error(
                    "restore_keep",
                    "The results cannot be kept; --resume would not know of them",
                    JsonTree.ordered("restore", id),
                    String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static int exitCode(boolean fine, RestoreReport report) {
        if (fine) {
            return ExitCodes.COMPLETE;
        }
        long written = report.count(RestoreReport.Action.CREATED)
                + report.count(RestoreReport.Action.UPDATED)
                + report.count(RestoreReport.Action.RECREATED);
        return written > 0 ? ExitCodes.PARTIAL : ExitCodes.FAILED;
    }

    private String takeOver(Catalog catalog, RestoreReport report, RestoreOptions options) {
        if (!resume.matches("restore-\\d{1,19}")) {
            throw new InvalidConfiguration(List.of("--resume is '" + resume + "', which is no id of a restore"));
        }
        var kept = catalog.object(catalog.layout().restore(resume))
                .orElseThrow(() -> new CallFailed(ErrorClass.NOT_FOUND, "There is no restore " + resume, null));
        String before = JsonTree.text(kept, "options");
        if (!before.isEmpty() && !before.equals(options.fingerprint())) {
            throw new InvalidConfiguration(
                    List.of("--resume needs the options that " + resume + " was started with: " + before));
        }
        report.takeOver(kept);
        return JsonTree.text(kept, "run");
    }

    private RestoreOptions options() {
        try {
            return new RestoreOptions(
                    namespaces.stream().map(NamePattern::parse).toList(),
                    types,
                    names,
                    Selector.ofLabels(selector),
                    namespaceMap,
                    ConflictPolicy.valueOf(conflict.toUpperCase(Locale.ROOT)),
                    dryRun,
                    goOn,
                    completed);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(List.of("The options are wrong: " + e.getMessage()));
        }
    }

    private void print(Environment environment, String id, RestoreReport report) {
        if (json) {
            environment
                    .out()
                    .println(JsonText.of(
                            JsonTree.ordered("id", id, "counts", report.counts(), "objects", report.toList())));
            return;
        }
        Table table = new Table("ACTION", "KEY", "DETAIL");
        report.results()
                .forEach((key, result) ->
                        table.row(result.action().name().toLowerCase(Locale.ROOT), key, result.detail()));
        table.print(environment.out());
        environment.out().println("Restore " + id + ": " + report.counts());
    }
}
