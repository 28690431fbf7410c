/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.cloudstackbackup.emulator.pxbackup.wire.Code;
import org.cloudstackbackup.emulator.pxbackup.wire.Line;

/** All calls of all lines. */
final class Routes {
    private static final Line FIRST = new Line(0, 0, 0);
    private static final Line NEVER = new Line(99, 0, 0);
    private static final Line L2_9 = new Line(2, 9, 0);
    private static final Line L2_10 = new Line(2, 10, 0);
    private static final Line L2_11 = new Line(2, 11, 0);
    private static final Line L3_0 = new Line(3, 0, 0);
    private static final String ONE = "/{org_id}/{name}";
    private static final String ONE_UID = "/{org_id}/{name}/{uid}";

    private final List<Route> all = new ArrayList<>();

    Routes(World world, Parts parts, Instant start) {
        backups(parts);
        schedules(parts);
        restores(parts);
        places(parts, start);
        catalog(parts.catalog());
        server(world);
    }

    List<Route> all() {
        return all;
    }

    private void backups(Parts parts) {
        Backups backups = parts.backups();
        add("POST", "/v1/backup", "BackupCreateRequest", "BackupCreateResponse", backups::create);
        add("PUT", "/v1/backup", "BackupUpdateRequest", "BackupUpdateResponse", backups::update);
        add(
                "PUT",
                "/v1/backup/updatebackupshare",
                "BackupShareUpdateRequest",
                "BackupShareUpdateResponse",
                backups::share);
        add(
                "PUT",
                "/v1/backup/retryBackupResources",
                L2_9,
                NEVER,
                "BackupRetryRequest",
                "BackupRetryResponse",
                backups::retry);
        String details = "/v1/backup/getbackupresourcedetails";
        String detailsAnswer = "BackupResourceDetailGetResponse";
        Function<Request, JsonObject> get = parts.details()::get;
        add("GET", details + ONE_UID, L2_9, L2_10, "", detailsAnswer, get);
        add("GET", details + ONE, L2_10, L2_11, "InspectQuery", detailsAnswer, get);
        add("POST", details, L2_11, NEVER, "BackupResourceDetailGetRequest", detailsAnswer, get);
        add("GET", "/v1/backup/{org_id}", "BackupEnumerateRequest", "BackupEnumerateResponse", backups::enumerate);
        add(
                "POST",
                "/v1/backup/{org_id}/enumerate",
                L2_9,
                NEVER,
                "BackupEnumerateRequest",
                "BackupEnumerateResponse",
                backups::enumerate);
        add("GET", "/v1/backup" + ONE, "InspectQuery", "BackupInspectResponse", backups::inspect);
        add("DELETE", "/v1/backup" + ONE, "BackupDeleteQuery", "BackupDeleteResponse", backups::delete);
    }

    private void schedules(Parts parts) {
        Schedules schedules = parts.schedules();
        String base = "/v1/backupschedule";
        String listed = "BackupScheduleEnumerateResponse";
        add("POST", base, "BackupScheduleCreateRequest", "BackupScheduleCreateResponse", schedules::create);
        add("PUT", base, "BackupScheduleUpdateRequest", "BackupScheduleUpdateResponse", schedules::update);
        add("GET", base + "/{org_id}", "BackupScheduleEnumerateRequest", listed, schedules::enumerate);
        add(
                "POST",
                base + "/{org_id}/enumerate",
                L2_9,
                NEVER,
                "BackupScheduleEnumerateRequest",
                listed,
                schedules::enumerate);
        add(
                "POST",
                base + "/{org_id}/delete",
                L2_9,
                NEVER,
                "BackupScheduleDeleteRequest",
                "BackupScheduleDeleteResponse",
                schedules::deleteMany);
        add("GET", base + ONE, "InspectQuery", "BackupScheduleInspectResponse", schedules::inspect);
        add(
                "DELETE",
                base + ONE,
                FIRST,
                L2_9,
                "BackupScheduleDeleteRequest",
                "BackupScheduleDeleteResponse",
                schedules::delete);
        add(
                "DELETE",
                base + ONE_UID,
                L2_9,
                L2_10,
                "BackupScheduleDeleteRequest",
                "BackupScheduleDeleteResponse",
                schedules::delete);
        add(
                "DELETE",
                base + ONE,
                L2_10,
                NEVER,
                "BackupScheduleDeleteRequest",
                "BackupScheduleDeleteResponse",
                schedules::delete);
    }

    private void restores(Parts parts) {
        Restores restores = parts.restores();
        add("POST", "/v1/restore", "RestoreCreateRequest", "RestoreCreateResponse", restores::create);
        add("PUT", "/v1/restore", "RestoreUpdateRequest", "RestoreUpdateResponse", restores::update);
        add("GET", "/v1/restore/{org_id}", "RestoreEnumerateQuery", "RestoreEnumerateResponse", restores::enumerate);
        add("GET", "/v1/restore" + ONE, "InspectQuery", "RestoreInspectResponse", restores::inspect);
        add("DELETE", "/v1/restore" + ONE, "InspectQuery", "RestoreDeleteResponse", restores::delete);
        add("GET", "/v1/restore/{org_id}/{days}/{interval}", "", "HealthStatusResponse", request -> {
            throw new ApiFailure(Code.UNIMPLEMENTED, "the activity timeline is not emulated");
        });
    }

    private void places(Parts parts, Instant start) {
        Places places = parts.places();
        Catalog catalog = parts.catalog();
        String location = "/v1/backuplocation";
        add("POST", location, "BackupLocationCreateRequest", "BackupLocationCreateResponse", places::createLocation);
        add("PUT", location, "BackupLocationUpdateRequest", "BackupLocationUpdateResponse", places::updateLocation);
        add(
                "POST",
                location + "/validate",
                "BackupLocationValidateRequest",
                "BackupLocationValidateResponse",
                places::validateLocation);
        add(
                "PUT",
                location + "/updateownership",
                "BackupLocationOwnershipUpdateRequest",
                "BackupLocationOwnershipUpdateResponse",
                request -> catalog.ownership(request, Kind.BACKUP_LOCATION));
        add(
                "GET",
                location + "/{org_id}",
                "BackupLocationEnumerateQuery",
                "BackupLocationEnumerateResponse",
                places::enumerateLocations);
        moved(
                "GET",
                location,
                "InspectQuery",
                "BackupLocationInspectResponse",
                request -> catalog.inspect(request, Kind.BACKUP_LOCATION));
        moved("DELETE", location, "BackupLocationDeleteQuery", "BackupLocationDeleteResponse", places::deleteLocation);

        String cluster = "/v1/cluster";
        add("POST", cluster, "ClusterCreateRequest", "ClusterCreateResponse", places::createCluster);
        add("PUT", cluster, "ClusterUpdateRequest", "ClusterUpdateResponse", places::updateCluster);
        add(
                "PUT",
                cluster + "/updatebackupshare",
                "ClusterBackupShareUpdateRequest",
                "ClusterBackupShareUpdateResponse",
                places::shareBackups);
        add(
                "GET",
                cluster + "/{org_id}",
                "ClusterEnumerateRequest",
                "ClusterEnumerateResponse",
                places::enumerateClusters);
        add(
                "POST",
                cluster + "/{org_id}/enumerate",
                L3_0,
                NEVER,
                "ClusterEnumerateRequest",
                "ClusterEnumerateResponse",
                places::enumerateClusters);
        moved(
                "GET",
                cluster,
                "InspectQuery",
                "ClusterInspectResponse",
                request -> catalog.inspect(request, Kind.CLUSTER));
        add("DELETE", cluster + ONE, "ClusterDeleteQuery", "ClusterDeleteResponse", places::deleteCluster);
        add(
                "PATCH",
                "/v1/sharecluster",
                "ShareClusterRequest",
                "ShareClusterResponse",
                request -> places.shareCluster(request, true));
        add(
                "PATCH",
                "/v1/unsharecluster",
                "UnShareClusterRequest",
                "UnShareClusterResponse",
                request -> places.shareCluster(request, false));
        add("GET", "/v1/resourceType/{org_id}", "ResourceTypeQuery", "ResourceTypeResponse", places::resourceTypes);
        add("GET", "/v1/metrics/{org_id}", "", "MetricsInspectResponse", request -> places.metrics(request, start));
    }

    private void catalog(Catalog catalog) {
        simple(catalog, Kind.SCHEDULE_POLICY, "SchedulePolicy", "schedule_policy", "LabelsQuery", FIRST);
        simple(catalog, Kind.RULE, "Rule", "rules_info", "", FIRST);
        simple(
                catalog,
                Kind.CLOUD_CREDENTIAL,
                "CloudCredential",
                "cloud_credential",
                "CloudCredentialEnumerateQuery",
                FIRST);
        simple(
                catalog,
                Kind.VOLUME_RESOURCE_ONLY_POLICY,
                "VolumeResourceOnlyPolicy",
                "volume_resource_only_policy",
                "VolumeResourceOnlyPolicyEnumerateRequest",
                L2_9);
        add(
                "POST",
                "/v1/volumeresourceonlypolicy/{org_id}/enumerate",
                L2_11,
                NEVER,
                "VolumeResourceOnlyPolicyEnumerateRequest",
                "VolumeResourceOnlyPolicyEnumerateResponse",
                request -> volumePolicies(catalog, request));
    }

    private void simple(Catalog catalog, Kind kind, String message, String key, String query, Line from) {
        String base = "/v1/" + kind.path();
        add(
                "POST",
                base,
                from,
                NEVER,
                message + "CreateRequest",
                message + "CreateResponse",
                request -> catalog.create(request, kind, key));
        add(
                "PUT",
                base,
                from,
                NEVER,
                message + "UpdateRequest",
                message + "UpdateResponse",
                request -> catalog.update(request, kind, key));
        add(
                "PUT",
                base + "/updateownership",
                from,
                NEVER,
                message + "OwnershipUpdateRequest",
                message + "OwnershipUpdateResponse",
                request -> catalog.ownership(request, kind));
        Function<Request, JsonObject> enumerate = kind == Kind.VOLUME_RESOURCE_ONLY_POLICY
                ? request -> volumePolicies(catalog, request)
                : request -> catalog.enumerate(request, kind, Places.options(request.body()), each -> true);
        add("GET", base + "/{org_id}", from, NEVER, query, message + "EnumerateResponse", enumerate);
        String inspected = message + "InspectResponse";
        String deleted = message + "DeleteResponse";
        add("GET", base + ONE_UID, from, L2_10, "InspectQuery", inspected, request -> catalog.inspect(request, kind));
        add("GET", base + ONE, L2_10, NEVER, "InspectQuery", inspected, request -> catalog.inspect(request, kind));
        add("DELETE", base + ONE_UID, from, L2_10, "InspectQuery", deleted, request -> catalog.delete(request, kind));
        add("DELETE", base + ONE, L2_10, NEVER, "InspectQuery", deleted, request -> catalog.delete(request, kind));
    }

    private static JsonObject volumePolicies(Catalog catalog, Request request) {
        JsonObject options = Tree.object(request.body(), "enumerate_options.generic_enumerate_options")
                .deepCopy();
        if (Tree.has(request.body(), "labels")) {
            options.add("labels", Tree.object(request.body(), "labels"));
        }
        List<String> types = Tree.texts(request.body(), "enumerate_options.volume_types");
        return catalog.enumerate(
                request,
                Kind.VOLUME_RESOURCE_ONLY_POLICY,
                new Enumeration(options),
                each -> types.isEmpty()
                        || Tree.texts(each.info(), "volume_types").stream().anyMatch(types::contains));
    }

    private void server(World world) {
        add("GET", "/v1/health", "", "HealthStatusResponse", request -> new JsonObject());
        add("GET", "/v1/version", "", "VersionGetResponse", request -> Tree.of("version", version(world.line())));
        add("GET", "/v1/organization", "", "OrganizationEnumerateResponse", request -> {
            JsonArray organisations = new JsonArray();
            world.organisations().forEach(each -> organisations.add(Places.organisation(each, world.now())));
            return Tree.of("organizations", organisations);
        });
        add("GET", "/v1/organization/{name}", "", "OrganizationInspectResponse", request -> {
            world.requireOrg(request.name());
            return Tree.of("organization", Places.organisation(request.name(), world.now()));
        });
    }

    private static JsonObject version(Line line) {
        JsonObject version = new JsonObject();
        version.addProperty("major", String.valueOf(line.major()));
        version.addProperty("minor", String.valueOf(line.minor()));
        version.addProperty("patch", String.valueOf(line.patch()));
        version.addProperty("git_commit", "emulator");
        version.addProperty("build_date", "2026-08-01T00:00:00Z");
        return version;
    }

    /** The uid moved from the path into the query with 2.10. */
    private void moved(
            String method, String base, String input, String output, Function<Request, JsonObject> operation) {
        add(method, base + ONE_UID, FIRST, L2_10, input, output, operation);
        add(method, base + ONE, L2_10, NEVER, input, output, operation);
    }

    private void add(
            String method, String pattern, String input, String output, Function<Request, JsonObject> operation) {
        add(method, pattern, FIRST, NEVER, input, output, operation);
    }

    private void add(
            String method,
            String pattern,
            Line from,
            Line until,
            String input,
            String output,
            Function<Request, JsonObject> operation) {
        all.add(new Route(method, pattern, from, until, input, output, operation));
    }

    /** What answers the calls. */
    record Parts(
            Backups backups,
            BackupDetails details,
            Schedules schedules,
            Restores restores,
            Places places,
            Catalog catalog) {}
}
