/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest.TypeRecord;
import org.cloudstackbackup.clusterexport.config.Filters;
import org.cloudstackbackup.clusterexport.config.NamePattern;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.ObjectCleaner;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.jspecify.annotations.Nullable;

/** Lists the objects of types and hands them to the uploads. Safe for use by many threads, one for each type. */
final class TypeExport {
    private static final int FEW_NAMESPACES = 10;
    private static final int MOST_RESTARTS = 3;

    private final ListCalls calls;
    private final Settings settings;
    private final ObjectExport objects;
    private final UploadQueue uploads;
    private final EventLog log;

    TypeExport(ListCalls calls, Settings settings, ObjectExport objects, UploadQueue uploads, EventLog log) {
        this.calls = calls;
        this.settings = settings;
        this.objects = objects;
        this.uploads = uploads;
        this.log = log;
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
            ObjectChoice choice = new ObjectChoice(run, progress, objects, settings);
            try {
                for (String scope : scopes) {
                    listScope(run, progress, scope, choice);
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

    private void listScope(RunContext run, TypeProgress progress, String scope, ObjectChoice choice) {
        ResourceType type = progress.type;
        ItemStream stream = new ItemStream(
                settings.content().managedFields(),
                settings.content().status() || ObjectCleaner.canEnd(type.qualifiedName()));
        BiConsumer<ItemStream.Item, Entry> export = (item, seen) ->
                uploads.submit(progress, item.bytes(), () -> objects.export(run, progress, item, seen), run);
        TypeRecord before = run.before.types().get(type.qualifiedName());
        String since = scope.isEmpty() && before != null ? before.version() : "";
        NamedObjects named = new NamedObjects(calls, type, scope, since, stream, choice, export, log);
        PageForm form = new PageForm(settings.pace().pageSize());
        String token = "";
        String version;
        long listed = 0;
        do {
            run.check();
            Page page = new Page(choice, form.isBrief(), named, export);
            long bytesBefore = stream.bytes();
            ItemStream.End end = calls.page(type.path(scope), form.limit(), token, form.isBrief(), stream, page);
            form.had(page.items, page.chosen, stream.bytes() - bytesBefore, page.whole);
            named.readSome();
            listed += page.items;
            token = end.continueToken();
            version = end.resourceVersion();
        } while (!token.isEmpty());
        int pageSize = settings.pace().pageSize();
        named.readAll(run, pageSize, (listed + pageSize - 1) / pageSize);
        if (scope.isEmpty()) {
            progress.listedAt(version);
        }
    }

    /** Takes the items of one page; when it is brief, those that have to be read are only named by it. */
    private static final class Page implements ItemStream.Sink {
        private final ObjectChoice choice;
        private final boolean brief;
        private final NamedObjects named;
        private final BiConsumer<ItemStream.Item, Entry> export;
        private long items;
        private long chosen;
        /** Whether an item had more than was asked for. */
        private boolean whole;

        private @Nullable Entry current;

        Page(ObjectChoice choice, boolean brief, NamedObjects named, BiConsumer<ItemStream.Item, Entry> export) {
            this.choice = choice;
            this.brief = brief;
            this.named = named;
            this.export = export;
        }

        @Override
        public boolean wants(Map<String, @Nullable Object> metadata) {
            current = choice.choose(metadata);
            items++;
            if (current != null) {
                chosen++;
            }
            return current != null;
        }

        @Override
        public void accept(ItemStream.Item item) {
            Entry seen = current;
            if (seen != null && brief && item.isBrief()) {
                named.add(seen);
            } else if (seen != null) {
                whole |= brief;
                export.accept(item, seen);
            }
        }
    }
}
