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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Retention;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.RetentionSettings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.EventLog;

/** Deletes runs that retention lets go. The caller holds the lock. */
public final class Cleanup {
    /** Clocks that are further apart are not both right, and nobody knows which is wrong. */
    private static final Duration MOST_APART = Duration.ofHours(1);

    private final Catalog catalog;
    private final RetentionSettings settings;
    private final Retention retention;
    private final EventLog log;
    private final Clock clock;

    public Cleanup(Catalog catalog, RetentionSettings settings, EventLog log, Clock clock) {
        this(catalog, settings, new Retention(settings), log, clock);
    }

    /** By a retention of its own. */
    public Cleanup(Catalog catalog, RetentionSettings settings, Retention retention, EventLog log, Clock clock) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.retention = requireNonNull(retention, "retention is null");
        this.log = requireNonNull(log, "log is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The ids that would go now; none while the store's clock and ours do not agree. */
    public Set<String> expired() {
        return expired(catalog.runs());
    }

    /** Runs are dated by the store's clock; ours is only asked whether that one can be true. */
    private Set<String> expired(List<RunRecord> runs) {
        Optional<Instant> told = catalog.storeTime();
        Instant ours = clock.instant();
        if (told.isEmpty() || Duration.between(told.get(), ours).abs().compareTo(MOST_APART) > 0) {
            log.warn(
                    "cleanup_clock",
                    "The store's clock and ours do not agree, so no run is called expired",
                    JsonTree.ordered(
                            "store_time",
                            told.map(Instant::toString).orElse("unknown"),
                            "local_time",
                            ours.toString()));
            return Set.of();
        }
        return retention.expired(runs, told.get());
    }

    /** Deletes what has expired; a failure is told, and is no failure of the run. Returns whether it went well. */
    public boolean run(RunLock lock) {
        log.info(
                "cleanup_start",
                "Looking for runs to delete",
                Map.of("retention_days", settings.age().toDays()));
        try {
            List<RunRecord> runs = catalog.runs();
            Set<String> expired = expired(runs);
            lock.check();
            List<String> keys = catalog.delete(expired, runs, lock);
            log.info(
                    "cleanup_complete",
                    "Expired runs are deleted",
                    JsonTree.ordered("deleted_runs", expired.size(), "cleaned_files", keys.size()));
            return true;
        } catch (CallFailed e) {
            log.error(
                    "cleanup_failed",
                    "Expired runs could not be deleted",
                    JsonTree.ordered("error_class", e.errorClass().label()),
                    String.valueOf(e.getMessage()));
            return false;
        }
    }
}
