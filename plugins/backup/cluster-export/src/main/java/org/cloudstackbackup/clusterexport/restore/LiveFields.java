/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** What an object that is there keeps when it is updated, since it belongs to its life in this cluster. */
final class LiveFields {
    private static final String BINDING = "pv.kubernetes.io/";

    private LiveFields() {}

    /** The exported object as an update of the live one. Changes neither. */
    static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> object, Map<String, @Nullable Object> live) {
        Map<String, @Nullable Object> liveMetadata = JsonTree.map(live, "metadata");
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(JsonTree.map(object, "metadata"));
        metadata.put("resourceVersion", liveMetadata.get("resourceVersion"));
        // Owners are of this cluster, so those that are there are right.
        List<Object> owners = OwnerReferences.union(
                JsonTree.maps(liveMetadata, "ownerReferences"), JsonTree.maps(metadata, "ownerReferences"));
        if (!owners.isEmpty()) {
            metadata.put("ownerReferences", owners);
        }
        changed.put("metadata", metadata);
        switch (JsonTree.text(object, "kind")) {
            case "Service" -> {
                if (!JsonTree.text(JsonTree.map(object, "spec"), "type").equals("ExternalName")) {
                    keepSpec(changed, live, "clusterIP", "clusterIPs");
                }
            }
            case "Pod" -> keepSpec(changed, live, PodParts.FIXED.toArray(String[]::new));
            case "Job" -> keepSpec(changed, live, "selector", "template");
            case "PersistentVolumeClaim" -> {
                keepSpec(changed, live, "volumeName");
                keepBinding(metadata, liveMetadata);
            }
            case "PersistentVolume" -> {
                if (!bound("persistentvolumes", live).isEmpty()) {
                    // A volume that forgot the uid of its claim is no longer the claim's, which then is lost.
                    keepSpec(changed, live, "claimRef");
                    keepBinding(metadata, liveMetadata);
                }
            }
            case "ServiceAccount" -> {
                addLive(changed, live, "secrets");
                addLive(changed, live, "imagePullSecrets");
            }
            default -> {}
        }
        return changed;
    }

    private static void keepSpec(
            Map<String, @Nullable Object> changed, Map<String, @Nullable Object> live, String... fields) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>(JsonTree.map(changed, "spec"));
        Map<String, @Nullable Object> liveSpec = JsonTree.map(live, "spec");
        for (String field : fields) {
            if (liveSpec.containsKey(field)) {
                spec.put(field, liveSpec.get(field));
            }
        }
        changed.put("spec", spec);
    }

    /** Adds what the live list has and the exported one has not, by name: controllers put their tokens there. */
    private static void addLive(
            Map<String, @Nullable Object> changed, Map<String, @Nullable Object> live, String list) {
        Map<String, Object> all = new LinkedHashMap<>();
        JsonTree.maps(changed, list).forEach(item -> all.put(JsonTree.text(item, "name"), item));
        JsonTree.maps(live, list).forEach(item -> all.putIfAbsent(JsonTree.text(item, "name"), item));
        if (!all.isEmpty()) {
            changed.put(list, new ArrayList<>(all.values()));
        }
    }

    /** Keeps what the volume controller notes of a binding. */
    private static void keepBinding(
            Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> liveMetadata) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>(JsonTree.map(metadata, "annotations"));
        JsonTree.map(liveMetadata, "annotations").forEach((key, value) -> {
            if (key.startsWith(BINDING)) {
                annotations.put(key, value);
            }
        });
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
    }

    /**
     * What a live volume or claim is bound to; empty when it is not bound, and for all other types. A volume that was released names the uid of a
     * claim that is gone, and can be given to a new one.
     */
    static String bound(String type, Map<String, @Nullable Object> live) {
        Map<String, @Nullable Object> spec = JsonTree.map(live, "spec");
        return switch (type) {
            case "persistentvolumes" -> {
                Map<String, @Nullable Object> claim = JsonTree.map(spec, "claimRef");
                boolean released =
                        JsonTree.text(JsonTree.map(live, "status"), "phase").equals("Released");
                yield released || JsonTree.text(claim, "uid").isEmpty()
                        ? ""
                        : "the claim " + JsonTree.text(claim, "namespace") + "/" + JsonTree.text(claim, "name");
            }
            case "persistentvolumeclaims" -> {
                String volume = JsonTree.text(spec, "volumeName");
                yield volume.isEmpty() ? "" : "the volume " + volume;
            }
            default -> "";
        };
    }
}
