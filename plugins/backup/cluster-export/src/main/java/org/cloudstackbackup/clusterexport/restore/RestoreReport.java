/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** What became of each object, by key. Safe for use by many threads. */
public final class RestoreReport {
    /** What became of an object. */
    public enum Action {
        CREATED(true),
        UPDATED(true),
        RECREATED(true),
        SKIPPED(true),
        /** The dry run went well. */
        WOULD_CREATE(false),
        WOULD_CHANGE(false),
        /** Its namespace or type is not there yet, so nobody can say. */
        UNCHECKED(false),
        FAILED(false);

        private final boolean done;

        Action(boolean done) {
            this.done = done;
        }
    }

    /** One object's result; the detail may be empty, and so may the uid that the object has in the cluster now. */
    public record Result(Action action, String detail, String uid) {}

    private final Map<String, Result> results = new TreeMap<>();

    public void put(String key, Action action, String detail) {
        put(key, action, detail, "");
    }

    public synchronized void put(String key, Action action, String detail, String uid) {
        results.put(key, new Result(action, detail, uid));
    }

    /** Whether nothing is left to do for an object. */
    public synchronized boolean isDone(String key) {
        Result result = results.get(key);
        return result != null && result.action().done;
    }

    public synchronized Optional<Result> result(String key) {
        return Optional.ofNullable(results.get(key));
    }

    public synchronized Map<String, Result> results() {
        return new LinkedHashMap<>(results);
    }

    public synchronized long count(Action action) {
        return results.values().stream()
                .filter(result -> result.action() == action)
                .count();
    }

    /** Counts by action, such as {@code created}. */
    public synchronized Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Action action : Action.values()) {
            counts.put(label(action), count(action));
        }
        return counts;
    }

    /** The results as they are kept and shown. */
    public synchronized List<Object> toList() {
        List<Object> list = new ArrayList<>();
        results.forEach((key, result) -> list.add(JsonTree.ordered(
                "key", key, "action", label(result.action()), "detail", result.detail(), "uid", result.uid())));
        return list;
    }

    /** Takes results over from an earlier attempt. */
    public synchronized void takeOver(Map<String, @Nullable Object> kept) {
        for (Map<String, @Nullable Object> item : JsonTree.maps(kept, "objects")) {
            Action action = Action.valueOf(JsonTree.text(item, "action").toUpperCase(java.util.Locale.ROOT));
            results.put(
                    JsonTree.text(item, "key"),
                    new Result(action, JsonTree.text(item, "detail"), JsonTree.text(item, "uid")));
        }
    }

    private static String label(Action action) {
        return action.name().toLowerCase(java.util.Locale.ROOT);
    }
}
