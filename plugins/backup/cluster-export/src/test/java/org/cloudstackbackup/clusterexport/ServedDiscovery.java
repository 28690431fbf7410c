/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.ClusterServer.Type;
import org.cloudstackbackup.clusterexport.content.JsonTree;

/** What a {@link ClusterServer} says it serves, as servers since Kubernetes 1.27 do, and as older ones do. */
final class ServedDiscovery {
    private final List<Type> types;
    private final List<String> stale;

    /** Both lists may change; {@code stale} has the group versions that do not answer. */
    ServedDiscovery(List<Type> types, List<String> stale) {
        this.types = types;
        this.stale = stale;
    }

    Map<String, Object> aggregatedRoot(String path) {
        Map<String, List<Type>> groups = new TreeMap<>();
        for (Type type : types) {
            if (type.group().isEmpty() == path.equals("/api")) {
                groups.computeIfAbsent(type.group(), key -> new ArrayList<>()).add(type);
            }
        }
        List<Object> items = new ArrayList<>();
        groups.forEach((group, members) -> {
            Map<String, List<Type>> versions = new LinkedHashMap<>();
            members.forEach(type -> versions.computeIfAbsent(type.version(), key -> new ArrayList<>())
                    .add(type));
            List<Object> listed = new ArrayList<>();
            versions.forEach((version, served) -> listed.add(aggregatedVersion(version, served)));
            items.add(JsonTree.ordered("metadata", Map.of("name", group), "versions", listed));
        });
        return JsonTree.ordered("kind", "APIGroupDiscoveryList", "items", items);
    }

    private Map<String, Object> aggregatedVersion(String version, List<Type> served) {
        List<Object> resources = new ArrayList<>();
        boolean away = stale.contains(served.get(0).groupVersion());
        for (Type type : away ? List.<Type>of() : served) {
            resources.add(JsonTree.ordered(
                    "resource", type.plural(),
                    "responseKind", Map.of("kind", type.kind()),
                    "scope", type.namespaced() ? "Namespaced" : "Cluster",
                    "verbs", List.of("create", "get", "list")));
        }
        return JsonTree.ordered("version", version, "freshness", away ? "Stale" : "Current", "resources", resources);
    }

    Map<String, Object> oldRoot(String path) {
        if (path.equals("/api")) {
            return JsonTree.ordered("kind", "APIVersions", "versions", List.of("v1"));
        }
        Map<String, Object> groups = new TreeMap<>();
        for (Type type : types) {
            if (!type.group().isEmpty()) {
                Map<String, String> version = Map.of("groupVersion", type.groupVersion(), "version", type.version());
                groups.put(
                        type.group(),
                        JsonTree.ordered(
                                "name", type.group(), "versions", List.of(version), "preferredVersion", version));
            }
        }
        return JsonTree.ordered("kind", "APIGroupList", "groups", groups.values());
    }

    Map<String, Object> resources(String path) {
        List<Object> resources = new ArrayList<>();
        for (Type type : types) {
            if (type.path().equals(path)) {
                resources.add(JsonTree.ordered(
                        "name", type.plural(),
                        "kind", type.kind(),
                        "namespaced", type.namespaced(),
                        "verbs", List.of("create", "get", "list")));
            }
        }
        return JsonTree.ordered("kind", "APIResourceList", "resources", resources);
    }
}
