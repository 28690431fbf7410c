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
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.jspecify.annotations.Nullable;

/** One namespace of the cluster, or one that was asked for and is not there, and why it is left out. */
record NamespaceChoice(String name, String reason) {
    private static final String PAGE = "500";

    static List<NamespaceChoice> of(ApiServer server, Retry retry, Filters filters) {
        Map<String, NamespaceChoice> choices = new LinkedHashMap<>();
        try {
            String token = "";
            do {
                Map<String, String> parameters =
                        token.isEmpty() ? Map.of("limit", PAGE) : Map.of("limit", PAGE, "continue", token);
                token = retry.call(
                                "LIST namespaces",
                                () -> server.list(
                                        "/api/v1/namespaces",
                                        parameters,
                                        new ItemStream(false, true),
                                        sink(filters, choices)))
                        .continueToken();
            } while (!token.isEmpty());
        } catch (CallFailed e) {
            choices.put(
                    "*",
                    new NamespaceChoice(
                            "*", "cannot be listed: " + e.errorClass().label()));
        }
        for (NamePattern pattern : filters.includeNamespaces()) {
            if (!pattern.isGlob()) {
                choices.putIfAbsent(pattern.toString(), new NamespaceChoice(pattern.toString(), "not_found"));
            }
        }
        return new ArrayList<>(choices.values());
    }

    private static ItemStream.Sink sink(Filters filters, Map<String, NamespaceChoice> choices) {
        return new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                String name = JsonTree.text(metadata, "name");
                boolean excluded = filters.excludeNamespaces().stream().anyMatch(pattern -> pattern.matches(name));
                String reason = filters.wantsNamespace(name) ? "" : excluded ? "excluded" : "not_included";
                choices.put(name, new NamespaceChoice(name, reason));
                return false;
            }

            @Override
            public void accept(ItemStream.Item item) {
                throw new IllegalStateException("No item was wanted");
            }
        };
    }
}
