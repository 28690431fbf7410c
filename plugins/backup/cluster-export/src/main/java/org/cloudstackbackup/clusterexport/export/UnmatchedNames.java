/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.kube.ListedNames;
import org.cloudstackbackup.clusterexport.select.TypeChoice;
import org.cloudstackbackup.clusterexport.select.TypeSelection;

/**
 * Names in the selection that nothing in the cluster has: mistyped, most likely, and so no reason to call objects gone.
 *
 * @param types of INCLUDE_RESOURCES, EXCLUDE_RESOURCES and INCLUDE_CRDS
 * @param namespaces names and globs of INCLUDE_NAMESPACES, as far as the server tells
 * @param noNamespace says that none of the included namespaces is known to exist; empty when one is, or all are included
 */
record UnmatchedNames(List<String> types, List<String> namespaces, String noNamespace) {
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final int MOST_ASKED = 100;

    UnmatchedNames {
        types = List.copyOf(types);
        namespaces = List.copyOf(namespaces);
    }

    static UnmatchedNames of(
            ApiServer server, Retry retry, Filters filters, TypeSelection selection, Discovery discovery) {
        List<String> types = selection.unmatched(discovery);
        List<NamePattern> patterns = filters.includeNamespaces();
        if (patterns.isEmpty()) {
            return new UnmatchedNames(types, List.of(), "");
        }
        Set<String> there;
        try {
            there = ListedNames.all(server, retry, NAMESPACES).keySet();
        } catch (CallFailed e) {
            return unlisted(server, retry, types, patterns, String.valueOf(e.getMessage()));
        }
        List<String> missing = patterns.stream()
                .filter(pattern -> there.stream().noneMatch(pattern::matches))
                .map(NamePattern::toString)
                .distinct()
                .toList();
        boolean none = patterns.stream().allMatch(pattern -> missing.contains(pattern.toString()));
        return new UnmatchedNames(types, missing, none ? none(missing) : "");
    }

    /** Who may not list namespaces may perhaps get single ones; globs stay unknown. */
    private static UnmatchedNames unlisted(
            ApiServer server, Retry retry, List<String> types, List<NamePattern> patterns, String reason) {
        List<String> missing = new ArrayList<>();
        boolean found = false;
        List<String> names = patterns.stream()
                .filter(pattern -> !pattern.isGlob())
                .map(NamePattern::toString)
                .distinct()
                .limit(MOST_ASKED)
                .toList();
        for (String name : names) {
            try {
                retry.call("GET namespace " + name, () -> server.get(NAMESPACES + "/" + name));
                found = true;
            } catch (CallFailed e) {
                if (e.errorClass() == ErrorClass.NOT_FOUND) {
                    missing.add(name);
                }
            }
        }
        boolean none = patterns.stream().allMatch(pattern -> missing.contains(pattern.toString()));
        String unknown = none
                ? none(missing)
                : "No object of INCLUDE_NAMESPACES was found, and nothing says that one of these namespaces exists: "
                        + reason;
        return new UnmatchedNames(types, missing, found ? "" : unknown);
    }

    private static String none(List<String> missing) {
        return "INCLUDE_NAMESPACES matches no namespace of the cluster: " + String.join(", ", missing);
    }

    /** Every name, with the kind of thing it should name. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        types.forEach(name -> all.add("type " + name));
        namespaces.forEach(name -> all.add("namespace " + name));
        return all;
    }

    /** Refuses to export nothing at all, as that would delete every file. */
    void checkTypes(List<TypeChoice> choices) {
        if (choices.stream().noneMatch(TypeChoice::isExported)) {
            throw new CallFailed(
                    ErrorClass.INVALID,
                    "The selection matches no type that the API server serves"
                            + (types.isEmpty() ? "" : "; unknown are " + String.join(", ", types)),
                    null);
        }
    }

    /**
     * Refuses a run without any object of a namespace when none of the included namespaces is known to exist: lists of one that does not are
     * empty, and not refused, and all files would be deleted.
     */
    void checkObjects(List<TypeProgress> progress) {
        boolean found = progress.stream()
                .anyMatch(type -> type.entries().values().stream()
                        .anyMatch(entry -> !entry.namespace().isEmpty()));
        if (!noNamespace.isEmpty() && !found) {
            throw new CallFailed(ErrorClass.INVALID, noNamespace, null);
        }
    }
}
