/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.ListedNames;

/** One namespace of the cluster, or one that was asked for and is not there, and why it is left out. */
record NamespaceChoice(String name, String reason) {
    static List<NamespaceChoice> of(ApiServer server, Retry retry, Filters filters) {
        Map<String, NamespaceChoice> choices = new LinkedHashMap<>();
        try {
            ListedNames.all(server, retry, "/api/v1/namespaces").keySet().forEach(name -> {
                boolean excluded = filters.excludeNamespaces().stream().anyMatch(pattern -> pattern.matches(name));
                String reason = filters.wantsNamespace(name) ? "" : excluded ? "excluded" : "not_included";
                choices.put(name, new NamespaceChoice(name, reason));
            });
        } catch (CallFailed e) {
            choices.put(
                    "*",
                    new NamespaceChoice(
                            "*", "cannot be listed: " + e.errorClass().label()));
        }
        List<String> names = List.copyOf(choices.keySet());
        for (NamePattern pattern : filters.includeNamespaces()) {
            String name = pattern.toString();
            if (!choices.containsKey("*") && names.stream().noneMatch(pattern::matches)) {
                choices.put(name, new NamespaceChoice(name, "not_found"));
            } else if (!pattern.isGlob() && filters.wantsNamespace(name)) {
                // Where namespaces cannot be listed, those that are named are tried.
                choices.putIfAbsent(name, new NamespaceChoice(name, ""));
            }
        }
        return new ArrayList<>(choices.values());
    }
}
