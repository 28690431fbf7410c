/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.ObjectCleaner;
import org.cloudstackbackup.clusterexport.content.SecretTreatment;
import org.jspecify.annotations.Nullable;

/** Takes from an object what ties it to the cluster it came from, and maps its namespace. Safe for use by many threads. */
final class ObjectAdaptation {
    private final NamespaceMapping mapping;
    private final boolean completed;

    ObjectAdaptation(RestoreOptions options) {
        this.mapping = new NamespaceMapping(options);
        this.completed = options.completed();
    }

    /** Why the object is not to be restored, by what it is and by the options; empty when it is. */
    String reasonToLeaveOut(Map<String, @Nullable Object> object, String type) {
        Map<String, @Nullable Object> annotations = JsonTree.map(JsonTree.map(object, "metadata"), "annotations");
        boolean ended = JsonTree.text(annotations, ObjectCleaner.ENDED).equals("true");
        return ended && !completed && ObjectCleaner.canEnd(type)
                ? "had completed, and would run again"
                : reasonToSkip(object, type);
    }

    /** Why the object is not to be restored; empty when it is. */
    static String reasonToSkip(Map<String, @Nullable Object> object, String type) {
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        if (type.equals("secrets")) {
            if (JsonTree.text(JsonTree.map(metadata, "annotations"), SecretTreatment.MARK)
                    .equals("redacted")) {
                return "redacted: the export has no values";
            }
            if (JsonTree.text(object, "type").equals("kubernetes.io/service-account-token")) {
                return "token of a service account, which the cluster makes itself";
            }
        }
        if (type.equals("pods") && JsonTree.map(metadata, "annotations").containsKey("kubernetes.io/config.mirror")) {
            return "shows a pod that a node runs by itself";
        }
        if (JsonTree.map(metadata, "labels").containsKey("kube-aggregator.kubernetes.io/automanaged")) {
            return "kept by the API server itself";
        }
        return "";
    }

    /** Changes the object in place; returns why one that is there already must stay as it is, empty when it need not. */
    String adapt(Map<String, @Nullable Object> object, String type) {
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        metadata.remove("generateName");
        metadata.remove("managedFields");
        String moved = mapping.apply(object, type);
        Map<String, @Nullable Object> spec = JsonTree.map(object, "spec");
        switch (type) {
            case "persistentvolumes" -> unbind(JsonTree.map(spec, "claimRef"));
            case "volumesnapshotcontents.snapshot.storage.k8s.io" -> unbind(JsonTree.map(spec, "volumeSnapshotRef"));
            case "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io" ->
                unbind(JsonTree.map(spec, "volumeGroupSnapshotRef"));
            case "persistentvolumeclaims" -> {
                Map<String, @Nullable Object> annotations = JsonTree.map(metadata, "annotations");
                annotations.remove("pv.kubernetes.io/bind-completed");
                annotations.remove("pv.kubernetes.io/bound-by-controller");
            }
            case "serviceaccounts" -> PodParts.leaveOutMadeSecrets(object, JsonTree.text(metadata, "name"));
            case "pods" -> {
                removeMark(metadata);
                PodParts.adapt(spec);
            }
            case "jobs.batch" -> {
                removeMark(metadata);
                job(metadata, spec);
            }
            default -> {}
        }
        return moved;
    }

    /** Leaves the name of whom it is bound to, so that it is bound to the new one of that name. */
    private static void unbind(Map<String, @Nullable Object> reference) {
        reference.remove("uid");
        reference.remove("resourceVersion");
    }

    /** The new one has not ended. */
    private static void removeMark(Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> annotations = JsonTree.map(metadata, "annotations");
        if (annotations.remove(ObjectCleaner.ENDED) != null && annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }

    /** A job that chose its pods by its own uid must choose by its new one. */
    private static void job(Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> spec) {
        if (Boolean.TRUE.equals(spec.get("manualSelector"))) {
            return;
        }
        spec.remove("selector");
        Map<String, @Nullable Object> template = JsonTree.map(JsonTree.map(spec, "template"), "metadata");
        for (Map<String, @Nullable Object> holder : List.of(metadata, template)) {
            Map<String, @Nullable Object> labels = JsonTree.map(holder, "labels");
            List.of("controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name")
                    .forEach(labels::remove);
        }
    }

    /** Takes the addresses and ports that the old cluster gave; returns whether there were any. */
    static boolean releaseAddresses(Map<String, @Nullable Object> service) {
        Map<String, @Nullable Object> spec = JsonTree.map(service, "spec");
        boolean headless = JsonTree.text(spec, "clusterIP").equals("None");
        boolean had = spec.containsKey("healthCheckNodePort") || (!headless && spec.containsKey("clusterIP"));
        if (!headless) {
            spec.remove("clusterIP");
            spec.remove("clusterIPs");
        }
        spec.remove("healthCheckNodePort");
        for (Map<String, @Nullable Object> port : JsonTree.maps(spec, "ports")) {
            had |= port.remove("nodePort") != null;
        }
        return had;
    }
}
