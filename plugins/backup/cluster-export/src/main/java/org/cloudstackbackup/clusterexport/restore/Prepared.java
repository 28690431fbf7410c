/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * An object as it is to be written.
 *
 * @param note what its report has to say; not empty when it is written in another version than the exported one
 * @param moved why one that is there already must stay as it is; empty when it need not
 * @param absentOwners its exported owners that are not known yet
 */
record Prepared(
        Entry entry,
        ResourceType type,
        Map<String, @Nullable Object> object,
        String note,
        String moved,
        List<Map<String, @Nullable Object>> absentOwners) {
    Map<String, @Nullable Object> metadata() {
        return JsonTree.map(object, "metadata");
    }

    String collection() {
        return type.path(JsonTree.text(metadata(), "namespace"));
    }

    String path() {
        return collection() + "/" + ObjectWriter.segment(JsonTree.text(metadata(), "name"));
    }

    /** The parameters of a write; fields that another version does not know are refused, not dropped. */
    Map<String, String> parameters(String manager, boolean dryRun) {
        Map<String, String> parameters = new java.util.LinkedHashMap<>();
        parameters.put("fieldManager", manager);
        if (!note.isEmpty()) {
            parameters.put("fieldValidation", "Strict");
        }
        if (dryRun) {
            parameters.put("dryRun", "All");
        }
        return parameters;
    }
}
