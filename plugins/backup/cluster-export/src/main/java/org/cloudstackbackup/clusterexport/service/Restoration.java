/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Selector;
import org.cloudstackbackup.clusterexport.restore.ConflictPolicy;
import org.cloudstackbackup.clusterexport.restore.RestoreOptions;

/**
 * What is to be restored, and how. Empty lists and an empty selector mean everything.
 *
 * @param run a run's id, {@code latest} or {@code latest-complete}
 * @param namespaces names with {@code *} and {@code ?}
 * @param types {@code plural} or {@code plural.group}
 * @param labels a label selector
 * @param namespaceMap new names of namespaces, by the exported ones
 * @param conflicts {@code skip}, {@code update}, {@code recreate} or {@code fail}: for objects that are there
 * @param dryRun only asks the API server what it would say
 * @param continueOnError writes what passed the dry run although something did not
 * @param completed also restores jobs and pods that had ended, which run again then
 */
public record Restoration(
        String run,
        List<String> namespaces,
        List<String> types,
        List<String> names,
        String labels,
        Map<String, String> namespaceMap,
        String conflicts,
        boolean dryRun,
        boolean continueOnError,
        boolean completed) {
    public Restoration {
        namespaces = List.copyOf(namespaces);
        types = List.copyOf(types);
        names = List.copyOf(names);
        namespaceMap = Map.copyOf(namespaceMap);
    }

    /** @throws org.cloudstackbackup.clusterexport.config.InvalidConfiguration for a pattern, selector or policy that is none */
    RestoreOptions options() {
        return new RestoreOptions(
                Wrong.asProblem(
                        "namespaces",
                        () -> namespaces.stream().map(NamePattern::parse).toList()),
                types,
                names,
                Wrong.asProblem("labelselector", () -> Selector.ofLabels(labels)),
                namespaceMap,
                policy(),
                dryRun,
                continueOnError,
                completed);
    }

    private ConflictPolicy policy() {
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            if (policy.name().equals(conflicts.toUpperCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw Wrong.problem("conflictpolicy", "is '" + conflicts + "', but it is one of skip, update, recreate, fail");
    }
}
