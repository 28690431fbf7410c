/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
final class TypeExport implements AutoCloseable {
    private static final int FEW_NAMESPACES = 10;
    private static final int MOST_RESTARTS = 3;

    private final ListCalls calls;
    private final Settings settings;
    private final ObjectExport objects;
    private final UploadQueue uploads;
    private final EventLog log;
    /** Of which the first page was asked for; by path. */
    private final Map<String, ListCalls.Pages> ahead = new ConcurrentHashMap<>();

    TypeExport(ListCalls calls, Settings settings, ObjectExport objects, UploadQueue uploads, EventLog log) {
        this.calls = calls;
        this.settings = settings;
        this.objects = objects;
        this.uploads = uploads;
        this.log = log;
    }

    /**
     * Exports one type; a failure of its list is noted in the progress. Returns when it is listed; {@code stored} completes when all of it is stored,
     * or with what ended the whole run.
     */
    void export(RunContext run, TypeProgress progress, CompletableFuture<TypeProgress> stored) {
        long began = System.nanoTime();
        try {
            list(run, progress);
        } catch (Throwable e) {
            // Whoever waits for the type meets it, an Error too.
            stored.completeExceptionally(e);
        }
        uploads.whenStored(progress, () -> {
            progress.end((System.nanoTime() - began) / 1_000_000);
            stored.complete(progress);
        });
    }

    private void list(RunContext run, TypeProgress progress) {
        try {
            listAll(run, progress, scopes(progress.type));
        } catch (CallFailed e) {
            run.check();
            progress.fail(String.valueOf(e.getMessage()), e.errorClass().label());
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
                    uploads.await(progress);
                    progress.restart();
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
                uploads.submit(progress, item.bytes(), () -> objects.file(run, progress, item, seen), run);
        TypeRecord before = run.before.types().get(type.qualifiedName());
        String since = scope.isEmpty() && before != null ? before.version() : "";
        NamedObjects named = new NamedObjects(calls, type, scope, since, stream, choice, export, log);
        PageForm form =
                new PageForm(settings.pace().pageSize(), () -> run.sizes(type.qualifiedName()), named::canBeTold);
        String version;
        long listed = 0;
        try (ListCalls.Pages pages = firstPages(type.path(scope))) {
            ListCalls.Ask ask = PageForm.first(settings.pace().pageSize());
            do {
                run.check();
                int limit = ask.limit();
                Page page = new Page(choice, ask.brief(), named, export, next -> {
                    if (form.isQuick()) {
                        pages.ask(form.next(next, limit));
                    }
                });
                long bytesBefore = stream.bytes();
                ItemStream.End end = pages.read(ask, stream, page);
                String next = end.continueToken();
                if (!next.isEmpty()) {
                    form.had(ask, page.items, page.chosen, stream.bytes() - bytesBefore, page.whole, page.last);
                }
                named.readSome();
                listed += page.items;
                ask = pages.asked().filter(asked -> asked.token().equals(next)).orElseGet(() -> form.next(next, 0));
                version = end.resourceVersion();
            } while (!ask.token().isEmpty());
        }
        int pageSize = settings.pace().pageSize();
        named.readAll(run, pageSize, (listed + pageSize - 1) / pageSize);
        if (scope.isEmpty()) {
            progress.listedAt(version);
        }
    }

    /** The pages of a path, of which the first may have been asked for. */
    private ListCalls.Pages firstPages(String path) {
        ListCalls.Pages begun = ahead.remove(path);
        return begun == null ? calls.pages(path) : begun;
    }

    /**
     * Asks for the first page of a type before it is its turn, as far as the API server is free. Each path is asked for once.
     */
    void ask(ResourceType type) {
        String path = type.path(scopes(type).get(0));
        ListCalls.Pages pages = calls.pages(path);
        pages.ask(PageForm.first(settings.pace().pageSize()));
        ahead.put(path, pages);
    }

    /** Gives up what was asked for and not read. */
    @Override
    public void close() {
        ahead.values().forEach(ListCalls.Pages::close);
    }

    /** Takes the items of one page; when it is brief, those that have to be read are only named by it. */
    private static final class Page implements ItemStream.Sink {
        private final ObjectChoice choice;
        private final boolean brief;
        private final NamedObjects named;
        private final BiConsumer<ItemStream.Item, Entry> export;
        private final Consumer<String> next;
        private String last = "";
        private long items;
        private long chosen;
        /** Whether an item had more than was asked for. */
        private boolean whole;

        private @Nullable Entry current;

        Page(
                ObjectChoice choice,
                boolean brief,
                NamedObjects named,
                BiConsumer<ItemStream.Item, Entry> export,
                Consumer<String> next) {
            this.choice = choice;
            this.brief = brief;
            this.named = named;
            this.export = export;
            this.next = next;
        }

        @Override
        public void next(String continueToken) {
            next.accept(continueToken);
        }

        @Override
        public boolean wants(Map<String, @Nullable Object> metadata) {
            last = ObjectChoice.id(metadata);
            current = choice.choose(last, metadata);
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
