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
import static org.cloudstackbackup.pxbackup.client.Operation.UPDATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of backups. Each operation checks all of its parameters before it sends anything; {@code org_id} may be left out for the
 * connection's organisation. For many threads.
 */
public final class Schedules {
    private static final String BASE = "/v1/backupschedule";
    private static final String BULK = "A call for many schedules";
    private static final List<String> SELECTORS = List.of(
            "policy_ref", "include_objects", "exclude_objects", "include_filter", "exclude_filter", "cluster_scope");
    /** What the server keeps as it was made, whatever an update says. */
    private static final List<String> LASTING = List.of(
            "backup_type", "direct_kdmp", "keep_cr_status", "resource_types", "exclude_resource_types", "cluster_ref");
    /** Words of creation and of calls for many, which differ. */
    private static final Map<String, String> BULK_TYPES = Map.of("VirtualMachine", "VM");

    private static final Map<String, String> CREATE_TYPES = Map.of("VM", "VirtualMachine", "NS", "All");

    private final Connection connection;

    Schedules(Connection connection) {
        this.connection = connection;
    }

    /** The names of the parameters an operation takes; empty for an operation there is not. */
    public static List<String> parameters(Operation operation) {
        return Tables.SCHEDULES.names(operation);
    }

    /**
     * CREATE. Made once, even when the answer is lost. A schedule by an interval runs at once; {@code suspend} is therefore set by a
     * second call and may come after the first run's start.
     */
    public BackupScheduleObject create(Parameters parameters) {
        Request request = Tables.SCHEDULES.read(CREATE, parameters);
        Selection.check(request);
        request.require(connection.line());
        Target target = target(request);
        Marker marker = Marker.fresh();
        BackupScheduleObject made = connection.create(
                line -> Call.create("POST", BASE, creation(request, target, marker, line)),
                answer -> whole(Json.read(answer.body(), Reply.class, "POST " + BASE), "POST " + BASE),
                () -> marker.find(this::inspectAll, target, BackupScheduleObject::name, Schedules::labels));
        if (!request.flag("suspend")) {
            return made;
        }
        Parameters one = Parameters.of(made.name(), made.uid()).with("org_id", target.organisation());
        update(one.with("suspend", true));
        return inspectOne(one);
    }

    private static ObjectNode creation(Request request, Target target, Marker marker, ServerLine line) {
        ObjectNode body = request.body(line);
        target.describe(body);
        marker.put(body);
        Selection.nameCluster(body, request);
        JsonNode policy = request.get("schedule_policy_ref");
        if (policy != null && policy.has("name") && !request.has("schedule_policy")) {
            body.set("schedule_policy", policy.get("name"));
        }
        if (request.has("backup_object_type")) {
            String type = request.text("backup_object_type");
            body.withObjectProperty("backup_object_type").put("type", CREATE_TYPES.getOrDefault(type, type));
        }
        return body;
    }

    /**
     * UPDATE of one schedule, or of many when there is no name but {@code policy_ref}, {@code include_objects}, ... select them.
     *
     * <p>The server takes a missing {@code suspend} for false. For one schedule the client therefore sends what the schedule has where
     * nothing is said; for many, {@code suspend} has to be said.
     */
    public void update(Parameters parameters) {
        Request request = Tables.SCHEDULES.read(UPDATE, parameters);
        if (!request.has("name")) {
            checkBulk(request);
            if (!request.has("suspend")) {
                throw PxBackupException.parameter(
                        "suspend", "is missing; a call for many schedules resumes all that it does not suspend");
            }
            for (String lasting : LASTING) {
                if (request.has(lasting)) {
                    throw PxBackupException.parameter(lasting, "cannot be changed once a schedule is made");
                }
            }
            requireUpdatable(request);
            connection.line().require(BULK, "2.9");
            Target target = target(request);
            connection.inDialect(line -> {
                ObjectNode body = bulk(request, line);
                body.withObjectProperty("metadata").put("org_id", target.organisation());
                return Call.put(BASE, body);
            });
            return;
        }
        refuseSelectors(request);
        requireUpdatable(request);
        Target target = known(request);
        BackupScheduleObject current = inspect(target);
        JsonNode info = Json.tree(current.backupScheduleInfo() == null ? Map.of() : current.backupScheduleInfo());
        checkLasting(request, info);
        boolean skip = request.has("skip_vm_auto_exec_rules")
                ? request.flag("skip_vm_auto_exec_rules")
                : info.path("skip_vm_auto_exec_rules").asBoolean(false);
        Selection.check(request, madeAs(info).equals("VirtualMachine"), skip);
        connection.inDialect(line -> {
            ObjectNode body = request.body(line);
            target.describe(body);
            keep(body, info, line);
            return Call.put(BASE, body);
        });
    }

    private void requireUpdatable(Request request) {
        request.require(connection.line());
        if (request.has("ns_label_selectors")) {
            connection.line().require("UPDATE of ns_label_selectors", "2.10");
        }
    }

    /** Sends what the schedule has for all that the server would otherwise reset. */
    private static void keep(ObjectNode body, JsonNode info, ServerLine line) {
        for (String flag : List.of("suspend", "skip_vm_auto_exec_rules", "parallel_backup")) {
            if (!body.has(flag) && (!flag.equals("parallel_backup") || line.has(ServerLine.of("2.8.2")))) {
                body.put(flag, info.path(flag).asBoolean(false));
            }
        }
        for (String kept : List.of("schedule_policy_ref", "reclaim_policy")) {
            if (!body.has(kept) && info.hasNonNull(kept)) {
                body.set(kept, info.get(kept));
            }
        }
    }

    /** What cannot be changed may be said again, as it is. */
    private static void checkLasting(Request request, JsonNode info) {
        for (String name : LASTING) {
            JsonNode wanted = request.get(name);
            if (wanted != null && !isSame(wanted, info.path(name))) {
                throw PxBackupException.parameter(
                        name,
                        "cannot be changed once a schedule is made; it is "
                                + Answer.shorten(info.path(name).toString()));
            }
        }
        String type = request.text("backup_object_type");
        String made = madeAs(info);
        if (!type.isEmpty() && !CREATE_TYPES.getOrDefault(type, type).equals(made)) {
            throw PxBackupException.parameter(
                    "backup_object_type", "cannot be changed once a schedule is made; it is " + made);
        }
    }

    private static String madeAs(JsonNode info) {
        return info.path("backup_object_type").path("type").asText("All");
    }

    private static boolean isSame(JsonNode wanted, JsonNode has) {
        if (wanted.isBoolean()) {
            return wanted.asBoolean() == has.asBoolean(false);
        }
        if (wanted.isTextual()) {
            return wanted.asText().equals(has.path("type").asText("Invalid"));
        }
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(each -> each.getValue().equals(has.path(each.getKey())));
        }
        List<String> words = new ArrayList<>();
        has.forEach(each -> words.add(each.asText()));
        List<String> given = new ArrayList<>();
        wanted.forEach(each -> given.add(each.asText()));
        return words.size() == given.size() && words.containsAll(given);
    }

    /** DELETE of one schedule, or of many when there is no name but {@code policy_ref}, {@code include_objects}, ... select them. */
    public void delete(Parameters parameters) {
        Request request = Tables.SCHEDULES.read(DELETE, parameters);
        if (!request.has("name")) {
            checkBulk(request);
            ServerLine line = connection.line();
            request.require(line);
            line.require(BULK, "2.9");
            String path = BASE + "/" + Call.encode(target(request).organisation()) + "/delete";
            connection.inDialect(used -> new Call("POST", path, bulk(request, used), Call.Repeat.CHANGE));
            return;
        }
        refuseSelectors(request);
        Target target = known(request);
        String more = request.flag("delete_backups") ? "delete_backups=true" : "";
        connection.inDialect(line -> {
            boolean nested = line.has(2, 9) && !line.has(2, 10);
            String path = nested ? target.nested(BASE) : target.queried(BASE);
            String joint = more.isEmpty() ? "" : path.contains("?") ? "&" : "?";
            return Call.delete(path + joint + more);
        });
    }

    private static ObjectNode bulk(Request request, ServerLine line) {
        ObjectNode body = request.body(line);
        JsonNode scope = request.get("cluster_scope");
        if (scope != null && scope.has("cluster_refs")) {
            Request.place(body, "cluster_scope.cluster_refs.refs", scope.get("cluster_refs"));
        } else if (scope != null) {
            Request.place(body, "cluster_scope.all_clusters", Json.tree(true));
        }
        if (request.has("backup_object_type")) {
            String type = request.text("backup_object_type");
            body.withObjectProperty("backup_object_type").put("type", BULK_TYPES.getOrDefault(type, type));
        }
        return body;
    }

    private static void checkBulk(Request request) {
        if (request.has("uid")) {
            throw PxBackupException.parameter("name", "is missing beside uid");
        }
        if (SELECTORS.stream().noneMatch(request::has)) {
            throw PxBackupException.parameter(
                    "name", "is missing; without it, one of " + String.join(", ", SELECTORS) + " selects schedules");
        }
        for (String kind : List.of("include", "exclude")) {
            if (request.has(kind + "_filter") && request.has(kind + "_objects")) {
                throw PxBackupException.parameter(kind + "_filter", "excludes " + kind + "_objects; give one of them");
            }
        }
        JsonNode scope = request.get("cluster_scope");
        if (scope != null
                && scope.has("cluster_refs") == scope.path("all_clusters").asBoolean(false)) {
            throw PxBackupException.parameter("cluster_scope", "has either cluster_refs or all_clusters true");
        }
    }

    private static void refuseSelectors(Request request) {
        Stream.concat(SELECTORS.stream(), Stream.of("bulk_uid_check_relaxation"))
                .filter(request::has)
                .findFirst()
                .ifPresent(each -> {
                    throw PxBackupException.parameter(each, "selects many schedules; leave out name then");
                });
    }

    /** INSPECT_ONE. */
    public BackupScheduleObject inspectOne(Parameters parameters) {
        return inspect(known(Tables.SCHEDULES.read(INSPECT_ONE, parameters)));
    }

    private BackupScheduleObject inspect(Target target) {
        String told = "GET schedule " + target.name();
        return whole(connection.inDialect(line -> Call.get(target.queried(BASE)), Reply.class, told), told);
    }

    /** INSPECT_ALL: all that match, at most {@code max_objects}. */
    public List<BackupScheduleObject> inspectAll(Parameters parameters) {
        List<BackupScheduleObject> all = new ArrayList<>();
        forEach(parameters, all::add);
        return List.copyOf(all);
    }

    /** INSPECT_ALL without holding more than a page in memory. A failure in the middle is thrown, never a short list. */
    public void forEach(Parameters parameters, Consumer<? super BackupScheduleObject> sink) {
        read(parameters, sink);
    }

    /**
     * INSPECT_ALL of what {@code object_index} and {@code max_objects} bound, with the number of all that match.
     *
     * @return as many as there are, never a short page after a failure
     */
    public ObjectPage<BackupScheduleObject> page(Parameters parameters) {
        List<BackupScheduleObject> objects = new ArrayList<>();
        Long total = read(parameters, objects::add);
        return new ObjectPage<>(List.copyOf(objects), total);
    }

    private @Nullable Long read(Parameters parameters, Consumer<? super BackupScheduleObject> sink) {
        Request request = Tables.SCHEDULES.read(INSPECT_ALL, parameters);
        Listing.check(request);
        request.require(connection.line());
        String organisation = target(request).organisation();
        Listing<BackupScheduleObject> listing = new Listing<>(
                new Listing.Source<>(
                        (index, most) -> connection.inDialect(line -> {
                            ObjectNode body = filters(request, line);
                            Listing.options(body, request, index, most, line);
                            return Listing.call(BASE, request, body, organisation, line, true);
                        }),
                        Listed.class,
                        "The list of schedules",
                        listed -> new Listing.Page<>(listed.backupSchedules, listed.totalCount, listed.complete)),
                BackupScheduleObject::uid,
                request.number("max_objects", Long.MAX_VALUE),
                sink);
        listing.read(request.number("object_index", 0), connection.limits().pageSize());
        return listing.total();
    }

    /** The server knows no cluster_ref here; its options for the cluster's name and uid do the same. */
    private static ObjectNode filters(Request request, ServerLine line) {
        ObjectNode body = request.body(line);
        JsonNode cluster = request.get("cluster_ref");
        for (String part : List.of("name", "uid")) {
            if (cluster != null && cluster.has(part) && !request.has("cluster_" + part + "_filter")) {
                Request.place(body, "enumerate_options.cluster_" + part + "_filter", cluster.get(part));
            }
        }
        if (request.has("backup_object_type")) {
            String type = request.text("backup_object_type");
            Request.place(
                    body, "enumerate_options.backup_object_type", Json.tree(CREATE_TYPES.getOrDefault(type, type)));
        }
        return body;
    }

    private Target target(Request request) {
        return Target.of(request, connection.organisation());
    }

    private Target known(Request request) {
        ServerLine line = connection.line();
        request.require(line);
        Target target = target(request);
        target.requireUid(line);
        return target;
    }

    private static Map<String, String> labels(BackupScheduleObject schedule) {
        return schedule.metadata() == null ? Map.of() : schedule.metadata().labels();
    }

    private static BackupScheduleObject whole(Reply reply, String told) {
        if (reply.backupSchedule == null || reply.backupSchedule.uid().isEmpty()) {
            throw new PxBackupException(Reason.MALFORMED, told + " answered without a schedule", null);
        }
        return reply.backupSchedule;
    }

    record Reply(@Nullable BackupScheduleObject backupSchedule) {}

    record Listed(
            List<BackupScheduleObject> backupSchedules,
            @Nullable Long totalCount,
            boolean complete) {}
}
