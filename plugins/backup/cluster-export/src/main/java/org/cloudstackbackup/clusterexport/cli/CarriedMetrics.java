/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.observe.BackupMetrics;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Pushgateway;

/** Metrics whose totals go on from one process to the next by the bucket. Used by one thread. */
final class CarriedMetrics {
    private final BackupMetrics series;
    private final EventLog log;
    /** Whether the totals of earlier runs are in the series. */
    private boolean known;
    /** Whether the bucket has at least what the series have. */
    private boolean kept = true;

    CarriedMetrics(BackupMetrics series, EventLog log) {
        this.series = requireNonNull(series, "series is null");
        this.log = requireNonNull(log, "log is null");
    }

    BackupMetrics series() {
        return series;
    }

    /** Goes on from the totals in the bucket, unless those here are newer. */
    void takeOver(Catalog catalog) {
        if (known && !kept) {
            return;
        }
        try {
            catalog.object(catalog.layout().totals()).ifPresent(series::takeOver);
            known = true;
        } catch (CallFailed e) {
            log.warn(
                    "metrics_totals",
                    "The totals of earlier runs cannot be read",
                    Map.of(),
                    String.valueOf(e.getMessage()));
        }
    }

    /** Keeps the totals; not those that would overwrite what could not be read. */
    void keep(Catalog catalog) {
        if (!known) {
            return;
        }
        kept = false;
        try {
            catalog.putObject(catalog.layout().totals(), series.totals());
            kept = true;
        } catch (CallFailed e) {
            log.warn("metrics_totals", "The totals cannot be kept", Map.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Sends the series to the Pushgateway, if there is one; not those whose totals would jump back to 0. */
    void push(Settings settings) {
        if (settings.service().pushgateway().isEmpty()) {
            return;
        }
        if (!known) {
            log.warn(
                    "metrics_push",
                    "The Pushgateway keeps its metrics, as the totals of earlier runs are not known",
                    Map.of(),
                    "");
            return;
        }
        try {
            new Pushgateway(settings.service().pushgateway(), settings.clusterName()).push(series.exposition());
        } catch (IOException e) {
            log.warn("metrics_push", "The Pushgateway did not take the metrics", Map.of(), e.toString());
        }
    }
}
