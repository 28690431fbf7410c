/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one type that a list only named, and that have to be read: by the server's memory of what changed, which is one request; one by one, if
 * there are few; or by listing everything. What is not found any more was deleted meanwhile, and counts as if it had not been listed. For one thread.
 */
final class NamedObjects {
    /** So many are asked for singly at once. */
    private static final int FEW = 3;
    /** So many are worth asking what changed before all are named, and twice as many each time after. */
    private static final int FIRST_BATCH = 250;
    /** How long a server is listened to at least, which tells what it knows without a pause. */
    private static final int SHORT_SECONDS = 2;

    private final ListCalls calls;
    private final ResourceType type;
    private final String path;
    private final ItemStream stream;
    private final ObjectChoice choice;
    private final BiConsumer<ItemStream.Item, Entry> export;
    private final EventLog log;
    private final Map<String, Entry> unread = new LinkedHashMap<>();
    private String since;
    private boolean asked;
    private int batch = FIRST_BATCH;

    /**
     * {@code export} takes each object that was read; {@code since} is the version of the list that the run before saw, and empty if nobody
     * knows it.
     */
    NamedObjects(
            ListCalls calls,
            ResourceType type,
            String scope,
            String since,
            ItemStream stream,
            ObjectChoice choice,
            BiConsumer<ItemStream.Item, Entry> export,
            EventLog log) {
        this.calls = calls;
        this.type = type;
        this.path = type.path(scope);
        this.since = since;
        this.stream = stream;
        this.choice = choice;
        this.export = export;
        this.log = log;
    }

    void add(Entry named) {
        unread.put(ObjectChoice.id(named), named);
    }

    /** Reads what can be read at once, if it is worth it, so that it is uploaded while more is listed. */
    void readSome() {
        if (unread.size() >= batch) {
            batch *= 2;
            readChanges();
        }
    }

    /**
     * Reads all of them.
     *
     * @param pageSize objects that a page may have
     * @param pages how many pages a list of everything has
     */
    void readAll(RunContext run, int pageSize, long pages) {
        if (unread.size() > FEW) {
            readChanges();
        }
        if (unread.size() <= Math.max(FEW, pages)) {
            readSingly(run);
        }
        if (!unread.isEmpty()) {
            readPages(run, pageSize);
        }
    }

    /**
     * Whether the server still knows what changed since the run before. It is asked once, when something is known to have changed, which it then tells at
     * once; most servers forget within minutes what changed seldom.
     */
    boolean canBeTold() {
        if (!since.isEmpty() && !asked) {
            AtomicBoolean begun = new AtomicBoolean();
            askChanges(SHORT_SECONDS, () -> begun.getAndSet(true));
        }
        return !since.isEmpty();
    }

    private void readChanges() {
        if (since.isEmpty()) {
            return;
        }
        askChanges(SHORT_SECONDS + unread.size() / 500, unread::isEmpty);
        if (!unread.isEmpty()) {
            // What it has not told now it does not know, and it would be waited for each time.
            since = "";
        }
    }

    /** A server that does not know, or does not tell everybody, is no failure: there are other ways. */
    private void askChanges(int seconds, BooleanSupplier enough) {
        asked = true;
        int wanted = unread.size();
        try {
            calls.changes(path, since, seconds, stream, new AsNamed(), enough);
        } catch (CallFailed e) {
            since = "";
            log.debug(
                    "changes_unknown",
                    "The API server did not say what changed; the objects are listed",
                    JsonTree.ordered(
                            "resource",
                            type.qualifiedName(),
                            "wanted",
                            wanted,
                            "unread",
                            unread.size(),
                            "error",
                            String.valueOf(e.getMessage())));
        }
    }

    /**
     * As far as the server can choose by names. What it does not find may have been deleted, or the server may not know such a selector; a list of
     * everything tells, and nothing is taken for deleted before.
     */
    private void readSingly(RunContext run) {
        for (Entry named : List.copyOf(unread.values())) {
            run.check();
            AsIs found = new AsIs();
            try {
                calls.named(type.path(named.namespace()), named.name(), stream, found);
            } catch (CallFailed e) {
                if (e.errorClass().retryable()) {
                    throw e;
                }
                return;
            }
            if (found.others) {
                return;
            }
        }
    }

    private void readPages(RunContext run, int pageSize) {
        String token = "";
        try (ListCalls.Pages pages = calls.pages(path)) {
            do {
                run.check();
                token = pages.read(new ListCalls.Ask(pageSize, token, false), stream, new AsIs())
                        .continueToken();
            } while (!token.isEmpty() && !unread.isEmpty());
        }
        unread.clear();
    }

    /** Takes exactly what was named; what an object was before or became later is of no use. */
    private final class AsNamed implements ItemStream.Sink {
        private @Nullable Entry current;

        @Override
        public boolean wants(Map<String, @Nullable Object> metadata) {
            Entry named = unread.get(ObjectChoice.id(metadata));
            boolean same = named != null
                    && !named.version().isEmpty()
                    && named.uid().equals(JsonTree.text(metadata, "uid"))
                    && named.version().equals(JsonTree.text(metadata, "resourceVersion"));
            current = same ? named : null;
            return same;
        }

        @Override
        public void accept(ItemStream.Item item) {
            Entry named = current;
            if (named != null) {
                unread.remove(ObjectChoice.id(named));
                export.accept(item, named);
            }
        }
    }

    /** Takes what was named as it is now. */
    private final class AsIs implements ItemStream.Sink {
        private @Nullable Entry current;
        private boolean others;

        @Override
        public boolean wants(Map<String, @Nullable Object> metadata) {
            current = null;
            if (unread.remove(ObjectChoice.id(metadata)) == null) {
                others = true;
            } else {
                current = choice.chooseAgain(metadata);
            }
            return current != null;
        }

        @Override
        public void accept(ItemStream.Item item) {
            Entry seen = current;
            if (seen != null) {
                export.accept(item, seen);
            }
        }
    }
}
