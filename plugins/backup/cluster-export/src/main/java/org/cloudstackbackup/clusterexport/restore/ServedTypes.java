/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.jspecify.annotations.Nullable;

/** The types an API server serves, each also in the versions it does not prefer. Safe for use by many threads. */
final class ServedTypes {
    private final ApiServer server;
    private final Retry retry;
    private final Map<String, ResourceType> preferred = new HashMap<>();
    private final Set<String> groupVersions;
    private final Map<String, Map<String, ResourceType>> versions = new ConcurrentHashMap<>();

    private ServedTypes(ApiServer server, Retry retry, Discovery discovery) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.groupVersions = discovery.groupVersions();
        discovery.types().forEach(type -> preferred.put(type.qualifiedName(), type));
    }

    static ServedTypes ask(ApiServer server, Retry retry) {
        return new ServedTypes(server, retry, Discovery.ask(server, retry));
    }

    boolean serves(String qualifiedName) {
        return preferred.containsKey(qualifiedName);
    }

    /** The type in that version if it is served in it, else in the version the server prefers; empty if in none. */
    Optional<ResourceType> find(String qualifiedName, String apiVersion) {
        ResourceType best = preferred.get(qualifiedName);
        if (best == null || apiVersion.isEmpty() || best.apiVersion().equals(apiVersion)) {
            return Optional.ofNullable(best);
        }
        return Optional.of(versions.computeIfAbsent(apiVersion, this::read).getOrDefault(qualifiedName, best));
    }

    /** The type of a kind, as owners are named. */
    Optional<ResourceType> ofKind(String apiVersion, String kind) {
        String group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        return preferred.values().stream()
                .filter(type -> type.group().equals(group) && type.kind().equals(kind))
                .findFirst()
                .flatMap(type -> find(type.qualifiedName(), apiVersion));
    }

    private Map<String, ResourceType> read(String apiVersion) {
        Map<String, ResourceType> found = new HashMap<>();
        if (!groupVersions.contains(apiVersion)) {
            return found;
        }
        boolean core = !apiVersion.contains("/");
        String path = (core ? "/api/" : "/apis/") + apiVersion;
        String group = core ? "" : apiVersion.replaceFirst("/.*", "");
        String version = apiVersion.replaceFirst(".*/", "");
        for (Map<String, @Nullable Object> resource : JsonTree.maps(resources(path), "resources")) {
            String plural = JsonTree.text(resource, "name");
            Set<String> verbs = new LinkedHashSet<>();
            JsonTree.list(resource, "verbs").forEach(verb -> verbs.add(String.valueOf(verb)));
            boolean namespaced = Boolean.TRUE.equals(resource.get("namespaced"));
            ResourceType type =
                    new ResourceType(group, version, plural, JsonTree.text(resource, "kind"), namespaced, verbs);
            found.put(type.qualifiedName(), type);
        }
        return found;
    }

    private Map<String, @Nullable Object> resources(String path) {
        try {
            return retry.call("discovery of " + path, () -> server.get(path));
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.NOT_FOUND) {
                return Map.of();
            }
            throw e;
        }
    }
}
