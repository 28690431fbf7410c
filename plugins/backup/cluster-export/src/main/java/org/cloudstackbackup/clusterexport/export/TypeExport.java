/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.InvalidObject;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.content.ObjectCleaner;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.select.ObjectFilter;
import org.jspecify.annotations.Nullable;

/** Lists the objects of types and hands them to the uploads. Safe for use by many threads, one for each type. */
final class TypeExport {
    private static final int FEW_NAMESPACES = 10;
    private static final int MOST_RESTARTS = 3;

    private final ApiServer server;
    private final Settings settings;
    private final Retry retry;
    private final ObjectExport objects;
    private final UploadQueue uploads;
    private final ListGate gate;
    private final Layout layout;
    private final ObjectFilter filter;

    TypeExport(
            ApiServer server,
            Settings settings,
            Retry retry,
            ObjectExport objects,
            UploadQueue uploads,
            ListGate gate) {
        this.server = server;
        this.settings = settings;
        this.retry = retry;
        this.objects = objects;
        this.uploads = uploads;
        this.gate = gate;
        this.layout = new Layout(settings.clusterName());
        this.filter = new ObjectFilter(settings.filters());
    }

    /** Exports one type; a failure of the list is noted in the progress, one of the whole run is thrown. */
    void export(RunContext run, TypeProgress progress) {
        long began = System.nanoTime();
        try {
            listAll(run, progress, scopes(progress.type));
        } catch (CallFailed e) {
            run.check();
            progress.fail(String.valueOf(e.getMessage()), e.errorClass().label());
        } finally {
            uploads.await(progress);
            progress.end((System.nanoTime() - began) / 1_000_000);
        }
    }

    /** One list of everything, or one for each namespace where only a few are wanted. */
    private List<String> scopes(ResourceType type) {
        List<String> names = wantedNames();
        return type.namespaced() && !names.isEmpty() && names.size() <= FEW_NAMESPACES ? names : List.of("");
    }

    /** The wanted namespaces, when they are given by name. */
    private List<String> wantedNames() {
        Filters filters = settings.filters();
        if (filters.includeNamespaces().stream().anyMatch(NamePattern::isGlob)) {
            return List.of();
        }
        return filters.includeNamespaces().stream()
                .map(NamePattern::toString)
                .filter(filters::wantsNamespace)
                .distinct()
                .toList();
    }

    private void listAll(RunContext run, TypeProgress progress, List<String> scopes) {
        for (int restarts = 0; ; restarts++) {
            Sink sink = new Sink(run, progress);
            try {
                for (String scope : scopes) {
                    listScope(run, progress.type, scope, sink);
                }
                return;
            } catch (CallFailed e) {
                boolean again = e.errorClass() == ErrorClass.EXPIRED && restarts < MOST_RESTARTS;
                boolean closed = e.errorClass() == ErrorClass.FORBIDDEN
                        && scopes.equals(List.of(""))
                        && progress.type.namespaced()
                        && !wantedNames().isEmpty();
                if (closed) {
                    // Who may not list the whole cluster may still list the namespaces that were asked for.
                    listAll(run, progress, wantedNames());
                    return;
                }
                if (!again) {
                    throw e;
                }
                uploads.await(progress);
                progress.restart();
            }
        }
    }

    private void listScope(RunContext run, ResourceType type, String scope, Sink sink) {
        ItemStream stream = new ItemStream(
                settings.content().managedFields(),
                settings.content().status() || ObjectCleaner.canEnd(type.qualifiedName()));
        String token = "";
        do {
            run.check();
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("limit", String.valueOf(settings.pace().pageSize()));
            if (!settings.filters().labels().isEmpty()) {
                parameters.put("labelSelector", settings.filters().labels().toString());
            }
            if (!token.isEmpty()) {
                parameters.put("continue", token);
            }
            String path = type.path(scope);
            token = retry.call("LIST " + path, () -> page(path, parameters, stream, sink))
                    .continueToken();
        } while (!token.isEmpty());
    }

    private ItemStream.End page(String path, Map<String, String> parameters, ItemStream stream, Sink sink) {
        boolean throttled = false;
        gate.enter();
        try {
            return server.list(path, parameters, stream, sink);
        } catch (CallFailed e) {
            throttled = e.errorClass() == ErrorClass.THROTTLED;
            throw e;
        } finally {
            gate.leave(throttled);
        }
    }

    /** Takes the items of one attempt to list a type; a page that is read twice gives each item once. */
    private final class Sink implements ItemStream.Sink {
        private final RunContext run;
        private final TypeProgress progress;
        private final Set<String> taken = new HashSet<>();
        private final boolean namespaces;
        private final String segment;
        private @Nullable Entry current;

        Sink(RunContext run, TypeProgress progress) {
            this.run = run;
            this.progress = progress;
            this.namespaces = progress.type.qualifiedName().equals("namespaces");
            this.segment = run.segment(progress.type.qualifiedName());
        }

        @Override
        public boolean wants(Map<String, @Nullable Object> metadata) {
            String namespace = JsonTree.text(metadata, "namespace");
            String name = JsonTree.text(metadata, "name");
            String id = namespace + "/" + name;
            if (!taken.add(id)) {
                return false;
            }
            String reason = filter.reason(metadata, progress.type.namespaced(), namespaces);
            if (!reason.isEmpty()) {
                progress.skip(reason);
                return false;
            }
            return wants(seen(namespace, name, metadata));
        }

        private boolean wants(@Nullable Entry seen) {
            current = seen;
            if (seen == null) {
                return false;
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
                return false;
            }
            return true;
        }

        private @Nullable Entry seen(String namespace, String name, Map<String, @Nullable Object> metadata) {
            try {
                return new Entry(
                        layout.file(namespace, segment, name),
                        progress.type.qualifiedName(),
                        namespace,
                        name,
                        JsonTree.text(metadata, "uid"),
                        JsonTree.text(metadata, "resourceVersion"),
                        "",
                        0,
                        "",
                        0,
                        0);
            } catch (InvalidObject e) {
                String type = progress.type.qualifiedName();
                String at = namespace + "/" + type + "/" + name;
                objects.invalid(progress, new Entry(at, type, namespace, name, "", "", "", 0, "", 0, 0), e);
                return null;
            }
        }

        @Override
        public void accept(ItemStream.Item item) {
            Entry seen = current;
            if (seen != null) {
                uploads.submit(progress, item.bytes(), () -> objects.export(run, progress, item, seen), run);
            }
        }
    }
}
