/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.kube.ListedNames;
import org.cloudstackbackup.clusterexport.kube.ResourceType;

/**
 * Tells types that were removed from those that are only not served at the moment, by asking the API server and not by what is exported. For one
 * thread.
 */
final class RemovedTypes {
    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    private final ApiServer server;
    private final Retry retry;
    private final Discovery discovery;
    private final Set<String> before;
    private final Map<String, String> doubts = new HashMap<>();

    /** {@code before} names the types of the last run. */
    RemovedTypes(ApiServer server, Retry retry, Discovery discovery, Set<String> before) {
        this.server = server;
        this.retry = retry;
        this.discovery = discovery;
        this.before = Set.copyOf(before);
    }

    boolean isServed(String type) {
        return discovery.types().stream()
                .anyMatch(served -> served.qualifiedName().equals(type));
    }

    /** Why a type that is not served, although its group answered, may come back with its objects; empty when it was removed. */
    String doubt(String type) {
        return doubts.computeIfAbsent(type, this::ask);
    }

    private String ask(String type) {
        ResourceType definitions = discovery.types().stream()
                .filter(served -> served.qualifiedName().equals(DEFINITIONS))
                .findFirst()
                .orElse(null);
        if (definitions == null) {
            return before.contains(DEFINITIONS)
                    ? "the API server does not serve the type, nor the definitions that would say that it was removed"
                    : "";
        }
        if (!type.contains(".") || !type.substring(type.indexOf('.') + 1).contains(".")) {
            // Only groups with a dot can be of definitions.
            return "";
        }
        try {
            // The right to get one is not needed, and is not given by the shipped role.
            boolean defined =
                    !ListedNames.one(server, retry, definitions.path(""), type).isEmpty();
            return defined ? "the API server does not serve the type, but its definition is there" : "";
        } catch (CallFailed e) {
            return "the API server does not serve the type, and does not say why: " + e.getMessage();
        }
    }
}
