/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the runs, or the objects of one. */
@Command(name = "list", description = "Lists the runs, or the objects of one run.")
final class ListCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run's id, latest or latest-complete.",
            defaultValue = "")
    private String run = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    ListCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settings();
        EventLog log = environment.log(settings, false);
        try (Bucket bucket = environment.bucket(settings, environment.retry(settings, log))) {
            Catalog catalog = environment.catalog(settings, bucket);
            if (run.isEmpty()) {
                runs(environment, catalog.runs());
            } else {
                objects(environment, catalog.manifest(catalog.run(run)));
            }
            return ExitCodes.COMPLETE;
        }
    }

    private void runs(Environment environment, List<RunRecord> runs) {
        if (json) {
            environment
                    .out()
                    .println(JsonText.of(runs.stream().map(RunRecord::toMap).toList()));
            return;
        }
        Table table = new Table("RUN", "OUTCOME", "STARTED", "ENDED", "OBJECTS", "UPLOADED", "FAILED", "SELECTION");
        for (RunRecord record : runs) {
            var totals = JsonTree.map(record.report(), "totals");
            table.row(
                    record.id(),
                    record.outcome().label(),
                    record.started(),
                    record.ended(),
                    JsonTree.text(totals, "total_resources"),
                    JsonTree.text(totals, "uploaded"),
                    JsonTree.text(totals, "failed"),
                    selection(record.source(), runs.get(runs.size() - 1).source()));
        }
        table.print(environment.out());
    }

    /** How what a run exports differs from what the newest one does. */
    private static String selection(RunRecord.Source source, RunRecord.Source newest) {
        if (source.equals(newest)) {
            return "newest";
        }
        return source.clusterUid().equals(newest.clusterUid())
                        || source.clusterUid().isEmpty()
                ? "other"
                : "other cluster";
    }

    private void objects(Environment environment, Manifest manifest) {
        List<Object> objects = new ArrayList<>();
        Table table = new Table("NAMESPACE", "TYPE", "NAME", "BYTES", "KEY");
        for (Entry entry : manifest.entries().values()) {
            objects.add(JsonTree.ordered(
                    "namespace", entry.namespace(),
                    "type", entry.type(),
                    "name", entry.name(),
                    "bytes", entry.sizeBytes(),
                    "key", entry.key(),
                    "hash", entry.hash()));
            table.row(entry.namespace(), entry.type(), entry.name(), entry.sizeBytes(), entry.key());
        }
        if (json) {
            environment.out().println(JsonText.of(objects));
        } else {
            table.print(environment.out());
        }
    }
}
