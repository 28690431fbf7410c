/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.cloudstackbackup.pxbackup.client.Operation.CREATE;
import static org.cloudstackbackup.pxbackup.client.Operation.DELETE;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ALL;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.jspecify.annotations.Nullable;

/**
 * Restores. Each operation checks all of its parameters before it sends anything; {@code org_id} may be left out for the connection's
 * organisation. For many threads.
 */
public final class Restores {
    private static final String BASE = "/v1/restore";

    private final Connection connection;

    Restores(Connection connection) {
        this.connection = connection;
    }

    /** The names of the parameters an operation takes; empty for an operation there is not. */
    public static List<String> parameters(Operation operation) {
        return Tables.RESTORES.names(operation);
    }

    /** Starts a restore and returns it as it is at first. Made once, even when the answer is lost. */
    public RestoreObject create(Parameters parameters) {
        Request request = Tables.RESTORES.read(CREATE, parameters);
        check(request);
        request.require(connection.line());
        Target target = target(request);
        Marker marker = Marker.fresh();
        return connection.create(
                line -> {
                    ObjectNode body = request.body(line);
                    target.describe(body);
                    marker.put(body);
                    name(body, request, "backup");
                    name(body, request, "cluster");
                    return Call.create("POST", BASE, body);
                },
                answer -> whole(Json.read(answer.body(), Reply.class, "POST " + BASE), "POST " + BASE),
                () -> marker.find(this::inspectAll, target, RestoreObject::name, Restores::labels));
    }

    /** The official client always sends the plain names beside the references. */
    private static void name(ObjectNode body, Request request, String what) {
        JsonNode ref = request.get(what + "_ref");
        if (ref != null && ref.has("name")) {
            body.set(what, ref.get("name"));
        }
    }

    private static void check(Request request) {
        boolean filtered = request.has("virtual_machine_filter") || request.has("namespace_filter");
        if (request.has("virtual_machine_filter") && request.has("namespace_filter")) {
            throw PxBackupException.parameter("namespace_filter", "excludes virtual_machine_filter; give one of them");
        }
        if (filtered && request.has("namespace_mapping")) {
            throw PxBackupException.parameter("namespace_mapping", "excludes a filter; give one of them");
        }
        if (!filtered && request.has("target_namespace_prefix")) {
            throw PxBackupException.parameter(
                    "target_namespace_prefix", "needs virtual_machine_filter or namespace_filter");
        }
        if (request.flag("is_sfr") != request.has("file_level_restore_info")) {
            throw PxBackupException.parameter("file_level_restore_info", "and is_sfr true come together");
        }
    }

    public RestoreObject inspectOne(Parameters parameters) {
        Request request = Tables.RESTORES.read(INSPECT_ONE, parameters);
        Target target = target(request);
        String told = "GET restore " + target.name();
        return whole(connection.inDialect(line -> Call.get(target.queried(BASE)), Reply.class, told), told);
    }

    /** All that match, at most {@code max_objects}. */
    public List<RestoreObject> inspectAll(Parameters parameters) {
        List<RestoreObject> all = new ArrayList<>();
        forEach(parameters, all::add);
        return List.copyOf(all);
    }

    /** All that match, without holding more than a page in memory. */
    public void forEach(Parameters parameters, Consumer<? super RestoreObject> sink) {
        Request request = Tables.RESTORES.read(INSPECT_ALL, parameters);
        Listing.check(request);
        request.require(connection.line());
        String organisation = target(request).organisation();
        new Listing<RestoreObject>(
                        new Listing.Source<>(
                                (index, most) -> connection.inDialect(line -> {
                                    ObjectNode body = request.body(line);
                                    Listing.options(body, request, index, most, line);
                                    return Listing.call(BASE, request, body, organisation, line, false);
                                }),
                                Listed.class,
                                "The list of restores",
                                listed -> new Listing.Page<>(listed.restores, listed.totalCount, listed.complete)),
                        RestoreObject::uid,
                        request.number("max_objects", Long.MAX_VALUE),
                        sink)
                .read(request.number("object_index", 0), connection.limits().pageSize());
    }

    /** Removes the record of a restore; what it brought back stays. */
    public void delete(Parameters parameters) {
        Target target = target(Tables.RESTORES.read(DELETE, parameters));
        connection.inDialect(line -> Call.delete(target.queried(BASE)));
    }

    private Target target(Request request) {
        return Target.of(request, connection.organisation());
    }

    private static Map<String, String> labels(RestoreObject restore) {
        return restore.metadata() == null ? Map.of() : restore.metadata().labels();
    }

    private static RestoreObject whole(Reply reply, String told) {
        if (reply.restore == null || reply.restore.uid().isEmpty()) {
            throw new PxBackupException(Reason.MALFORMED, told + " answered without a restore", null);
        }
        return reply.restore;
    }

    record Reply(@Nullable RestoreObject restore) {}

    record Listed(List<RestoreObject> restores, @Nullable Long totalCount, boolean complete) {}
}
