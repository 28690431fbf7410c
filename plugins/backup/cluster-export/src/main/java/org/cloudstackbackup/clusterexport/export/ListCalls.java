/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.kube.ApiServer;

/** The lists and watches of a run: of what is selected by its labels, as many at once as the API server bears. Safe for use by many threads. */
final class ListCalls {
    private final ApiServer server;
    private final Retry retry;
    private final String labels;
    private final ListGate gate;

    ListCalls(ApiServer server, Retry retry, Settings settings) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.labels = settings.filters().labels().isEmpty()
                ? ""
                : settings.filters().labels().toString();
        this.gate = new ListGate(settings.pace().lists());
    }

    /** One page; a sink may hear of its items more than once, as a page that was cut is read again. */
    ItemStream.End page(String path, int limit, String token, boolean brief, ItemStream stream, ItemStream.Sink sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("limit", String.valueOf(limit));
        select(parameters);
        if (!token.isEmpty()) {
            parameters.put("continue", token);
        }
        return retry.call(
                "LIST " + path,
                () -> gated(() -> brief
                        ? server.listBriefly(path, parameters, stream, sink)
                        : server.list(path, parameters, stream, sink)));
    }

    /** Those of a name, if the server can choose them, else a first few of all. */
    void named(String path, String name, ItemStream stream, ItemStream.Sink sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fieldSelector", "metadata.name=" + name);
        parameters.put("limit", "2");
        select(parameters);
        retry.call("LIST " + path, () -> gated(() -> server.list(path, parameters, stream, sink)));
    }

    /** What changed since a version of the list of the same path; never tried again. */
    void changes(
            String path,
            String version,
            long seconds,
            ItemStream stream,
            ItemStream.Sink sink,
            BooleanSupplier enough) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resourceVersion", version);
        parameters.put("timeoutSeconds", String.valueOf(seconds));
        select(parameters);
        gated(() -> {
            server.watch(path, parameters, stream, sink, enough);
            return version;
        });
    }

    private void select(Map<String, String> parameters) {
        if (!labels.isEmpty()) {
            parameters.put("labelSelector", labels);
        }
    }

    private <T> T gated(Supplier<T> call) {
        boolean throttled = false;
        gate.enter();
        try {
            return call.get();
        } catch (CallFailed e) {
            throttled = e.errorClass() == ErrorClass.THROTTLED;
            throw e;
        } finally {
            gate.leave(throttled);
        }
    }
}
