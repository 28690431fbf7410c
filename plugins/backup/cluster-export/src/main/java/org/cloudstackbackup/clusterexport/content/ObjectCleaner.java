/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.config.ContentSettings;
import org.jspecify.annotations.Nullable;

/** Takes from an object what belongs to one life of it in one cluster, and adds what a page of a list leaves out. */
public final class ObjectCleaner {
    private static final List<String> OF_ONE_LIFE =
            List.of("uid", "resourceVersion", "selfLink", "generation", "creationTimestamp");

    /** The annotation of a job or pod that had ended when it was exported, as its status is not exported. */
    public static final String ENDED = "cluster-export.cloudstackbackup.org/ended";

    /** Types whose objects end, and would run again when they were made anew. */
    private static final Set<String> ENDING = Set.of("jobs.batch", "pods");

    private static final Set<String> END_PHASES = Set.of("Succeeded", "Failed");
    private static final Set<String> END_CONDITIONS = Set.of("Complete", "Failed");

    private final ContentSettings settings;

    public ObjectCleaner(ContentSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** Whether objects of the type can end, which only their status tells. */
    public static boolean canEnd(String type) {
        return ENDING.contains(type);
    }

    /** Changes the object in place; one that can end has its status still. */
    public void clean(Map<String, @Nullable Object> object, String apiVersion, String kind) {
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        OF_ONE_LIFE.forEach(metadata::remove);
        if (!settings.managedFields()) {
            metadata.remove("managedFields");
        }
        if (hasEnded(object, apiVersion, kind)) {
            Map<String, @Nullable Object> annotations = JsonTree.map(metadata, "annotations");
            annotations.put(ENDED, "true");
            metadata.put("annotations", annotations);
        }
        if (!settings.status()) {
            object.remove("status");
        }
    }

    private static boolean hasEnded(Map<String, @Nullable Object> object, String apiVersion, String kind) {
        Map<String, @Nullable Object> status = JsonTree.map(object, "status");
        if (kind.equals("Pod") && apiVersion.equals("v1")) {
            return END_PHASES.contains(JsonTree.text(status, "phase"));
        }
        return kind.equals("Job")
                && apiVersion.startsWith("batch/")
                && JsonTree.maps(status, "conditions").stream()
                        .anyMatch(condition -> END_CONDITIONS.contains(JsonTree.text(condition, "type"))
                                && JsonTree.text(condition, "status").equals("True"));
    }

    /** Refuses objects that could not be applied again. */
    public void validate(Map<String, @Nullable Object> object, boolean namespaced) {
        if (!settings.validate()) {
            return;
        }
        Map<String, @Nullable Object> metadata = JsonTree.map(object, "metadata");
        require(!JsonTree.text(object, "kind").isEmpty(), "it has no kind");
        require(!JsonTree.text(metadata, "name").isEmpty(), "it has no name");
        require(!namespaced || !JsonTree.text(metadata, "namespace").isEmpty(), "it has no namespace");
    }

    /** Refuses files over the limit. */
    public void checkSize(long bytes) {
        require(
                bytes <= settings.maxSizeBytes(),
                "it is " + bytes + " bytes of YAML, more than MAX_RESOURCE_SIZE " + settings.maxSizeBytes());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidObject(message);
        }
    }
}
