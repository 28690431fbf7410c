/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.jspecify.annotations.Nullable;

/** The calls on backups. */
final class Backups {
    private static final String[] COPIED = {
        "namespaces",
        "label_selectors",
        "csi_snapshot_class_name",
        "resource_types",
        "exclude_resource_types",
        "ns_label_selectors",
        "backup_object_type",
        "skip_vm_auto_exec_rules",
        "volume_snapshot_class_mapping",
        "direct_kdmp",
        "keep_cr_status",
        "advanced_resource_label_selector",
        "pre_exec_rule",
        "post_exec_rule"
    };

    private final World world;
    private final BackupRun run;
    private final BackupDeletion deletion;

    Backups(World world, BackupRun run, BackupDeletion deletion) {
        this.world = requireNonNull(world, "world is null");
        this.run = requireNonNull(run, "run is null");
        this.deletion = requireNonNull(deletion, "deletion is null");
    }

    JsonObject create(Request request) {
        Entity.Identity identity = world.identity(Kind.BACKUP, request.user(), request.body());
        JsonObject info = definition(request.user(), identity.org(), request.body());
        Backup backup = new Backup(identity, world.now(), info);
        backup.labels(Tree.object(request.body(), "metadata.labels"));
        Access.firstOwnership(request.user(), backup, request.body());
        started(backup);
        return Tree.of("backup", view(backup, request.user(), true));
    }

    /** Checks what a backup or a schedule is to do and resolves what it refers to. */
    JsonObject definition(User user, String org, JsonObject body) {
        Entity location = world.resolve(
                Kind.BACKUP_LOCATION,
                user,
                org,
                Tree.object(body, "backup_location_ref"),
                Tree.text(body, "backup_location"));
        Entity cluster =
                world.resolve(Kind.CLUSTER, user, org, Tree.object(body, "cluster_ref"), Tree.text(body, "cluster"));
        if (!location.status().equals("Valid") && !location.status().equals("LimitedAvailability")) {
            throw ApiFailure.state("backup location [" + location.name() + "] is not valid: " + location.status());
        }
        if (!((Cluster) cluster).isOnline()) {
            throw ApiFailure.state("cluster [" + cluster.name() + "] is not online: " + cluster.status());
        }
        scope(body);
        JsonObject info = new JsonObject();
        Tree.copy(body, info, COPIED);
        info.add("include_resources", Tree.array(normalised(body)));
        info.add("backup_type", Tree.type(Tree.has(body, "backup_type") ? Tree.text(body, "backup_type") : "Normal"));
        info.add("backup_location_ref", location.ref());
        info.addProperty("backup_location", location.name());
        info.add("cluster_ref", cluster.ref());
        info.addProperty("cluster", cluster.name());
        info.addProperty("stork_version", Tree.text(cluster.info(), "stork_version"));
        rules(user, org, body, info);
        return info;
    }

    private void rules(User user, String org, JsonObject body, JsonObject info) {
        for (String field : List.of("pre_exec_rule_ref", "post_exec_rule_ref")) {
            if (Tree.has(body, field + ".name") || Tree.has(body, field + ".uid")) {
                info.add(
                        field,
                        world.resolve(Kind.RULE, user, org, Tree.object(body, field), "")
                                .ref());
            }
        }
        String policy = "volume_resource_only_policy_ref";
        if (Tree.has(body, policy + ".name") || Tree.has(body, policy + ".uid")) {
            info.add(
                    policy,
                    world.resolve(Kind.VOLUME_RESOURCE_ONLY_POLICY, user, org, Tree.object(body, policy), "")
                            .ref());
        }
    }

    private static void scope(JsonObject body) {
        List<String> namespaces = Tree.texts(body, "namespaces");
        if (new HashSet<>(namespaces).size() != namespaces.size()) {
            throw ApiFailure.invalid("namespaces are repeated");
        }
        boolean vm = Tree.text(body, "backup_object_type.type").equals("VirtualMachine");
        String selector = Tree.text(body, "ns_label_selectors");
        if (namespaces.isEmpty() && selector.isEmpty() && !vm) {
            throw ApiFailure.invalid("namespaces or ns_label_selectors are required");
        }
        Selector.of(selector);
        Selector.of(Tree.text(body, "advanced_resource_label_selector"));
    }

    private static List<JsonObject> normalised(JsonObject body) {
        List<JsonObject> resources = Tree.objects(body, "include_resources");
        for (JsonObject each : resources) {
            if (Tree.text(each, "group").isEmpty()) {
                each.addProperty("group", "core");
            }
        }
        return resources;
    }

    /** Adds the backup and lets it run. */
    void started(Backup backup) {
        JsonObject info = backup.info();
        String short7 = backup.uid().replace("-", "").substring(0, 7);
        info.addProperty("cr_name", backup.name() + "-" + short7);
        info.addProperty("cr_uid", UUID.randomUUID().toString());
        info.addProperty("backup_path", backup.name() + "/" + backup.uid());
        Entity location = world.byUid(Kind.BACKUP_LOCATION, backup.locationUid());
        if (location != null) {
            Tree.copy(location.info(), info, "cloud_credential_ref");
            if (location instanceof Location place && place.lockDays() > 0) {
                info.addProperty("retention_period", place.lockDays());
                info.addProperty(
                        "retention_time",
                        world.now().plus(Duration.ofDays(place.lockDays())).toString());
            }
        }
        world.add(backup);
        run.accept(backup);
    }

    JsonObject update(Request request) {
        Entity backup = named(request, "metadata.");
        Access.requireChange(request.user(), backup, "update");
        ownership(world, request.user(), backup, request.body());
        if (Tree.has(request.body(), "metadata.labels")) {
            backup.labels(Tree.object(request.body(), "metadata.labels"));
        }
        if (Tree.has(request.body(), "cloud_credential_ref")) {
            Entity credential = world.resolve(
                    Kind.CLOUD_CREDENTIAL,
                    request.user(),
                    backup.org(),
                    Tree.object(request.body(), "cloud_credential_ref"),
                    "");
            backup.info().add("cloud_credential_ref", credential.ref());
        }
        backup.touch(world.now());
        return new JsonObject();
    }

    static void ownership(World world, User user, Entity entity, JsonObject body) {
        JsonObject wanted = Tree.object(body, "metadata.ownership");
        if (!wanted.isEmpty()) {
            Access.requireOwnership(user, entity);
            String owner = Tree.text(wanted, "owner");
            if (!owner.isEmpty() && !owner.equals(entity.owner()) && !user.isSuperAdmin()) {
                throw ApiFailure.denied("only an administrator may change the owner");
            }
            world.ownership(entity, wanted);
        }
    }

    JsonObject enumerate(Request request) {
        world.requireOrg(request.org());
        Enumeration enumeration = new Enumeration(Tree.object(request.body(), "enumerate_options"));
        return enumeration.page(
                Kind.BACKUP,
                world.all(Kind.BACKUP).stream()
                        .filter(each -> each.org().equals(request.org()) && Access.sees(request.user(), each)),
                each -> view((Backup) each, request.user(), enumeration.detailed()));
    }

    JsonObject inspect(Request request) {
        return Tree.of("backup", view((Backup) named(request, ""), request.user(), true));
    }

    JsonObject delete(Request request) {
        Backup backup = (Backup) named(request, "");
        Access.requireChange(request.user(), backup, "delete");
        if (Tree.flag(request.body(), "force")) {
            throw ApiFailure.state("force is supported in Federated mode only");
        }
        JsonObject ref = Tree.object(request.body(), "cluster_ref");
        String name = Tree.text(request.body(), "cluster");
        boolean named = Tree.has(ref, "name") || Tree.has(ref, "uid") || !name.isEmpty();
        JsonObject through = named ? ref : Tree.object(backup.info(), "cluster_ref");
        Entity cluster = world.resolve(Kind.CLUSTER, request.user(), backup.org(), through, name);
        deletion.request(backup, cluster.uid());
        return new JsonObject();
    }

    JsonObject share(Request request) {
        Entity backup = named(request, "");
        Access.requireChange(request.user(), backup, "share");
        JsonObject share = Tree.object(request.body(), "backupshare");
        backup.info().add("backup_share", share);
        backup.touch(world.now());
        return new JsonObject();
    }

    JsonObject retry(Request request) {
        Backup original = (Backup) named(request, "");
        Access.requireChange(request.user(), original, "retry");
        if (!original.isVm()) {
            throw ApiFailure.invalid("retry is supported for VirtualMachine backups only");
        }
        if (!Set.of("Failed", "PartialSuccess").contains(original.status())) {
            throw ApiFailure.state("backup [" + original.name() + "] is in state " + original.status()
                    + ", retry needs Failed or PartialSuccess");
        }
        JsonObject info = new JsonObject();
        Tree.copy(original.info(), info, COPIED);
        Tree.copy(
                original.info(),
                info,
                "backup_type",
                "backup_location_ref",
                "backup_location",
                "cluster_ref",
                "cluster",
                "stork_version",
                "pre_exec_rule_ref",
                "post_exec_rule_ref");
        info.add("include_resources", Tree.array(retried(original, request.body())));
        info.addProperty("skip_vm_auto_exec_rules", Tree.flag(request.body(), "skip_vm_auto_exec_rules"));
        info.add("retry_parent", original.ref());
        String name = String.format(
                Locale.ROOT,
                "%s-retry%d-%d",
                original.name(),
                original.nextRetry(),
                world.now().getEpochSecond());
        Entity.Identity identity = new Entity.Identity(
                original.org(), request.user().id(), name, UUID.randomUUID().toString());
        Backup backup = new Backup(identity, world.now(), info);
        backup.labels(original.labels().deepCopy());
        started(backup);
        return Tree.of("backup", view(backup, request.user(), true));
    }

    /** The failed machines of the backup, or those of them that the caller names. */
    private static List<JsonObject> retried(Backup original, JsonObject body) {
        List<JsonObject> failed = original.machines().stream()
                .filter(each -> !BackupRun.failure(original, each).isEmpty())
                .map(Resources::of)
                .toList();
        if (failed.isEmpty()) { // the engine failed before it looked at machines
            failed = Tree.objects(original.info(), "include_resources");
        }
        List<JsonObject> wanted = Tree.objects(body, "include_resources");
        List<JsonObject> known = failed;
        for (JsonObject each : wanted) {
            if (!known.contains(each)) {
                throw ApiFailure.invalid("resource [" + Tree.text(each, "name") + "] is no failed virtual machine of"
                        + " backup [" + original.name() + "]");
            }
        }
        return wanted.isEmpty() ? failed : wanted;
    }

    private Entity named(Request request, String prefix) {
        String org = prefix.isEmpty() ? request.org() : Tree.text(request.body(), prefix + "org_id");
        String name = prefix.isEmpty() ? request.name() : Tree.text(request.body(), prefix + "name");
        String uid = prefix.isEmpty() ? request.uid() : Tree.text(request.body(), prefix + "uid");
        return world.find(Kind.BACKUP, request.user(), org, name, uid);
    }

    /** The backup as a caller sees it. */
    JsonObject view(Backup backup, @Nullable User user, boolean detailed) {
        JsonObject info = new JsonObject();
        backup.info().entrySet().forEach(each -> info.add(each.getKey(), each.getValue()));
        if (!detailed || world.line().has(2, 11)) {
            info.remove("resources");
            info.remove("virtual_machine_resources");
        }
        if (!detailed || !world.line().has(2, 11)) {
            info.remove("vm_resources");
            info.remove("namespace_resources");
        }
        if (backup.isSeeded()) {
            info.add("volumes", run.seededVolumes(backup));
        }
        if (user != null && Access.share(user, backup) > 0) {
            info.addProperty("user_backupshare_access", Access.shareName(user, backup));
        }
        JsonObject view = Tree.of("metadata", backup.metadata());
        view.add("backup_info", info);
        return view;
    }
}
