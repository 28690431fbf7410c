/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run would be refused for although the restore brings it: the API server takes no pod whose account or classes are not there, not even to
 * try. Safe for use by many threads.
 */
final class Prerequisites {
    private static final String DEFAULT_ACCOUNT = "default";

    /** A field of a pod and the type of what it names. */
    private record Need(String field, String type, boolean namespaced) {}

    private static final List<Need> NEEDS = List.of(
            new Need("serviceAccountName", "serviceaccounts", true),
            new Need("priorityClassName", "priorityclasses.scheduling.k8s.io", false),
            new Need("runtimeClassName", "runtimeclasses.node.k8s.io", false));

    private final Set<String> coming = ConcurrentHashMap.newKeySet();

    /** Notes an object that is not there yet, and that the restore will make. */
    void comes(Entry entry) {
        coming.add(id(entry.type(), entry.namespace(), entry.name()));
    }

    /** What an object needs that the restore will have made before it; nothing when it needs no such thing. */
    Optional<String> missing(Entry entry, Map<String, @Nullable Object> object) {
        if (!entry.type().equals("pods")) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> spec = JsonTree.map(object, "spec");
        return NEEDS.stream()
                .map(need -> id(need.type(), need.namespaced() ? entry.namespace() : "", name(need, spec)))
                .filter(coming::contains)
                .findFirst();
    }

    private static String name(Need need, Map<String, @Nullable Object> spec) {
        String name = JsonTree.text(spec, need.field());
        return name.isEmpty() && need.namespaced() ? DEFAULT_ACCOUNT : name;
    }

    private static String id(String type, String namespace, String name) {
        return type + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
