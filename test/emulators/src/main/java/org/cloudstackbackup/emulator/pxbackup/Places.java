/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.cloudstackbackup.emulator.pxbackup.wire.Code;

/** The calls on backup locations and clusters, whose states change in the background. */
final class Places {
    private final World world;
    private final Catalog catalog;
    private final BackupDeletion deletion;

    Places(World world, Catalog catalog, BackupDeletion deletion) {
        this.world = requireNonNull(world, "world is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.deletion = requireNonNull(deletion, "deletion is null");
    }

    JsonObject createLocation(Request request) {
        Access.requireCreate(request.user(), Kind.BACKUP_LOCATION);
        Entity.Identity identity = world.identity(Kind.BACKUP_LOCATION, request.user(), request.body());
        JsonObject info = Tree.object(request.body(), "backup_location");
        resolveCredential(request, identity.org(), info);
        info.remove("object_lock_enabled"); // a property of the bucket
        Location location = new Location(identity, world.now(), info);
        location.labels(Tree.object(request.body(), "metadata.labels"));
        Access.firstOwnership(request.user(), location, request.body());
        world.add(location);
        validate(location);
        return Tree.of("backup_location", catalog.view(location, request));
    }

    private void resolveCredential(Request request, String org, JsonObject info) {
        if (Tree.has(info, "cloud_credential_ref.name") || Tree.has(info, "cloud_credential_ref.uid")) {
            Entity credential = world.resolve(
                    Kind.CLOUD_CREDENTIAL, request.user(), org, Tree.object(info, "cloud_credential_ref"), "");
            info.add("cloud_credential_ref", credential.ref());
        }
    }

    private void validate(Entity location) {
        location.status("ValidationInProgress", "");
        world.timeline().after(world.timings().validation(), () -> {
            if (location.status().equals("ValidationInProgress")) {
                boolean bad = Tree.text(location.info(), "path").contains("unreachable");
                location.status(
                        bad ? "ValidationFailed" : "Valid", bad ? "failed to validate access to the bucket" : "");
                location.touch(world.now());
            }
        });
    }

    JsonObject updateLocation(Request request) {
        Entity location = catalog.target(request, Kind.BACKUP_LOCATION);
        JsonObject changed = Tree.object(request.body(), "backup_location");
        resolveCredential(request, location.org(), changed);
        changed.remove("object_lock_enabled");
        changed.remove("status");
        changed.entrySet().forEach(each -> location.info().add(each.getKey(), each.getValue()));
        Backups.ownership(world, request.user(), location, request.body());
        validate(location);
        return new JsonObject();
    }

    JsonObject enumerateLocations(Request request) {
        JsonObject body = request.body();
        boolean all = Tree.flag(body, "include_validation_state");
        String credential = Tree.text(body, "cloud_credential_ref.uid");
        String credentialName = Tree.text(body, "cloud_credential_ref.name");
        List<String> types = Tree.texts(body, "backup_location_enumerate_options.provider_types");
        List<String> statuses = Tree.texts(body, "backup_location_enumerate_options.statuses");
        return catalog.enumerate(
                request,
                Kind.BACKUP_LOCATION,
                options(body),
                each -> (all || !each.status().startsWith("ValidationInProgress"))
                        && Tree.text(each.info(), "cloud_credential_ref.uid").contains(credential)
                        && Tree.text(each.info(), "cloud_credential_ref.name").contains(credentialName)
                        && (types.isEmpty() || types.contains(Tree.text(each.info(), "type")))
                        && (statuses.isEmpty() || statuses.contains(each.status())));
    }

    /** The common options, with the labels that stand beside them. */
    static Enumeration options(JsonObject body) {
        JsonObject options = Tree.object(body, "enumerate_options").deepCopy();
        Tree.copy(body, options, "labels");
        return new Enumeration(options);
    }

    JsonObject validateLocation(Request request) {
        Entity location =
                world.find(Kind.BACKUP_LOCATION, request.user(), request.org(), request.name(), request.uid());
        validate(location);
        return new JsonObject();
    }

    JsonObject deleteLocation(Request request) {
        Entity location =
                world.find(Kind.BACKUP_LOCATION, request.user(), request.org(), request.name(), request.uid());
        Access.requireChange(request.user(), location, "delete");
        catalog.requireUnused(location);
        location.status("DeletePending", "");
        removeWhenUnused(location);
        return new JsonObject();
    }

    private void removeWhenUnused(Entity location) {
        world.timeline().after(world.timings().delete(), () -> {
            boolean used = world.all(Kind.BACKUP).stream()
                    .anyMatch(each -> ((Backup) each).locationUid().equals(location.uid()));
            if (used) {
                removeWhenUnused(location);
            } else {
                world.remove(location);
            }
        });
    }

    JsonObject createCluster(Request request) {
        Access.requireCreate(request.user(), Kind.CLUSTER);
        JsonObject body = request.body();
        Entity.Identity identity = world.identity(Kind.CLUSTER, request.user(), body);
        if (kubeconfig(Tree.text(body, "kubeconfig")).contains("unreachable")) {
            throw new ApiFailure(Code.UNKNOWN, "failed to validate access to the cluster");
        }
        boolean there = world.all(Kind.CLUSTER).stream()
                .anyMatch(each -> each.name().equals(identity.name())
                        && each.owner().equals(identity.owner())
                        && each.org().equals(identity.org()));
        if (there) {
            throw new ApiFailure(
                    Code.ALREADY_EXISTS, "cluster [" + identity.name() + "] already exists with status: Online");
        }
        JsonObject info = new JsonObject();
        Tree.copy(
                body,
                info,
                "px_config",
                "kubeconfig",
                "cloud_credential_ref",
                "platform_credential_ref",
                "teleport_cluster_id",
                "tenant_id",
                "service_token",
                "provider");
        Cluster cluster = new Cluster(identity, world.now(), info, new KubeCluster(world));
        describe(cluster, "UTC");
        cluster.labels(Tree.object(body, "metadata.labels"));
        cluster.status("Pending", "");
        world.add(cluster);
        world.timeline().after(world.timings().validation(), () -> cluster.status("Success", ""));
        world.timeline().after(world.timings().validation().multipliedBy(2), () -> cluster.status("Online", ""));
        return Tree.of("cluster", catalog.view(cluster, request));
    }

    /** What a cluster tells about itself. */
    void describe(Cluster cluster, String zone) {
        JsonObject info = cluster.info();
        String stork = world.line().has(3, 0)
                ? "26.3.0"
                : world.line().has(2, 11) ? "26.2.0" : world.line().has(2, 9) ? "25.3.0" : "25.2.1";
        info.addProperty("stork_version", stork);
        info.addProperty("k8s_version", "v1.32.4");
        info.addProperty("time_zone", zone);
        info.addProperty("application_cluster_uuid", cluster.uid());
    }

    private static String kubeconfig(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.invalid("kubeconfig is not base64");
        }
    }

    JsonObject updateCluster(Request request) {
        Entity cluster = catalog.target(request, Kind.CLUSTER);
        Tree.copy(
                request.body(),
                cluster.info(),
                "px_config",
                "kubeconfig",
                "cloud_credential_ref",
                "platform_credential_ref");
        Backups.ownership(world, request.user(), cluster, request.body());
        if (Tree.has(request.body(), "metadata.labels")) {
            cluster.labels(Tree.object(request.body(), "metadata.labels"));
        }
        return new JsonObject();
    }

    JsonObject enumerateClusters(Request request) {
        JsonObject body = request.body();
        List<String> statuses = Tree.texts(body, "cluster_enumerate_options.cluster_status");
        List<String> providers = Tree.texts(body, "cluster_enumerate_options.cluster_providers");
        boolean shared = Tree.flag(body, "only_backup_share");
        return catalog.enumerate(
                request,
                Kind.CLUSTER,
                options(body),
                each -> (statuses.isEmpty() || statuses.contains(each.status()))
                        && (providers.isEmpty() || providers.contains(Tree.text(each.info(), "provider")))
                        && (!shared || each.info().has("backup_share_status_info")));
    }

    JsonObject deleteCluster(Request request) {
        Entity cluster = world.find(Kind.CLUSTER, request.user(), request.org(), request.name(), request.uid());
        Access.requireChange(request.user(), cluster, "delete");
        boolean backups = Tree.flag(request.body(), "delete_all_cluster_backups");
        if (backups && !request.user().isSuperAdmin()) {
            throw ApiFailure.denied("Access denied for [Resource: cluster]");
        }
        if (backups) {
            backups(cluster).forEach(each -> deletion.request(each, cluster.uid()));
        }
        cluster.status(backups && !backups(cluster).isEmpty() ? "Online" : "DeletePending", "");
        removeCluster(cluster, backups);
        return new JsonObject();
    }

    private void removeCluster(Entity cluster, boolean afterBackups) {
        world.timeline().after(world.timings().delete(), () -> {
            if (afterBackups && !backups(cluster).isEmpty()) {
                removeCluster(cluster, true);
                return;
            }
            for (Entity each : world.all(Kind.BACKUP_SCHEDULE)) {
                if (Tree.text(each.info(), "cluster_ref.uid").equals(cluster.uid())) {
                    ((Schedule) each).newPlan();
                    world.remove(each);
                }
            }
            world.remove(cluster);
        });
    }

    private List<Backup> backups(Entity cluster) {
        return world.all(Kind.BACKUP).stream()
                .map(each -> (Backup) each)
                .filter(each -> each.clusterUid().equals(cluster.uid()))
                .toList();
    }

    /** Adds and takes away shares of all backups of a cluster. */
    JsonObject shareBackups(Request request) {
        Entity cluster = world.find(Kind.CLUSTER, request.user(), request.org(), request.name(), request.uid());
        Access.requireChange(request.user(), cluster, "share");
        cluster.info().add("backup_share_status_info", Tree.status("InProgress", ""));
        JsonObject body = request.body();
        world.timeline().after(world.timings().details(), () -> {
            for (Backup each : backups(cluster)) {
                share(each, body);
            }
            cluster.info().add("backup_share_status_info", Tree.status("Success", ""));
        });
        return new JsonObject();
    }

    private static void share(Backup backup, JsonObject body) {
        JsonObject share = Tree.object(backup.info(), "backup_share").deepCopy();
        for (String list : List.of("groups", "collaborators")) {
            JsonArray merged = new JsonArray();
            TreeSet<String> replaced = new TreeSet<>();
            for (JsonObject each : Tree.objects(body, "add_backup_share." + list)) {
                merged.add(each.deepCopy());
                replaced.add(Tree.text(each, "id"));
            }
            Tree.objects(body, "del_backup_share." + list).forEach(each -> replaced.add(Tree.text(each, "id")));
            for (JsonObject each : Tree.objects(share, list)) {
                if (!replaced.contains(Tree.text(each, "id"))) {
                    merged.add(each);
                }
            }
            share.add(list, merged);
        }
        backup.info().add("backup_share", share);
    }

    /** Lets users and groups see a cluster, or no more. */
    JsonObject shareCluster(Request request, boolean add) {
        Entity cluster = world.resolve(
                Kind.CLUSTER, request.user(), request.org(), Tree.object(request.body(), "cluster_ref"), "");
        Access.requireOwnership(request.user(), cluster);
        JsonObject ownership = cluster.ownership().deepCopy();
        grant(ownership, "collaborators", Tree.texts(request.body(), "users"), add);
        grant(ownership, "groups", Tree.texts(request.body(), "groups"), add);
        world.ownership(cluster, ownership);
        return new JsonObject();
    }

    private static void grant(JsonObject ownership, String list, List<String> ids, boolean add) {
        JsonArray kept = new JsonArray();
        for (JsonObject each : Tree.objects(ownership, list)) {
            if (!ids.contains(Tree.text(each, "id"))) {
                kept.add(each);
            }
        }
        if (add) {
            for (String id : ids) {
                JsonObject grant = new JsonObject();
                grant.addProperty("id", id);
                grant.addProperty("access", "Read");
                kept.add(grant);
            }
        }
        ownership.add(list, kept);
    }

    JsonObject resourceTypes(Request request) {
        Entity cluster = world.resolve(
                Kind.CLUSTER, request.user(), request.org(), Tree.object(request.body(), "cluster_ref"), "");
        requireNonNull(cluster);
        return Tree.of(
                "resource_types",
                Tree.arrayOfTexts(List.of(
                        "ConfigMap",
                        "DataVolume",
                        "Deployment",
                        "PersistentVolume",
                        "PersistentVolumeClaim",
                        "Secret",
                        "Service",
                        "VirtualMachine")));
    }

    /** Numbers for each cluster, as old as the last refresh. */
    JsonObject metrics(Request request, Instant start) {
        world.requireOrg(request.org());
        long step = world.timings().metrics().toSeconds();
        long age = world.now().getEpochSecond() - start.getEpochSecond();
        JsonArray stats = new JsonArray();
        for (Entity each : world.all(Kind.CLUSTER)) {
            if (Access.sees(request.user(), each)) {
                stats.add(stats((Cluster) each));
            }
        }
        JsonObject told = Tree.of("stats", stats);
        told.addProperty("last_sync_time", start.getEpochSecond() + age / step * step);
        return told;
    }

    private JsonObject stats(Cluster cluster) {
        JsonObject told = new JsonObject();
        told.addProperty("cluster", cluster.name());
        told.add("cluster_ref", cluster.ref());
        long namespaces = cluster.inventory().namespaces().size();
        TreeSet<String> covered = new TreeSet<>();
        backups(cluster).forEach(each -> covered.addAll(Tree.texts(each.info(), "namespaces")));
        told.addProperty("num_namespaces", covered.size());
        told.addProperty("total_namespaces", namespaces);
        told.addProperty(
                "total_backup_size",
                backups(cluster).stream()
                        .mapToLong(each -> Tree.number(each.info(), "total_size"))
                        .sum());
        told.addProperty(
                "num_schedules",
                world.all(Kind.BACKUP_SCHEDULE).stream()
                        .filter(each ->
                                Tree.text(each.info(), "cluster_ref.uid").equals(cluster.uid()))
                        .count());
        return told;
    }

    /** The data of a location has vanished: the next check tells it of every backup. */
    void dataVanished(Entity location) {
        world.timeline().after(world.timings().missingCheck(), () -> {
            for (Entity each : world.all(Kind.BACKUP)) {
                Backup backup = (Backup) each;
                if (backup.locationUid().equals(location.uid()) && backup.isFinal()) {
                    backup.status("CloudBackupMissing", "backup data is missing in the backup location");
                    backup.touch(world.now());
                }
            }
        });
    }

    static JsonElement organisation(String name, Instant created) {
        Entity.Identity identity = new Entity.Identity("", "", name, "uid-of-" + name);
        return Tree.of("metadata", new Entity(Kind.RULE, identity, created, new JsonObject()).metadata());
    }
}
