/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** The calls on restores. */
final class Restores {
    private final World world;
    private final RestoreRun run;

    Restores(World world, RestoreRun run) {
        this.world = requireNonNull(world, "world is null");
        this.run = requireNonNull(run, "run is null");
    }

    JsonObject create(Request request) {
        JsonObject body = request.body();
        Entity.Identity identity = world.identity(Kind.RESTORE, request.user(), body);
        Backup backup = (Backup) world.resolve(
                Kind.BACKUP,
                request.user(),
                identity.org(),
                Tree.object(body, "backup_ref"),
                Tree.text(body, "backup"));
        Access.requireRestore(request.user(), backup);
        Entity cluster = world.resolve(
                Kind.CLUSTER,
                request.user(),
                identity.org(),
                Tree.object(body, "cluster_ref"),
                Tree.text(body, "cluster"));
        Entity location = world.find(
                Kind.BACKUP_LOCATION,
                request.user(),
                identity.org(),
                Tree.text(backup.info(), "backup_location_ref.name"),
                backup.locationUid());
        check(body, backup, (Cluster) cluster);
        JsonObject info = new JsonObject();
        Tree.copy(
                body,
                info,
                "namespace_mapping",
                "include_optional_resource_types",
                "include_resources",
                "storage_class_mapping",
                "rancher_project_mapping",
                "rancher_project_name_mapping",
                "backup_object_type",
                "filter",
                "target_namespace_prefix",
                "virtual_machine_restore_options",
                "is_sfr");
        info.addProperty("replace_policy", Tree.text(body, "replace_policy").equals("Delete") ? "Delete" : "Retain");
        info.add("backup_ref", backup.ref());
        info.addProperty("backup", backup.name());
        info.add("cluster_ref", cluster.ref());
        info.addProperty("cluster", cluster.name());
        info.add("backup_location_ref", location.ref());
        info.addProperty("backup_location", location.name());
        info.addProperty("stork_version", Tree.text(cluster.info(), "stork_version"));
        files(body, info);
        Restore restore = new Restore(identity, world.now(), info, backup);
        restore.labels(Tree.object(body, "metadata.labels"));
        Access.firstOwnership(request.user(), restore, body);
        select(restore, body);
        world.add(restore);
        run.accept(restore);
        return Tree.of("restore", view(restore));
    }

    private static void check(JsonObject body, Backup backup, Cluster cluster) {
        if (!Set.of("Success", "PartialSuccess").contains(backup.status())) {
            throw ApiFailure.state(
                    "backup [" + backup.name() + "] is in state " + backup.status() + " and cannot be restored");
        }
        if (!cluster.isOnline()) {
            throw ApiFailure.state("cluster [" + cluster.name() + "] is not online: " + cluster.status());
        }
        if (body.has("filter") && body.has("namespace_mapping")) {
            throw ApiFailure.invalid("filter and namespace_mapping exclude each other");
        }
        if (body.has("target_namespace_prefix") && !body.has("filter")) {
            throw ApiFailure.invalid("target_namespace_prefix is used with filter only");
        }
    }

    private static void files(JsonObject body, JsonObject info) {
        if (body.has("file_level_restore_info")) {
            JsonObject told = new JsonObject();
            JsonObject given = Tree.object(body, "file_level_restore_info");
            Tree.copy(given, told, "virtual_machine_name", "volume_name");
            JsonArray files = new JsonArray();
            for (JsonObject each : Tree.objects(given, "restore_files")) {
                JsonObject file = Tree.of("restore_file_info", each);
                file.add("status", Tree.status("Pending", ""));
                files.add(file);
            }
            told.add("restore_files", files);
            info.add("file_level_restore_info", told);
        }
    }

    /** Everything in the backup, or what the caller names; what is not in the backup is skipped without a word. */
    private void select(Restore restore, JsonObject body) {
        Backup backup = restore.backup();
        List<JsonObject> included = Tree.objects(body, "include_resources");
        List<JsonObject> excluded = Tree.objects(body, "exclude_resources");
        boolean vm = Tree.text(body, "backup_object_type.type").equals("VirtualMachine");
        for (VirtualMachine each : backup.machines()) {
            boolean partial = world.line().has(2, 11)
                    && backup.isVm()
                    && !BackupRun.failure(backup, each).isEmpty();
            boolean wanted = included.isEmpty() || names(included, "VirtualMachine", each.namespace(), each.name());
            if (wanted
                    && !partial
                    && filtered(body, each.namespace(), each)
                    && !restore.target(each.namespace()).isEmpty()
                    && !names(excluded, "VirtualMachine", each.namespace(), each.name())) {
                restore.machines().add(each);
            }
        }
        for (Backup.Volume each : backup.volumes()) {
            Claim claim = each.claim();
            boolean ofMachine = restore.machines().stream()
                    .anyMatch(machine -> machine.name().equals(each.machine())
                            && machine.namespace().equals(claim.namespace()));
            boolean wanted = vm
                    ? ofMachine
                    : included.isEmpty()
                            ? body.has("filter") ? ofMachine : true
                            : names(included, "PersistentVolumeClaim", claim.namespace(), claim.name());
            if (wanted
                    && each.isStored()
                    && !restore.target(claim.namespace()).isEmpty()
                    && !names(excluded, "PersistentVolumeClaim", claim.namespace(), claim.name())) {
                restore.volumes().add(each);
            }
        }
    }

    private static boolean filtered(JsonObject body, String namespace, VirtualMachine machine) {
        JsonObject virtual = Tree.object(body, "filter.virtual_machine_filter");
        JsonObject spaces = Tree.object(body, "filter.namespace_filter");
        List<String> systems = Tree.texts(virtual, "os_name");
        List<String> inside = Tree.texts(spaces, "include_namespaces");
        return machine.name().contains(Tree.text(virtual, "vm_name_pattern"))
                && (systems.isEmpty() || systems.contains(machine.osName()))
                && (!virtual.has("include_vms") || BackupDetails.lists(virtual, "include_vms", machine))
                && !BackupDetails.lists(virtual, "exclude_vms", machine)
                && (inside.isEmpty() || inside.contains(namespace))
                && !Tree.texts(spaces, "exclude_namespaces").contains(namespace);
    }

    private static boolean names(List<JsonObject> resources, String kind, String namespace, String name) {
        return resources.stream()
                .anyMatch(each -> Tree.text(each, "kind").equals(kind)
                        && Tree.text(each, "namespace").equals(namespace)
                        && Tree.text(each, "name").equals(name));
    }

    JsonObject update(Request request) {
        Entity restore = world.find(
                Kind.RESTORE,
                request.user(),
                Tree.text(request.body(), "metadata.org_id"),
                Tree.text(request.body(), "metadata.name"),
                Tree.text(request.body(), "metadata.uid"));
        Access.requireChange(request.user(), restore, "update");
        Backups.ownership(world, request.user(), restore, request.body());
        if (Tree.has(request.body(), "metadata.labels")) {
            restore.labels(Tree.object(request.body(), "metadata.labels"));
        }
        restore.touch(world.now());
        return new JsonObject();
    }

    JsonObject enumerate(Request request) {
        world.requireOrg(request.org());
        return new Enumeration(Tree.object(request.body(), "enumerate_options"))
                .page(
                        Kind.RESTORE,
                        world.all(Kind.RESTORE).stream()
                                .filter(each -> each.org().equals(request.org()) && Access.sees(request.user(), each)),
                        Restores::view);
    }

    JsonObject inspect(Request request) {
        return Tree.of(
                "restore",
                view(world.find(Kind.RESTORE, request.user(), request.org(), request.name(), request.uid())));
    }

    JsonObject delete(Request request) {
        Entity restore = world.find(Kind.RESTORE, request.user(), request.org(), request.name(), request.uid());
        Access.requireChange(request.user(), restore, "delete");
        restore.status("Deleting", "");
        world.timeline().after(world.timings().delete(), () -> world.remove(restore));
        return new JsonObject();
    }

    private static JsonObject view(Entity restore) {
        JsonObject view = Tree.of("metadata", restore.metadata());
        view.add("restore_info", restore.info());
        return view;
    }
}
