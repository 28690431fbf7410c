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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;

/** What is in a backup, machine by machine: at once in older lines, from a background sync in newer ones. */
final class BackupDetails {
    private static final Duration KEPT = Duration.ofMinutes(30);

    private final World world;
    private final Map<String, Instant> asked = new HashMap<>();

    BackupDetails(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    void clear() {
        asked.clear();
    }

    JsonObject get(Request request) {
        Backup backup = (Backup) world.find(Kind.BACKUP, request.user(), request.org(), request.name(), request.uid());
        JsonObject told = summary(backup);
        if (!world.line().has(2, 11)) {
            fill(told, backup, new JsonObject());
            return Tree.of("backup", told);
        }
        boolean namespacesOnly = Tree.flag(request.body(), "sync_namespaces_only");
        String sync = sync(backup, Tree.flag(request.body(), "force_resync"));
        JsonObject status = Tree.status(sync, "");
        status.addProperty("updated_at", world.now().toString());
        told.add(namespacesOnly ? "namespace_sync_status_info" : "resources_sync_status_info", status);
        if (sync.equals("Completed") && !namespacesOnly) {
            fill(told, backup, Tree.object(request.body(), "filter"));
        }
        if (sync.equals("Completed") && !backup.isVm()) {
            told.add("filtered_namespaces", namespaces(backup));
        }
        return Tree.of("backup", told);
    }

    private String sync(Backup backup, boolean again) {
        Instant first = asked.get(backup.uid());
        if (first == null || again || first.plus(KEPT).isBefore(world.now())) {
            asked.put(backup.uid(), world.now());
            return "Pending";
        }
        return first.plus(world.timings().details()).isAfter(world.now()) ? "InProgress" : "Completed";
    }

    private static JsonObject summary(Backup backup) {
        JsonObject told = Tree.of("metadata", backup.metadata());
        Tree.copy(
                backup.info(),
                told,
                "cluster",
                "label_selectors",
                "status",
                "stage",
                "total_size",
                "csi_snapshot_class_name",
                "resource_types",
                "backup_location_ref",
                "cluster_ref",
                "ns_label_selectors",
                "direct_kdmp",
                "backup_object_type",
                "skip_vm_auto_exec_rules",
                "volume_snapshot_class_mapping",
                "retention_time",
                "completion_time_info",
                "advanced_resource_label_selector",
                "virtual_machines_total_count",
                "virtual_machines_failed_count",
                "namespaces");
        return told;
    }

    private void fill(JsonObject told, Backup backup, JsonObject filter) {
        if (!backup.isVm()) {
            Tree.copy(backup.info(), told, "volumes", "resources");
            told.addProperty(
                    "total_resource_count",
                    Tree.objects(backup.info(), "resources").size());
            return;
        }
        List<VirtualMachine> machines = backup.machines().stream()
                .filter(each -> fits(backup, each, filter))
                .toList();
        int from = (int) Math.min(Tree.number(filter, "object_index"), machines.size());
        long most = Tree.number(filter, "max_objects");
        int to = most == 0 ? machines.size() : (int) Math.min(from + most, machines.size());
        JsonArray list = new JsonArray();
        machines.subList(from, to).forEach(each -> list.add(machine(backup, each)));
        JsonObject container = Tree.of("virtual_machines", list);
        container.add(
                "vm_guest_os_names_in_backup",
                Tree.arrayOfTexts(backup.machines().stream()
                        .map(VirtualMachine::osName)
                        .distinct()
                        .sorted()
                        .toList()));
        told.add("resource_details", Tree.of("virtual_machine_list", container));
        told.addProperty("total_resource_count", machines.size());
    }

    private boolean fits(Backup backup, VirtualMachine machine, JsonObject filter) {
        if (!world.line().has(2, 11)) {
            return true;
        }
        String status = BackupRun.failure(backup, machine).isEmpty() ? "Success" : "Failed";
        List<String> wanted = Tree.texts(filter, "status");
        if (!(wanted.isEmpty() ? List.of("Success") : wanted).contains(status)) {
            return false;
        }
        JsonObject virtual = Tree.object(filter, "virtual_machine_filter");
        List<String> systems = Tree.texts(virtual, "os_name");
        return named(Tree.text(virtual, "vm_name_pattern"), machine.name())
                && (systems.isEmpty() || systems.contains(machine.osName()))
                && (!Tree.has(virtual, "include_vms") || lists(virtual, "include_vms", machine))
                && !lists(virtual, "exclude_vms", machine);
    }

    private static boolean named(String pattern, String name) {
        return pattern.isEmpty()
                || name.contains(pattern)
                || Pattern.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q"), name);
    }

    static boolean lists(JsonObject filter, String field, VirtualMachine machine) {
        return Tree.objects(filter, field).stream()
                .anyMatch(each -> Tree.text(each, "name").equals(machine.name())
                        && Tree.text(each, "namespace").equals(machine.namespace()));
    }

    private static JsonObject machine(Backup backup, VirtualMachine machine) {
        String failure = BackupRun.failure(backup, machine);
        JsonObject status = Tree.status(failure.isEmpty() ? "Success" : "Failed", failure);
        JsonObject info = new JsonObject();
        info.addProperty("name", machine.name());
        info.addProperty("namespace", machine.namespace());
        info.addProperty("os_name", machine.osName());
        info.add("status", status);
        JsonArray volumes = new JsonArray();
        for (Backup.Volume each : backup.volumes()) {
            if (each.machine().equals(machine.name())
                    && each.claim().namespace().equals(machine.namespace())) {
                JsonObject volume = new JsonObject();
                volume.addProperty("name", each.claim().name());
                volume.addProperty("size", each.claim().size());
                volume.add("backup_mode", Tree.type(each.parent().isEmpty() ? "Full" : "Incremental"));
                volume.add("status", Tree.status(each.isStored() ? "Success" : "Failed", each.failure()));
                volumes.add(volume);
            }
        }
        List<JsonObject> resources = new ArrayList<>();
        for (JsonObject each : Resources.beside(machine)) {
            JsonObject resource = each.deepCopy();
            resource.remove("namespace");
            resource.add("status", status.deepCopy());
            resources.add(resource);
        }
        JsonObject told = Tree.of("vm_info", info);
        told.add("volumes", volumes);
        told.add("resources", Tree.array(resources));
        return told;
    }

    private static JsonArray namespaces(Backup backup) {
        JsonArray all = new JsonArray();
        for (JsonObject each : Tree.objects(backup.info(), "namespace_resources.namespaces")) {
            JsonObject told = new JsonObject();
            told.add("namespace", each.get("name"));
            told.add(
                    "resource_types",
                    Tree.arrayOfTexts(Tree.objects(each, "resource_types").stream()
                            .map(type -> Tree.text(type, "name"))
                            .toList()));
            all.add(told);
        }
        return all;
    }
}
