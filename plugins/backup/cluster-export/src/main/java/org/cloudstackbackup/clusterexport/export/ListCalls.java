/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.jspecify.annotations.Nullable;

/** The lists and watches of a run: of what is selected by its labels, as many at once as the API server bears. Safe for use by many threads. */
final class ListCalls {
    private final ApiServer server;
    private final Retry retry;
    private final String labels;
    private final ListGate gate;
    private final Supplier<QueueRoom.Turn> turns;

    /** Objects are read when {@code turns} lets them come; metadata keeps nobody waiting. */
    ListCalls(ApiServer server, Retry retry, Settings settings, Supplier<QueueRoom.Turn> turns) {
        this.server = requireNonNull(server, "server is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.labels = settings.filters().labels().isEmpty()
                ? ""
                : settings.filters().labels().toString();
        this.gate = new ListGate(settings.pace().lists());
        this.turns = requireNonNull(turns, "turns is null");
    }

    /** The pages of the list of a path. */
    Pages pages(String path) {
        return new Pages(path);
    }

    /**
     * The pages of one list; one of them may be asked for before it is read, so that the server has it ready. To be closed. For one thread at a time.
     */
    final class Pages implements AutoCloseable {
        private final String path;
        private @Nullable Ask asked;
        private @Nullable Ahead<Optional<InputStream>> answer;

        private Pages(String path) {
            this.path = path;
        }

        /** What will be read next, if it was asked for already. */
        Optional<Ask> asked() {
            return Optional.ofNullable(asked);
        }

        /** Asks for a page, unless one was asked for, or as many lists go on as may. */
        void ask(Ask page) {
            if (asked == null && gate.isOpen()) {
                asked = page;
                answer = Ahead.begin(
                        "page",
                        () -> gate.tryEnter() ? Optional.of(inside(() -> open(page), false)) : Optional.empty());
            }
        }

        /** One page; a sink may hear of its items more than once, as a page that was cut is read again. */
        ItemStream.End read(Ask page, ItemStream stream, ItemStream.Sink sink) {
            return retry.call("LIST " + path, () -> {
                if (page.brief()) {
                    return readOnce(page, stream, sink);
                }
                try (QueueRoom.Turn turn = turns.get()) {
                    return readOnce(page, stream, sink);
                }
            });
        }

        private ItemStream.End readOnce(Ask page, ItemStream stream, ItemStream.Sink sink) {
            return readAsked(page, stream, sink)
                    .orElseGet(() -> gated(() -> server.list(path, open(page), stream, sink)));
        }

        /**
         * The page, if it was asked for. Where that went wrong it is as if it had not been: the server may have waited for us longer than it likes to, or may
         * be well again by now.
         */
        private Optional<ItemStream.End> readAsked(Ask page, ItemStream stream, ItemStream.Sink sink) {
            if (!page.equals(asked)) {
                close();
                return Optional.empty();
            }
            try {
                Optional<InputStream> body = taken();
                return body.map(open -> {
                    try {
                        return gated(() -> server.list(path, open, stream, sink));
                    } finally {
                        discard(open);
                    }
                });
            } catch (CallFailed e) {
                if (!e.errorClass().retryable() || e.errorClass() == ErrorClass.THROTTLED) {
                    throw e;
                }
                retry.tell("LIST " + path, e);
                return Optional.empty();
            }
        }

        private Optional<InputStream> taken() {
            Ahead<Optional<InputStream>> ahead = requireNonNull(answer, "nothing was asked for");
            try {
                return ahead.get();
            } finally {
                asked = null;
                // Stopped meanwhile, it may still be answered.
                answer = Thread.currentThread().isInterrupted() ? ahead : null;
            }
        }

        private InputStream open(Ask page) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("limit", String.valueOf(page.limit()));
            select(parameters);
            if (!page.token().isEmpty()) {
                parameters.put("continue", page.token());
            }
            return server.openList(path, parameters, page.brief());
        }

        /** Gives up what was asked for and not read. */
        @Override
        public void close() {
            Ahead<Optional<InputStream>> ahead = answer;
            asked = null;
            answer = null;
            if (ahead != null) {
                ahead.abandon(body -> body.ifPresent(ListCalls::discard));
            }
        }
    }

    /** A page: at most so many objects, from where the page before ended (empty for the first), whole or their metadata only. */
    record Ask(int limit, String token, boolean brief) {}

    private static void discard(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Nobody wants to know any more what came or did not.
            return;
        }
    }

    /** Those of a name, if the server can choose them, else a first few of all. */
    void named(String path, String name, ItemStream stream, ItemStream.Sink sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fieldSelector", "metadata.name=" + name);
        parameters.put("limit", "2");
        select(parameters);
        retry.call("LIST " + path, () -> gated(() -> server.list(path, parameters, stream, sink)));
    }

    /** What changed since a version of the list of the same path; never tried again. */
    void changes(
            String path,
            String version,
            long seconds,
            ItemStream stream,
            ItemStream.Sink sink,
            BooleanSupplier enough) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resourceVersion", version);
        parameters.put("timeoutSeconds", String.valueOf(seconds));
        select(parameters);
        gated(() -> {
            server.watch(path, parameters, stream, sink, enough);
            return version;
        });
    }

    private void select(Map<String, String> parameters) {
        if (!labels.isEmpty()) {
            parameters.put("labelSelector", labels);
        }
    }

    private <T> T gated(Supplier<T> call) {
        gate.enter();
        return inside(call, true);
    }

    /** Leaves the gate in the end; {@code whole} unless the answer has yet to be read. */
    private <T> T inside(Supplier<T> call, boolean whole) {
        boolean throttled = false;
        try {
            return call.get();
        } catch (CallFailed e) {
            throttled = e.errorClass() == ErrorClass.THROTTLED;
            throw e;
        } finally {
            gate.leave(throttled, whole);
        }
    }
}
