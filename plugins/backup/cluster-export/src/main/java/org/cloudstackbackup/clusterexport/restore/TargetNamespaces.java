/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;

/** The namespaces that restored objects go to. Used by one thread until all are created, then by many. */
final class TargetNamespaces {
    private final ApiServer server;
    private final Retry retry;
    private final RestoreOptions options;
    private final Attempt attempt;
    private final ObjectWriter writer;
    /** Why some could not be made. */
    private final Map<String, String> refused = new HashMap<>();

    TargetNamespaces(ApiServer server, Retry retry, RestoreOptions options, Attempt attempt, ObjectWriter writer) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.options = requireNonNull(options, "options is null");
        this.attempt = requireNonNull(attempt, "attempt is null");
        this.writer = requireNonNull(writer, "writer is null");
    }

    /** Those that are there. */
    Set<String> live(Collection<List<Entry>> steps) {
        Set<String> names = new HashSet<>();
        steps.forEach(step -> step.stream()
                .filter(entry -> !entry.namespace().isEmpty())
                .forEach(entry -> names.add(options.mapped(entry.namespace()))));
        names.removeIf(name -> !isThere(name));
        return names;
    }

    private boolean isThere(String name) {
        return writer.get("/api/v1/namespaces/" + ObjectWriter.segment(name)).isPresent();
    }

    /** Makes those that objects need, but that were not exported or not chosen; those that were refused stay away. */
    void create(Map<Integer, List<Entry>> steps, RestoreReport report) {
        Map<String, RestoreReport.Result> results = report.results();
        Set<String> needed = new HashSet<>();
        steps.values()
                .forEach(step -> step.stream()
                        // What the labels left out has no result, and what is done or left out needs no namespace.
                        .filter(entry -> !entry.namespace().isEmpty()
                                && results.containsKey(entry.key())
                                && !report.isDone(entry.key()))
                        .forEach(entry -> needed.add(options.mapped(entry.namespace()))));
        steps.getOrDefault(0, List.of()).stream()
                .filter(entry -> results.containsKey(entry.key()) && !report.isDone(entry.key()))
                .forEach(entry -> needed.remove(options.mapped(entry.name())));
        needed.forEach(this::create);
    }

    private void create(String name) {
        Map<String, Object> namespace =
                JsonTree.ordered("apiVersion", "v1", "kind", "Namespace", "metadata", JsonTree.ordered("name", name));
        Map<String, String> parameters = Map.of("fieldManager", attempt.fieldManager());
        try {
            if (!isThere(name)) {
                retry.call("POST namespace " + name, () -> {
                    attempt.permitWrite();
                    return server.write("POST", "/api/v1/namespaces", parameters, namespace);
                });
            }
        } catch (CallFailed e) {
            // Another may have made it meanwhile, or this call before, whose answer was lost.
            if (e.errorClass() != ErrorClass.CONFLICT) {
                refused.put(name, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Why the namespace of an object could not be made; empty when there is none, or it is there. */
    String refusal(Entry entry) {
        return entry.namespace().isEmpty() ? "" : refused.getOrDefault(options.mapped(entry.namespace()), "");
    }
}
