/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * What an API server serves: every listable type once, in the preferred version, and the groups that could not be asked.
 *
 * @param types by group and plural
 * @param broken why a group version could not be read, by {@code group/version}
 * @param groupVersions every group version the server names
 */
public record Discovery(List<ResourceType> types, Map<String, String> broken, Set<String> groupVersions) {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
    private static final Set<String> ROOT_KINDS = Set.of("APIGroupDiscoveryList", "APIGroupList", "APIVersions");
    private static final List<String> OPENSHIFT =
            List.of("route.openshift.io/v1", "build.openshift.io/v1", "image.openshift.io/v1", "apps.openshift.io/v1");

    public Discovery {
        types = List.copyOf(types);
        broken = Map.copyOf(broken);
        groupVersions = Set.copyOf(groupVersions);
    }

    /** Whether one of the four group versions that only OpenShift has is served. */
    public boolean isOpenShift() {
        return OPENSHIFT.stream().anyMatch(groupVersions::contains);
    }

    /** Whether some version of the group could not be asked. */
    public boolean isBroken(String group) {
        return broken.keySet().stream().anyMatch(version -> version.startsWith(group + "/"));
    }

    /** Asks a server, in two calls where it aggregates, else once for each group version. */
    public static Discovery ask(ApiServer server, Retry retry) {
        Reader reader = new Reader(server, retry);
        reader.root("/api", "");
        reader.root("/apis", "/apis/");
        return new Discovery(new ArrayList<>(reader.types.values()), reader.broken, reader.groupVersions);
    }

    private static final class Reader {
        private final ApiServer server;
        private final Retry retry;
        private final Map<String, ResourceType> types = new TreeMap<>();
        private final Map<String, String> broken = new LinkedHashMap<>();
        private final Set<String> groupVersions = new LinkedHashSet<>();

        Reader(ApiServer server, Retry retry) {
            this.server = server;
            this.retry = retry;
        }

        void root(String path, String groups) {
            Map<String, @Nullable Object> answer =
                    retry.call("discovery of " + path, () -> server.get(path, AGGREGATED));
            String kind = JsonTree.text(answer, "kind");
            if (!ROOT_KINDS.contains(kind)) {
                throw new CallFailed(
                        ErrorClass.INVALID,
                        "The answer to discovery of " + path + " is no list of groups: " + kind,
                        null);
            }
            if (kind.equals("APIGroupDiscoveryList")) {
                JsonTree.maps(answer, "items").forEach(this::aggregatedGroup);
            } else if (groups.isEmpty()) {
                JsonTree.list(answer, "versions").forEach(version -> oldVersion("", String.valueOf(version)));
            } else {
                JsonTree.maps(answer, "groups").forEach(this::oldGroup);
            }
        }

        private void aggregatedGroup(Map<String, @Nullable Object> item) {
            String group = JsonTree.text(JsonTree.map(item, "metadata"), "name");
            for (Map<String, @Nullable Object> version : JsonTree.maps(item, "versions")) {
                String name = JsonTree.text(version, "version");
                groupVersions.add(groupVersion(group, name));
                if (JsonTree.text(version, "freshness").equals("Stale")) {
                    broken.put(
                            groupVersion(group, name),
                            "the API server says that its answer is stale: the API behind it is away");
                }
                for (Map<String, @Nullable Object> resource : JsonTree.maps(version, "resources")) {
                    Map<String, @Nullable Object> kind = JsonTree.map(resource, "responseKind");
                    add(
                            group,
                            name,
                            JsonTree.text(resource, "resource"),
                            JsonTree.text(kind, "kind"),
                            JsonTree.text(resource, "scope").equals("Namespaced"),
                            JsonTree.list(resource, "verbs"));
                }
            }
        }

        private void oldGroup(Map<String, @Nullable Object> item) {
            String group = JsonTree.text(item, "name");
            String preferred = JsonTree.text(JsonTree.map(item, "preferredVersion"), "version");
            List<String> versions = new ArrayList<>();
            versions.add(preferred);
            JsonTree.maps(item, "versions").forEach(version -> versions.add(JsonTree.text(version, "version")));
            versions.stream().filter(version -> !version.isEmpty()).distinct().forEach(v -> oldVersion(group, v));
        }

        private void oldVersion(String group, String version) {
            String path = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
            groupVersions.add(groupVersion(group, version));
            try {
                Map<String, @Nullable Object> answer = retry.call("discovery of " + path, () -> server.get(path));
                for (Map<String, @Nullable Object> resource : JsonTree.maps(answer, "resources")) {
                    add(
                            group,
                            version,
                            JsonTree.text(resource, "name"),
                            JsonTree.text(resource, "kind"),
                            Boolean.TRUE.equals(resource.get("namespaced")),
                            JsonTree.list(resource, "verbs"));
                }
            } catch (CallFailed e) {
                if (e.errorClass() == ErrorClass.UNAUTHORIZED || group.isEmpty()) {
                    throw e;
                }
                broken.put(groupVersion(group, version), String.valueOf(e.getMessage()));
            }
        }

        private void add(
                String group,
                String version,
                String plural,
                String kind,
                boolean namespaced,
                List<@Nullable Object> verbs) {
            if (plural.isEmpty() || plural.contains("/")) {
                return;
            }
            Set<String> names = new LinkedHashSet<>();
            verbs.forEach(verb -> names.add(String.valueOf(verb)));
            // The preferred version comes first; later ones add only what it does not serve.
            types.putIfAbsent(group + "/" + plural, new ResourceType(group, version, plural, kind, namespaced, names));
        }

        private static String groupVersion(String group, String version) {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }
}
