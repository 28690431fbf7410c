/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Retention;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.export.Cleanup;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes the runs that retention lets go. */
@Command(
        name = "prune",
        description = "Deletes runs by RETENTION_DAYS and RETENTION_RUNS, never the last complete one of a selection.")
final class PruneCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Option(names = "--dry-run", description = "Only says which runs would go.")
    private boolean dryRun;

    @Option(
            names = "--other-selections",
            description =
                    "Also deletes what is kept for selections, and clusters, other than the newest complete run's.")
    private boolean othersToo;

    PruneCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settings();
        EventLog log = environment.log(settings, false);
        try (Bucket bucket = environment.bucket(settings, environment.retry(settings, log))) {
            Catalog catalog = environment.catalog(settings, bucket);
            Retention retention = new Retention(settings.retention(), othersToo);
            Cleanup cleanup = new Cleanup(catalog, settings.retention(), retention, log, environment.clock());
            cleanup.expired().stream().sorted().forEach(environment.out()::println);
            if (dryRun) {
                return ExitCodes.COMPLETE;
            }
            try (RunLock lock = environment.lock(settings, bucket, "prune")) {
                return cleanup.run(lock) ? ExitCodes.COMPLETE : ExitCodes.FAILED;
            }
        }
    }
}
