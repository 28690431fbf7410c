/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.select;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Chooses single objects by their metadata; labels are chosen by the API server already. */
public final class ObjectFilter {
    private final Filters filters;

    public ObjectFilter(Filters filters) {
        this.filters = requireNonNull(filters, "filters is null");
    }

    /** Why the object is left out; empty when it is exported. */
    public String reason(Map<String, @Nullable Object> metadata, boolean namespaced, boolean namespaces) {
        String namespace =
                namespaced ? JsonTree.text(metadata, "namespace") : namespaces ? JsonTree.text(metadata, "name") : "";
        if (!namespace.isEmpty() && !filters.wantsNamespace(namespace)) {
            return "namespace";
        }
        if (metadata.get("deletionTimestamp") != null) {
            return "being_deleted";
        }
        if (!filters.annotations().isEmpty() && !filters.annotations().matches(JsonTree.map(metadata, "annotations"))) {
            return "annotation_selector";
        }
        if (!filters.followOwners() && isControlled(metadata)) {
            return "has_controller";
        }
        return "";
    }

    private static boolean isControlled(Map<String, @Nullable Object> metadata) {
        return metadata.get("ownerReferences") != null
                && JsonTree.maps(metadata, "ownerReferences").stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.get("controller")));
    }
}
