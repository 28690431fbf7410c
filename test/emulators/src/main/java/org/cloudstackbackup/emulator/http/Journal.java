/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last requests and how long each took inside the emulator. Bounded; for many threads. */
public final class Journal {
    private static final int MOST = 20_000;
    private static final int LONGEST_BODY = 16 * 1024;
    private static final Pattern SECRET = Pattern.compile("((?:password|refresh_token|client_secret)=)[^&]*");

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;
    private long micros;

    synchronized void add(Call call, Instant time, int status, long tookMicros, String fault) {
        String body = SECRET.matcher(call.body()).replaceAll("$1...");
        if (body.length() > LONGEST_BODY) {
            body = body.substring(0, LONGEST_BODY);
        }
        count++;
        micros += tookMicros;
        entries.addLast(
                new Entry(count, time, call.method(), call.path(), call.query(), body, status, tookMicros, fault));
        if (entries.size() > MOST) {
            entries.removeFirst();
        }
    }

    /** The requests that are kept, oldest first. */
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    /** The kept requests with that method whose path matches the whole regular expression. */
    public List<Entry> entries(String method, String path) {
        return entries().stream()
                .filter(each -> each.method().equals(method) && Pattern.matches(path, each.path()))
                .toList();
    }

    /** How many requests there were since the start or the last {@link #clear}. */
    public synchronized long count() {
        return count;
    }

    /** The time all requests took inside the emulator, in microseconds. */
    public synchronized long micros() {
        return micros;
    }

    public synchronized void clear() {
        entries.clear();
        count = 0;
        micros = 0;
    }

    /** All of it as JSON. */
    public synchronized JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("count", count);
        json.addProperty("micros", micros);
        JsonArray all = new JsonArray();
        entries.forEach(each -> all.add(each.json()));
        json.add("entries", all);
        return json;
    }

    /**
     * One request.
     *
     * @param status 0 when the connection was cut
     * @param micros time inside the emulator, waiting of a slow fault included
     * @param fault the word of the fault that hit it, or empty
     */
    public record Entry(
            long number,
            Instant time,
            String method,
            String path,
            String query,
            String body,
            int status,
            long micros,
            String fault) {
        JsonObject json() {
            JsonObject json = new JsonObject();
            json.addProperty("number", number);
            json.addProperty("time", time.toString());
            json.addProperty("method", method);
            json.addProperty("path", path);
            json.addProperty("query", query);
            json.addProperty("body", body);
            json.addProperty("status", status);
            json.addProperty("micros", micros);
            json.addProperty("fault", fault);
            return json;
        }
    }
}
