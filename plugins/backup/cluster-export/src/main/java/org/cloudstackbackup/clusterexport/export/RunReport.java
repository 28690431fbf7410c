/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.time.Duration;
import java.util.Map;
import org.cloudstackbackup.clusterexport.catalog.Outcome;

/**
 * How a run ended, for the log, the metrics and the exit code.
 *
 * @param runId empty when no run was recorded
 * @param stored objects uploaded in this run
 * @param locked whether nothing was done because another run goes on
 * @param error why the run failed; empty otherwise
 */
public record RunReport(
        String runId,
        Outcome outcome,
        Duration took,
        long stored,
        int namespaces,
        boolean locked,
        boolean cleanupFailed,
        String error,
        Map<String, Object> summary) {}
