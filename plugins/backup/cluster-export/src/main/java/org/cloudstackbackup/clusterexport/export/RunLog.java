/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cloudstackbackup.clusterexport.catalog.Outcome;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Level;
import org.cloudstackbackup.clusterexport.select.TypeChoice;

/** The records of a run, with the documented operation names. */
final class RunLog {
    private static final int MOST_PACKS = 20;

    private final EventLog log;
    private final Settings settings;

    RunLog(EventLog log, Settings settings) {
        this.log = log;
        this.settings = settings;
    }

    void started() {
        log.info(
                "backup_start",
                "Backup started",
                JsonTree.ordered(
                        "cluster", settings.clusterName() + "." + settings.clusterDomain(),
                        "openshift_mode", label(settings.filters().openShiftMode()),
                        "filtering_mode", label(settings.filters().mode()),
                        "secrets_policy", label(settings.content().secrets())));
    }

    void discovered(Discovery discovery) {
        log.info(
                "api_discovery_complete",
                "The API server said what it serves",
                JsonTree.ordered(
                        "resource_types_found",
                        discovery.types().size(),
                        "broken_groups",
                        discovery.broken().size()));
        discovery
                .broken()
                .forEach((version, reason) -> log.warn(
                        "api_discovery_partial",
                        "A group of the API does not answer",
                        Map.of("group_version", version),
                        reason));
        log.info(
                discovery.isOpenShift() ? "openshift_detected" : "kubernetes_detected",
                discovery.isOpenShift() ? "The cluster is OpenShift" : "The cluster is Kubernetes",
                JsonTree.ordered(
                        "detection_method",
                        "api_groups",
                        "mode",
                        label(settings.filters().openShiftMode())));
    }

    void chosen(List<TypeChoice> choices) {
        for (TypeChoice choice : choices) {
            if (!choice.isExported()) {
                boolean configured = choice.reason().startsWith("excluded_");
                log.write(
                        configured ? Level.WARN : Level.DEBUG,
                        "resource_filter",
                        "Resource filtered out by configuration",
                        JsonTree.ordered("resource", choice.type().qualifiedName(), "reason", choice.reason()),
                        null);
            }
        }
    }

    void unmatched(UnmatchedNames names) {
        if (!names.all().isEmpty()) {
            log.warn(
                    "selection_unmatched",
                    "Names in the selection match nothing in the cluster",
                    Map.of("names", names.all()));
        }
    }

    void lost(LostContent lost) {
        if (!lost.keys().isEmpty()) {
            log.warn(
                    "content_lost",
                    "Packs of the run before are missing or cut; what was in them is stored anew, and earlier runs that need them cannot be restored"
                            + " in full",
                    JsonTree.ordered(
                            "objects",
                            lost.keys().size(),
                            "packs",
                            lost.packs().size(),
                            "objects_by_pack",
                            lost.packs().entrySet().stream()
                                    .limit(MOST_PACKS)
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new))));
        }
    }

    void typeEnded(TypeProgress type) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("namespace", "*");
        data.put("resource", type.type.qualifiedName());
        data.put("group", type.type.group());
        data.put("version", type.type.version());
        data.putAll(type.report());
        data.remove("error");
        if (type.isListed()) {
            log.info("resource_backup_complete", "Resource backup completed successfully", data);
        } else {
            log.error("resource_list", "Failed to list resources", data, type.error());
        }
    }

    void recorded(RunRecord record, List<TypeProgress> types) {
        log.info(
                "run_recorded",
                "The run is recorded and is the latest",
                JsonTree.ordered(
                        "run",
                        record.id(),
                        "outcome",
                        record.outcome().label(),
                        "types",
                        types.size(),
                        "packs",
                        record.packs().size()));
        Object namespaces = record.report().get("namespaces");
        if (namespaces instanceof Map<?, ?> counts) {
            counts.forEach((name, count) -> log.info(
                    "namespace_backup_complete",
                    "Namespace backup completed",
                    JsonTree.ordered("namespace", String.valueOf(name), "resources_backed_up", count)));
        }
    }

    /** A defect of the program, or a machine without memory. */
    void unforeseen(RuntimeException failure) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        log.error(
                "backup_unforeseen",
                "The run met an error that nobody foresaw",
                Map.of("stack_trace", stack.toString()),
                failure.toString());
    }

    void ended(RunReport report) {
        Map<String, Object> data = new LinkedHashMap<>(report.summary());
        data.put("run", report.runId());
        data.put("outcome", report.outcome().label());
        data.put("duration_ms", report.took().toNanos() / 1_000_000.0);
        data.put("duration_seconds", report.took().toMillis() / 1000.0);
        if (report.outcome() == Outcome.FAILED) {
            log.error("backup_failed", "Backup failed; the last recorded run stays as it is", data, report.error());
        } else if (report.outcome() == Outcome.PARTIAL) {
            log.write(
                    Level.ERROR,
                    "backup_complete",
                    "Backup ended, but something is missing",
                    data,
                    "the run is partial");
        } else {
            log.info("backup_complete", "Backup completed", data);
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
