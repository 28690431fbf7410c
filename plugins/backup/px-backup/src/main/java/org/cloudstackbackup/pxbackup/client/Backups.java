/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.cloudstackbackup.pxbackup.client.Operation.CREATE;
import static org.cloudstackbackup.pxbackup.client.Operation.DELETE;
import static org.cloudstackbackup.pxbackup.client.Operation.GET_BACKUP_RESOURCE_DETAILS;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ALL;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ONE;
import static org.cloudstackbackup.pxbackup.client.Operation.RETRY_BACKUP_RESOURCES;
import static org.cloudstackbackup.pxbackup.client.Operation.UPDATE;
import static org.cloudstackbackup.pxbackup.client.Operation.UPDATE_BACKUP_SHARE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.jspecify.annotations.Nullable;

/**
 * Backups. Each operation checks all of its parameters before it sends anything; {@code org_id} may be left out for the connection's
 * organisation. For many threads.
 */
public final class Backups {
    private static final String BASE = "/v1/backup";
    private static final String DETAILS = BASE + "/getbackupresourcedetails";
    private static final Duration FIRST_POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

    private final Connection connection;

    Backups(Connection connection) {
        this.connection = connection;
    }

    /** The names of the parameters an operation takes; empty for an operation there is not. */
    public static List<String> parameters(Operation operation) {
        return Tables.BACKUPS.names(operation);
    }

    /** CREATE: starts a backup and returns it as it is at first. Made once, even when the answer is lost. */
    public BackupObject create(Parameters parameters) {
        Request request = Tables.BACKUPS.read(CREATE, parameters);
        Selection.check(request);
        request.require(connection.line());
        Target target = target(request);
        Marker marker = Marker.fresh();
        return connection.create(
                line -> {
                    ObjectNode body = request.body(line);
                    target.describe(body);
                    marker.put(body);
                    Selection.nameCluster(body, request);
                    return Call.create("POST", BASE, body);
                },
                answer -> whole(Json.read(answer.body(), Reply.class, "POST " + BASE), "POST " + BASE),
                () -> marker.find(this::inspectAll, target, BackupObject::name, Backups::labels));
    }

    /** UPDATE: labels, ownership and the credential; nothing else of a backup can be changed. */
    public void update(Parameters parameters) {
        Request request = Tables.BACKUPS.read(UPDATE, parameters);
        Target target = known(request);
        connection.inDialect(line -> {
            ObjectNode body = request.body(line);
            target.describe(body);
            return Call.put(BASE, body);
        });
    }

    /** DELETE: accepted at once, done by and by; the backup is gone when INSPECT_ONE says NOT_FOUND. */
    public void delete(Parameters parameters) {
        Request request = Tables.BACKUPS.read(DELETE, parameters);
        Target target = known(request);
        connection.inDialect(line -> {
            ObjectNode query = request.body(line);
            if (!target.uid().isEmpty()) {
                query.put("uid", target.uid());
            }
            return Call.delete(BASE + "/" + Call.encode(target.organisation()) + "/" + Call.encode(target.name())
                    + Query.of(query));
        });
    }

    /** INSPECT_ONE. */
    public BackupObject inspectOne(Parameters parameters) {
        Target target = known(Tables.BACKUPS.read(INSPECT_ONE, parameters));
        String told = "GET backup " + target.name();
        return whole(connection.inDialect(line -> Call.get(target.queried(BASE)), Reply.class, told), told);
    }

    /** INSPECT_ALL: all that match, at most {@code max_objects}. */
    public List<BackupObject> inspectAll(Parameters parameters) {
        List<BackupObject> all = new ArrayList<>();
        forEach(parameters, all::add);
        return List.copyOf(all);
    }

    /** INSPECT_ALL without holding more than a page in memory. A failure in the middle is thrown, never a short list. */
    public void forEach(Parameters parameters, Consumer<? super BackupObject> sink) {
        read(parameters, sink);
    }

    /**
     * INSPECT_ALL of what {@code object_index} and {@code max_objects} bound, with the number of all that match.
     *
     * @return as many as there are, never a short page after a failure
     */
    public ObjectPage<BackupObject> page(Parameters parameters) {
        List<BackupObject> objects = new ArrayList<>();
        Long total = read(parameters, objects::add);
        return new ObjectPage<>(List.copyOf(objects), total);
    }

    private @Nullable Long read(Parameters parameters, Consumer<? super BackupObject> sink) {
        Request request = Tables.BACKUPS.read(INSPECT_ALL, parameters);
        Listing.check(request);
        request.require(connection.line());
        String organisation = target(request).organisation();
        Listing<BackupObject> listing = new Listing<>(
                new Listing.Source<>(
                        (index, most) -> connection.inDialect(line -> {
                            ObjectNode body = request.body(line);
                            Listing.options(body, request, index, most, line);
                            return Listing.call(BASE, request, body, organisation, line, true);
                        }),
                        Listed.class,
                        "The list of backups",
                        listed -> new Listing.Page<>(listed.backups, listed.totalCount, listed.complete)),
                BackupObject::uid,
                request.number("max_objects", Long.MAX_VALUE),
                sink);
        listing.read(request.number("object_index", 0), connection.limits().pageSize());
        return listing.total();
    }

    /** UPDATE_BACKUP_SHARE: replaces the whole list of those who see the backup. */
    public void updateShare(Parameters parameters) {
        Request request = Tables.BACKUPS.read(UPDATE_BACKUP_SHARE, parameters);
        Target target = known(request);
        connection.inDialect(line -> {
            ObjectNode body = request.body(line);
            target.name(body);
            return Call.put(BASE + "/updatebackupshare", body);
        });
    }

    /**
     * RETRY_BACKUP_RESOURCES: backs up the machines again that are not in a failed or partial backup.
     *
     * @return the new backup; made once, even when the answer is lost
     */
    public BackupObject retryResources(Parameters parameters) {
        Request request = Tables.BACKUPS.read(RETRY_BACKUP_RESOURCES, parameters);
        connection.line().require("RETRY_BACKUP_RESOURCES", "2.9");
        Target target = known(request);
        String told = "PUT " + BASE + "/retryBackupResources";
        Set<String> before = retries(target).map(BackupObject::uid).collect(Collectors.toSet());
        return connection.create(
                line -> {
                    ObjectNode body = request.body(line);
                    target.name(body);
                    return Call.create("PUT", BASE + "/retryBackupResources", body);
                },
                answer -> whole(Json.read(answer.body(), Reply.class, told), told),
                () -> retries(target)
                        .filter(each -> !before.contains(each.uid()))
                        .findFirst());
    }

    /** The backups that were made by retrying this one. */
    private Stream<BackupObject> retries(Target target) {
        Parameters search =
                Parameters.none().with("org_id", target.organisation()).with("name_filter", target.name() + "-retry");
        return inspectAll(search).stream().filter(each -> {
            ObjectRef parent =
                    each.backupInfo() == null ? null : each.backupInfo().retryParent();
            return parent != null && (target.uid().isEmpty() || target.uid().equals(parent.uid()));
        });
    }

    /**
     * GET_BACKUP_RESOURCE_DETAILS: every machine of the backup with its volumes, the failed ones included. From 2.11 on the server
     * gathers this by and by; the call waits for it.
     */
    public BackupDetails resourceDetails(Parameters parameters) {
        Request request = Tables.BACKUPS.read(GET_BACKUP_RESOURCE_DETAILS, parameters);
        if (request.has("virtual_machine_filter") && request.has("namespace_filter")) {
            throw PxBackupException.parameter("namespace_filter", "excludes virtual_machine_filter; give one of them");
        }
        connection.line().require("GET_BACKUP_RESOURCE_DETAILS", "2.9");
        Target target = known(request);
        Duration waited = Duration.ZERO;
        Duration poll = FIRST_POLL;
        boolean resync = request.flag("force_resync");
        boolean resynced = resync;
        while (true) {
            BackupDetails details = details(request, target, resync);
            SyncStatus sync = request.flag("sync_namespaces_only")
                    ? details.namespaceSyncStatusInfo()
                    : details.resourcesSyncStatusInfo();
            String state = sync == null || sync.status() == null ? "Completed" : sync.status();
            if (state.equals("Completed")) {
                return details;
            }
            if (state.equals("Failed") && resynced) {
                throw new PxBackupException(
                        Reason.SERVER_ERROR,
                        "PX-Backup could not gather the details of backup " + target.name() + ": "
                                + Answer.shorten(String.valueOf(sync == null ? "" : sync.reason())),
                        null);
            }
            resync = state.equals("Failed");
            resynced |= resync;
            if (waited.compareTo(connection.limits().details()) >= 0) {
                throw new PxBackupException(
                        Reason.TIMEOUT,
                        "PX-Backup has not gathered the details of backup " + target.name() + " within "
                                + waited.toSeconds() + " s; the state is " + state,
                        null);
            }
            connection.repeater().sleep(poll);
            waited = waited.plus(poll);
            poll = poll.multipliedBy(2).compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : poll.multipliedBy(2);
        }
    }

    private BackupDetails details(Request request, Target target, boolean resync) {
        DetailsReply reply = connection.inDialect(
                line -> detailsCall(request, target, resync, line), DetailsReply.class, "The details of a backup");
        if (reply.backup == null) {
            throw new PxBackupException(
                    Reason.MALFORMED, "PX-Backup answered no details of backup " + target.name(), null);
        }
        return reply.backup;
    }

    private static Call detailsCall(Request request, Target target, boolean resync, ServerLine line) {
        if (!line.has(2, 11)) {
            return Call.get(target.moved(DETAILS, line));
        }
        ObjectNode body = request.body(line);
        target.name(body);
        if (!request.has("filter_status")) {
            // The server's own default hides what failed.
            List<String> all = Stream.of(BackupState.values())
                    .filter(each -> each != BackupState.UNKNOWN && each != BackupState.INVALID)
                    .map(BackupState::word)
                    .toList();
            Request.place(body, "filter.status", Json.tree(all));
        }
        body.remove("force_resync");
        if (resync) {
            body.put("force_resync", true);
        }
        return Call.ask(DETAILS, body);
    }

    private Target target(Request request) {
        return Target.of(request, connection.organisation());
    }

    /** The target of an operation on a backup that is there; refuses what the line lacks. */
    private Target known(Request request) {
        ServerLine line = connection.line();
        request.require(line);
        Target target = target(request);
        target.requireUid(line);
        return target;
    }

    private static Map<String, String> labels(BackupObject backup) {
        return backup.metadata() == null ? Map.of() : backup.metadata().labels();
    }

    private static BackupObject whole(Reply reply, String told) {
        if (reply.backup == null || reply.backup.uid().isEmpty()) {
            throw new PxBackupException(Reason.MALFORMED, told + " answered without a backup", null);
        }
        return reply.backup;
    }

    record Reply(@Nullable BackupObject backup) {}

    record DetailsReply(@Nullable BackupDetails backup) {}

    record Listed(List<BackupObject> backups, @Nullable Long totalCount, boolean complete) {}
}
