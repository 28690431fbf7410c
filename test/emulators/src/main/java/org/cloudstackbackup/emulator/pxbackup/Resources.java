/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;

/** The Kubernetes objects in a backup, as PX-Backup lists them. */
final class Resources {
    private Resources() {}

    static JsonObject resource(String name, String namespace, String group, String kind) {
        JsonObject resource = new JsonObject();
        resource.addProperty("name", name);
        resource.addProperty("namespace", namespace);
        resource.addProperty("group", group);
        resource.addProperty("kind", kind);
        resource.addProperty("version", "v1");
        return resource;
    }

    static JsonObject of(VirtualMachine machine) {
        return resource(machine.name(), machine.namespace(), "kubevirt.io", "VirtualMachine");
    }

    static JsonObject of(Claim claim) {
        return resource(claim.name(), claim.namespace(), "core", "PersistentVolumeClaim");
    }

    static List<JsonObject> beside(VirtualMachine machine) {
        List<JsonObject> all = new ArrayList<>();
        machine.configMaps().forEach(each -> all.add(resource(each, machine.namespace(), "core", "ConfigMap")));
        machine.secrets().forEach(each -> all.add(resource(each, machine.namespace(), "core", "Secret")));
        return all;
    }

    /** Everything in the backup. */
    static List<JsonObject> of(Backup backup) {
        List<JsonObject> all = new ArrayList<>();
        for (VirtualMachine each : backup.machines()) {
            all.add(of(each));
            all.addAll(beside(each));
        }
        for (Backup.Volume each : backup.volumes()) {
            all.add(of(each.claim()));
            all.add(resource(each.claim().volumeName(), "", "core", "PersistentVolume"));
        }
        return all;
    }

    /** Adds the two forms in which newer lines tell the same, one for backups of machines and one for the others. */
    static void compressed(Backup backup, JsonObject info) {
        if (backup.isVm()) {
            JsonArray all = new JsonArray();
            for (VirtualMachine machine : backup.machines()) {
                List<JsonObject> parts = new ArrayList<>(beside(machine));
                parts.add(0, of(machine));
                backup.volumes().stream()
                        .filter(each -> each.machine().equals(machine.name())
                                && each.claim().namespace().equals(machine.namespace()))
                        .forEach(each -> parts.add(of(each.claim())));
                for (JsonObject part : parts) {
                    JsonObject told = Tree.of("resource_info", part);
                    told.add("virtual_machine_names", Tree.arrayOfTexts(List.of(machine.name())));
                    all.add(told);
                }
            }
            info.add("virtual_machine_resources", all);
            info.add("vm_resources", Tree.of("vms", all));
        } else {
            info.add("namespace_resources", Tree.of("namespaces", namespaces(of(backup))));
        }
    }

    private static JsonArray namespaces(List<JsonObject> resources) {
        Map<String, Map<String, List<String>>> sorted = new LinkedHashMap<>();
        for (JsonObject each : resources) {
            if (!Tree.text(each, "namespace").isEmpty()) {
                String type =
                        Tree.text(each, "group") + "/" + Tree.text(each, "version") + "/" + Tree.text(each, "kind");
                sorted.computeIfAbsent(Tree.text(each, "namespace"), key -> new LinkedHashMap<>())
                        .computeIfAbsent(type, key -> new ArrayList<>())
                        .add(Tree.text(each, "name"));
            }
        }
        JsonArray all = new JsonArray();
        sorted.forEach((namespace, types) -> {
            JsonObject told = new JsonObject();
            told.addProperty("name", namespace);
            told.add("status", Tree.status("Success", ""));
            JsonArray kinds = new JsonArray();
            types.forEach((type, names) -> kinds.add(type(type, names)));
            told.add("resource_types", kinds);
            all.add(told);
        });
        return all;
    }

    private static JsonObject type(String type, List<String> names) {
        JsonObject chunk = new JsonObject();
        chunk.addProperty("id", 1);
        chunk.add("status", Tree.status("Success", ""));
        chunk.add("resource_names", Tree.arrayOfTexts(names));
        chunk.addProperty("total_resources", names.size());
        JsonObject told = new JsonObject();
        told.addProperty("name", type);
        told.add("chunks", Tree.array(List.of(chunk)));
        return told;
    }
}
