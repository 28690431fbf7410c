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
 */
final class Listing<T> {
    private static final int RESTARTS = 3;

    private final BiFunction<Long, Long, Page<T>> pages;
    private final Function<T, String> uid;
    private final Consumer<? super T> sink;
    private final Set<String> seen = new HashSet<>();
    private long left;
    private @Nullable Long total;

    /**
     * @param pages gives the page at an index with at most so many objects; 0 means all
     * @param most how many objects are wanted
     */
    Listing(BiFunction<Long, Long, Page<T>> pages, Function<T, String> uid, long most, Consumer<? super T> sink) {
        this.pages = pages;
        this.uid = uid;
        this.left = most;
        this.sink = sink;
    }

    void read(long begin, int pageSize) {
        for (int restart = 0; restart <= RESTARTS; restart++) {
            if (isRead(begin, pageSize)) {
                return;
            }
        }
        take(pages.apply(begin, 0L).objects());
    }

    /** How many there are in all, as the server counted last; null when it did not. */
    @Nullable
    Long total() {
        return total;
    }

    /** False when the list shifted so that something may be missing. */
    private boolean isRead(long begin, int pageSize) {
        long index = begin;
        boolean overlap = false;
        while (left > 0) {
            long asked = overlap ? Math.min(pageSize - 1L, left) + 1 : Math.min(pageSize, left);
            Page<T> page = page(index, asked, overlap);
            List<T> objects = page.objects();
            if (overlap && (objects.isEmpty() || !seen.contains(uid.apply(objects.get(0))))) {
                return false;
            }
            take(objects);
            if (page.isLast(index) || objects.size() < (overlap ? 2 : 1)) {
                return true;
            }
            index += objects.size() - 1L;
            overlap = true;
        }
        return true;
    }

    /**
     * Asks for a page. An empty list looks like an empty success of something in between, and who deletes what is not listed would
     * delete everything: it is therefore asked for twice.
     */
    private Page<T> page(long index, long asked, boolean overlap) {
        Page<T> page = pages.apply(index, asked);
        if (!overlap && page.saysNothing()) {
            page = pages.apply(index, asked);
        }
        Long counted = page.totalCount();
        if (page.objects().isEmpty() && !overlap && counted != null && counted > index) {
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
