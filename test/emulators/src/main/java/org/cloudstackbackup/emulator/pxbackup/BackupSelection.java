/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;

/** Finds out what a backup's definition means on the cluster, the way the engine does: what is not there is skipped. */
final class BackupSelection {
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease", "portworx");

    private final JsonObject info;
    private final KubeCluster cluster;
    private final Set<String> namespaces = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();

    BackupSelection(JsonObject info, KubeCluster cluster) {
        this.info = info;
        this.cluster = cluster;
        Map<String, Map<String, String>> present = cluster.namespaces();
        List<String> named = Tree.texts(info, "namespaces");
        String labels = Tree.text(info, "ns_label_selectors");
        if (named.contains("*")) {
            present.keySet().stream().filter(each -> !SYSTEM.contains(each)).forEach(namespaces::add);
        } else {
            for (String each : named) {
                if (present.containsKey(each)) {
                    namespaces.add(each);
                } else {
                    missing.add(each);
                }
            }
        }
        if (!labels.isEmpty()) {
            Selector selector = Selector.of(labels);
            present.entrySet().stream()
                    .filter(each -> selector.matches(each.getValue()))
                    .forEach(each -> namespaces.add(each.getKey()));
        }
        if (named.isEmpty() && labels.isEmpty()) {
            for (JsonObject each : Tree.objects(info, "include_resources")) {
                if (present.containsKey(Tree.text(each, "namespace"))) {
                    namespaces.add(Tree.text(each, "namespace"));
                }
            }
        }
    }

    /** The namespaces that were named and are not there. */
    List<String> missing() {
        return missing;
    }

    Set<String> namespaces() {
        return namespaces;
    }

    /** For a backup of machines: those named in their namespace, or all of a namespace in which none is named. */
    List<VirtualMachine> machines() {
        Set<String> named = new HashSet<>();
        Set<String> narrowed = new HashSet<>();
        for (JsonObject each : Tree.objects(info, "include_resources")) {
            if (Tree.text(each, "kind").equals("VirtualMachine")) {
                named.add(Tree.text(each, "namespace") + "/" + Tree.text(each, "name"));
                narrowed.add(Tree.text(each, "namespace"));
            }
        }
        return cluster.machines().stream()
                .filter(each -> namespaces.contains(each.namespace()))
                .filter(each ->
                        !narrowed.contains(each.namespace()) || named.contains(each.namespace() + "/" + each.name()))
                .filter(each -> labels().stream().allMatch(selector -> selector.matches(each.labels())))
                .toList();
    }

    /** For a backup of namespaces: the claims in them that the definition does not leave out. */
    List<Claim> claims() {
        if (!wants("PersistentVolumeClaim")) {
            return List.of();
        }
        List<JsonObject> included = Tree.objects(info, "include_resources");
        return cluster.claims().stream()
                .filter(each -> namespaces.contains(each.namespace()))
                .filter(each -> included.isEmpty() || includes(included, each))
                .toList();
    }

    /** For a backup of namespaces: the machines in them, as mere objects. */
    List<VirtualMachine> objects() {
        if (!wants("VirtualMachine")) {
            return List.of();
        }
        List<JsonObject> included = Tree.objects(info, "include_resources");
        return cluster.machines().stream()
                .filter(each -> namespaces.contains(each.namespace()))
                .filter(each -> included.isEmpty()
                        || included.stream()
                                .anyMatch(one -> names(one, "VirtualMachine", each.namespace(), each.name())))
                .filter(each -> labels().stream().allMatch(selector -> selector.matches(each.labels())))
                .toList();
    }

    private boolean includes(List<JsonObject> included, Claim claim) {
        return included.stream().anyMatch(one -> names(one, "PersistentVolumeClaim", claim.namespace(), claim.name()));
    }

    private static boolean names(JsonObject resource, String kind, String namespace, String name) {
        return Tree.text(resource, "kind").equals(kind)
                && Tree.text(resource, "namespace").equals(namespace)
                && Tree.text(resource, "name").equals(name);
    }

    private boolean wants(String kind) {
        List<String> only = Tree.texts(info, "resource_types");
        return (only.isEmpty() || only.contains(kind))
                && !Tree.texts(info, "exclude_resource_types").contains(kind);
    }

    private List<Selector> labels() {
        return List.of(
                Selector.of(Tree.map(info, "label_selectors")),
                Selector.of(Tree.text(info, "advanced_resource_label_selector")));
    }
}
