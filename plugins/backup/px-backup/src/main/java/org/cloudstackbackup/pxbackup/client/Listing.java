/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page by page, each object once and none left out.
 *
 * <p>Offsets shift when objects come and go meanwhile. Each page therefore begins with the last object of the page before; when
 * something unknown stands there, objects may have slipped past, and the list is read again from its begin. A list that does not
 * come to rest is read as one page.
 *
 * <p>While a page is read, the next one is asked for already, when the server has said that there is one: never more than one, and
 * its answer is dropped when the page turns out to end elsewhere.
 */
final class Listing<T> {
    private static final int RESTARTS = 3;

    private final Source<?, T> source;
    private final Function<T, String> uid;
    private final Consumer<? super T> sink;
    private final Set<String> seen = new HashSet<>();
    private final Ahead ahead = new Ahead();
    private final long most;
    private long left;
    private @Nullable Long total;

    /** @param most how many objects are wanted */
    Listing(Source<?, T> source, Function<T, String> uid, long most, Consumer<? super T> sink) {
        this.source = source;
        this.uid = uid;
        this.most = most;
        this.left = most;
        this.sink = sink;
    }

    void read(long begin, int pageSize) {
        try {
            for (int restart = 0; restart <= RESTARTS; restart++) {
                if (isRead(begin, pageSize)) {
                    return;
                }
            }
            take(source.read(source.ask(begin, most == Long.MAX_VALUE ? 0 : most))
                    .objects());
        } finally {
            ahead.drop();
        }
    }

    /** How many there are in all, as the server counted last; null when it did not. */
    @Nullable
    Long total() {
        return total;
    }

    /** False when the list shifted so that something may be missing. */
    private boolean isRead(long begin, int pageSize) {
        Part part = new Part(begin, Math.min(pageSize, left), false);
        while (left > 0) {
            Page<T> page = page(part, pageSize);
            List<T> objects = page.objects();
            if (part.overlaps && (objects.isEmpty() || !seen.contains(uid.apply(objects.get(0))))) {
                return false;
            }
            take(objects);
            if (page.isLast(part.index) || objects.size() < (part.overlaps ? 2 : 1)) {
                return true;
            }
            part = part.next(objects.size(), left, pageSize);
        }
        return true;
    }

    /**
     * Asks for a page. An empty list looks like an empty success of something in between, and who deletes what is not listed would
     * delete everything: it is therefore asked for twice.
     */
    private Page<T> page(Part part, int pageSize) {
        Answer answer = ahead.answer(part);
        ahead.ask(part, pageSize);
        Page<T> page = source.read(answer);
        if (!part.overlaps && page.saysNothing()) {
            page = source.read(source.ask(part.index, part.most));
        }
        Long counted = page.totalCount();
        if (page.objects().isEmpty() && !part.overlaps && counted != null && counted > part.index) {
            throw new PxBackupException(
                    Reason.MALFORMED, "PX-Backup answered a list without objects, and that there are " + counted, null);
        }
        total = counted;
        return page;
    }

    private void take(List<T> objects) {
        for (T each : objects) {
            if (left > 0 && seen.add(uid.apply(each))) {
                left--;
                sink.accept(each);
            }
        }
    }

    /** The message for a page: GET where a query can say it, else POST. */
    static Call call(
            String base, Request request, ObjectNode body, String organisation, ServerLine line, boolean post) {
        String path = base + "/" + Call.encode(organisation);
        String query = Query.of(body);
        boolean needed = Query.cannot(body) || request.has("sort_option") || query.length() > 4000;
        if (needed && post) {
            line.require("Such a list", "2.9");
            return Call.ask(path + "/enumerate", body);
        }
        return Call.get(path + query);
    }

    /** What all lists place alike. */
    static void options(ObjectNode body, Request request, long index, long most, ServerLine line) {
        if (index > 0) {
            Request.place(body, "enumerate_options.object_index", Json.tree(String.valueOf(index)));
        }
        if (most > 0) {
            Request.place(body, "enumerate_options.max_objects", Json.tree(String.valueOf(most)));
        }
        JsonNode sort = request.get("sort_option");
        if (sort != null) {
            String by = sort.path("sort_by").asText("CreationTimestamp");
            if (by.equals("LastUpdateTimestamp")) {
                line.require("Parameter sort_option.sort_by LastUpdateTimestamp", "2.11");
            }
            Request.place(body, "enumerate_options.sort_option.sortBy.type", Json.tree(by));
            Request.place(
                    body,
                    "enumerate_options.sort_option.sortOrder.type",
                    Json.tree(sort.path("sort_order").asText("Descending")));
        }
    }

    /** What a list's parameters must be to each other. */
    static void check(Request request) {
        JsonNode range = request.get("time_range");
        if (range != null
                && range.has("start_time")
                && range.has("end_time")
                && java.time.Instant.parse(range.get("start_time").asText())
                        .isAfter(java.time.Instant.parse(range.get("end_time").asText()))) {
            throw PxBackupException.parameter("time_range", "ends before it starts");
        }
        if (request.has("vm_volume_name") && !request.has("resource_info")) {
            throw PxBackupException.parameter("vm_volume_name", "narrows resource_info, which is missing");
        }
    }

    /**
     * Where pages come from.
     *
     * @param ask gives the answer that begins at an index and has at most so many objects, 0 meaning all; for several threads
     * @param type what the answer holds
     * @param told what was asked, for messages
     */
    record Source<L, T>(BiFunction<Long, Long, Answer> ask, Class<L> type, String told, Function<L, Page<T>> page) {
        private Answer ask(long index, long most) {
            return ask.apply(index, most);
        }

        private Page<T> read(Answer answer) {
            return page.apply(Json.read(answer.body(), type, told));
        }
    }

    /** Which objects a page is to have, the first being the last of the page before if it overlaps. */
    private record Part(long index, long most, boolean overlaps) {
        private Part next(long size, long left, int pageSize) {
            return new Part(index + size - 1, Math.min(pageSize - 1L, left) + 1, true);
        }
    }

    /** The answer that is asked for while the one before is read. */
    private final class Ahead {
        private boolean guessedWrong;
        private @Nullable Part part;
        private @Nullable FutureTask<Answer> answer;

        /** Asks for the page after one that is likely to come whole. */
        private void ask(Part before, int pageSize) {
            long fresh = before.most - (before.overlaps ? 1 : 0);
            if (guessedWrong || total == null || before.index + before.most >= total || left <= fresh) {
                return;
            }
            Part next = before.next(before.most, left - fresh, pageSize);
            FutureTask<Answer> asked = new FutureTask<>(() -> source.ask(next.index, next.most));
            Thread thread = new Thread(asked, "px-backup-next-page");
            thread.setDaemon(true);
            thread.start();
            part = next;
            answer = asked;
        }

        private Answer answer(Part wanted) {
            FutureTask<Answer> asked = answer;
            if (asked == null || !wanted.equals(part)) {
                guessedWrong |= asked != null && wanted.overlaps;
                drop();
                return source.ask(wanted.index, wanted.most);
            }
            try {
                return asked.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PxBackupException(Reason.INTERRUPTED, "The wait for the next page was interrupted", e);
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } finally {
                drop();
            }
        }

        private RuntimeException failure(@Nullable Throwable cause) {
            return cause instanceof PxBackupException e
                    ? e.toldAgain()
                    : new IllegalStateException("The next page could not be asked for", cause);
        }

        private void drop() {
            if (answer != null) {
                answer.cancel(true);
            }
            part = null;
            answer = null;
        }
    }

    /** One page. */
    record Page<T>(List<T> objects, @Nullable Long totalCount, boolean complete) {
        private boolean saysNothing() {
            return objects.isEmpty() && totalCount == null && !complete;
        }

        private boolean isLast(long index) {
            return complete || objects.isEmpty() || (totalCount != null && index + objects.size() >= totalCount);
        }
    }
}
