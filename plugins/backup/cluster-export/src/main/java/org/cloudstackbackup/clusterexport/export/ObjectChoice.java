/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.select.ObjectFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells by their metadata which objects of one type have to be read, in one attempt to list it, and notes in the progress those that have not:
 * they are not selected, or are as the run before stored them. For one thread.
 */
final class ObjectChoice {
    private final RunContext run;
    private final TypeProgress progress;
    private final ObjectExport objects;
    private final ObjectFilter filter;
    private final Layout layout;
    private final String segment;
    private final boolean namespaces;
    private final Set<String> taken = new HashSet<>();

    ObjectChoice(RunContext run, TypeProgress progress, ObjectExport objects, Settings settings) {
        this.run = run;
        this.progress = progress;
        this.objects = objects;
        this.filter = new ObjectFilter(settings.filters());
        this.layout = new Layout(settings.clusterName());
        this.segment = run.segment(progress.type.qualifiedName());
        this.namespaces = progress.type.qualifiedName().equals("namespaces");
    }

    /** What an object is called in one type. */
    static String id(Map<String, @Nullable Object> metadata) {
        return JsonTree.text(metadata, "namespace") + "/" + JsonTree.text(metadata, "name");
    }

    /** The same of an object that was chosen. */
    static String id(Entry chosen) {
        return chosen.namespace() + "/" + chosen.name();
    }

    /** What the object of an {@link #id} will be if it has to be read; null if not, or if it was asked for before. */
    @Nullable
    Entry choose(String id, Map<String, @Nullable Object> metadata) {
        return taken.add(id) ? chooseAgain(metadata) : null;
    }

    /** As {@link #choose}, of an object that has been chosen, by what it is now. */
    @Nullable
    Entry chooseAgain(Map<String, @Nullable Object> metadata) {
        String reason = filter.reason(metadata, progress.type.namespaced(), namespaces);
        if (!reason.isEmpty()) {
            progress.skip(reason);
            return null;
        }
        Entry seen = seen(metadata);
        if (seen == null) {
            return null;
        }
        Entry before = run.before.entries().get(seen.key());
        boolean same = before != null
                && run.sameContent
                && !seen.uid().isEmpty()
                && !seen.version().isEmpty()
                && before.uid().equals(seen.uid())
                && before.version().equals(seen.version())
                && !run.doubtful.contains(seen.key())
                && !run.written.contains(seen.key());
        if (before != null && same) {
            progress.unchanged.increment();
            progress.store(before);
            return null;
        }
        return seen;
    }

    private @Nullable Entry seen(Map<String, @Nullable Object> metadata) {
        String type = progress.type.qualifiedName();
        String namespace = JsonTree.text(metadata, "namespace");
        String name = JsonTree.text(metadata, "name");
        try {
            String uid = JsonTree.text(metadata, "uid");
            String version = JsonTree.text(metadata, "resourceVersion");
            String key = layout.file(namespace, segment, name);
            return new Entry(key, type, namespace, name, uid, version, "", 0, "", 0, 0);
        } catch (InvalidObject e) {
            String at = namespace + "/" + type + "/" + name;
            objects.invalid(progress, new Entry(at, type, namespace, name, "", "", "", 0, "", 0, 0), e);
            return null;
        }
    }
}
