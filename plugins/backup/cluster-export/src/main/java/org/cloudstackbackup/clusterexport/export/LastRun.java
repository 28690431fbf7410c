/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.Optional;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.EventLog;

/** The run that another one goes on from. What of it is lost is told, and stored anew; what is there and cannot be reached at the moment fails the run. */
final class LastRun {
    private final Catalog catalog;
    private final EventLog log;
    private final long sequence;
    private final Optional<RunRecord> run;

    private LastRun(Catalog catalog, EventLog log) {
        this.catalog = catalog;
        this.log = log;
        Catalog.Latest latest = catalog.latest();
        this.sequence = latest.sequence();
        this.run = latest.run().isEmpty() ? Optional.empty() : read(latest.run());
    }

    /**
     * Reads its record.
     *
     * @throws CallFailed when it cannot be reached
     */
    static LastRun of(Catalog catalog, EventLog log) {
        return new LastRun(catalog, log);
    }

    /** Its number; 0 when there was none. */
    long sequence() {
        return sequence;
    }

    /** Its record, unless there was none or it is lost. */
    Optional<RunRecord> run() {
        return run;
    }

    /**
     * Reads what it stored; nothing when that is lost.
     *
     * @param cluster the name of the cluster
     * @throws CallFailed when it cannot be reached
     */
    Manifest manifest(String cluster) {
        if (run.isEmpty()) {
            return Manifest.none(cluster);
        }
        try {
            return catalog.manifest(run.get());
        } catch (CallFailed e) {
            checkIsLost(run.get().id(), e);
            return Manifest.none(cluster);
        }
    }

    private Optional<RunRecord> read(String id) {
        try {
            return Optional.of(catalog.run(id));
        } catch (CallFailed e) {
            checkIsLost(id, e);
            return Optional.empty();
        }
    }

    private void checkIsLost(String id, CallFailed e) {
        if (e.errorClass() != ErrorClass.INVALID && e.errorClass() != ErrorClass.NOT_FOUND) {
            throw e;
        }
        log.warn(
                "manifest_unreadable",
                "The manifest of the run before is lost; everything is stored anew",
                JsonTree.ordered("run", id),
                String.valueOf(e.getMessage()));
    }
}
