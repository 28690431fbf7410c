/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.config.Selector;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** An object of a test as a restore would send it. Written as JSON with {@code '} for quotation marks. */
final class Adapted {
    private final Map<String, @Nullable Object> object;
    private final String moved;

    private Adapted(Map<String, @Nullable Object> object, String moved) {
        this.object = object;
        this.moved = moved;
    }

    static Map<String, @Nullable Object> json(String text) {
        return JsonTree.readObject(text.replace('\'', '"'));
    }

    static Adapted of(String type, String text) {
        return of(type, text, Map.of());
    }

    /** With namespaces mapped. */
    static Adapted of(String type, String text, Map<String, String> namespaces) {
        RestoreOptions options = new RestoreOptions(
                List.of(),
                List.of(),
                List.of(),
                Selector.ofLabels(""),
                namespaces,
                ConflictPolicy.SKIP,
                false,
                false,
                false);
        Map<String, @Nullable Object> object = json(text);
        return new Adapted(object, new ObjectAdaptation(options).adapt(object, type));
    }

    Map<String, @Nullable Object> object() {
        return object;
    }

    /** Why one that is there already must stay as it is. */
    String moved() {
        return moved;
    }
}
