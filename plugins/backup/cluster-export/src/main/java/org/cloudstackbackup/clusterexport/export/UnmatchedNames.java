/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.select.TypeChoice;
import org.cloudstackbackup.clusterexport.select.TypeSelection;

/**
 * Names in the selection that nothing in the cluster has: mistyped, most likely, and so no reason to call objects gone.
 *
 * @param types of INCLUDE_RESOURCES, EXCLUDE_RESOURCES and INCLUDE_CRDS
 * @param namespaces of INCLUDE_NAMESPACES, as far as the server may be asked for them
 * @param noNamespace whether none of the included namespaces exists
 */
record UnmatchedNames(List<String> types, List<String> namespaces, boolean noNamespace) {
    private static final int MOST_ASKED = 100;

    UnmatchedNames {
        types = List.copyOf(types);
        namespaces = List.copyOf(namespaces);
    }

    static UnmatchedNames of(
            ApiServer server, Retry retry, Filters filters, TypeSelection selection, Discovery discovery) {
        List<NamePattern> patterns = filters.includeNamespaces();
        List<String> missing = patterns.stream()
                .filter(pattern -> !pattern.isGlob())
                .map(NamePattern::toString)
                .distinct()
                .limit(MOST_ASKED)
                .filter(name -> isMissing(server, retry, name))
                .toList();
        boolean none = !patterns.isEmpty()
                && patterns.stream().allMatch(pattern -> !pattern.isGlob() && missing.contains(pattern.toString()));
        return new UnmatchedNames(selection.unmatched(discovery), missing, none);
    }

    private static boolean isMissing(ApiServer server, Retry retry, String namespace) {
        try {
            retry.call("GET namespace " + namespace, () -> server.get("/api/v1/namespaces/" + namespace));
            return false;
        } catch (CallFailed e) {
            // Who may not ask gets to know it by the lists.
            return e.errorClass() == ErrorClass.NOT_FOUND;
        }
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

    /** Refuses a run without any object of a namespace when none of the included namespaces exists. */
    void checkObjects(List<TypeProgress> progress) {
        boolean found = progress.stream()
                .anyMatch(type -> type.entries().values().stream()
                        .anyMatch(entry -> !entry.namespace().isEmpty()));
        if (noNamespace && !found) {
            throw new CallFailed(
                    ErrorClass.INVALID,
                    "INCLUDE_NAMESPACES matches no namespace of the cluster: " + String.join(", ", namespaces),
                    null);
        }
    }
}
