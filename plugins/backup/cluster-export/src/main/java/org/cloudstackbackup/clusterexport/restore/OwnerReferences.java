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
import java.util.concurrent.ConcurrentHashMap;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The owners of objects, which have other uids once they were restored. An owner with an unknown uid must not be named, as the cluster would take the
 * object with it; such owners are set once everything is written. Safe for use by many threads.
 */
final class OwnerReferences {
    /** In the report of an object until its owners were set. */
    static final String ABSENT = "without owners that are not there";

    /** New uids of restored objects, by the exported ones. */
    private final Map<String, String> uids = new ConcurrentHashMap<>();

    private final Map<String, Prepared> waiting = new ConcurrentHashMap<>();

    void restored(String exportedUid, String newUid) {
        if (!exportedUid.isEmpty() && !newUid.isEmpty()) {
            uids.put(exportedUid, newUid);
        }
    }

    /** Leaves only the owners that are known, with their new uids; returns the others. */
    List<Map<String, @Nullable Object>> keepKnown(Map<String, @Nullable Object> metadata) {
        List<Object> known = new ArrayList<>();
        List<Map<String, @Nullable Object>> absent = new ArrayList<>();
        for (Map<String, @Nullable Object> owner : JsonTree.maps(metadata, "ownerReferences")) {
            String uid = uids.get(JsonTree.text(owner, "uid"));
            if (uid == null) {
                absent.add(owner);
            } else {
                known.add(withUid(owner, uid));
            }
        }
        if (known.isEmpty()) {
            metadata.remove("ownerReferences");
        } else {
            metadata.put("ownerReferences", known);
        }
        return absent;
    }

    /** Remembers an object that was written without some of its owners. */
    void await(Prepared written) {
        waiting.put(written.entry().key(), written);
    }

    /** Whether an attempt before wrote an object without some of its owners. */
    boolean isToSettle(String key, RestoreReport report) {
        return report.isDone(key)
                && !waiting.containsKey(key)
                && report.result(key)
                        .map(result -> result.detail().endsWith(ABSENT))
                        .orElse(false);
    }

    List<Prepared> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Names those owners of a waiting object that are there now. */
    void settle(Prepared written, RestoreReport report, ServedTypes types, ObjectWriter writer) {
        String key = written.entry().key();
        RestoreReport.Result result = report.result(key).orElseThrow();
        List<Map<String, @Nullable Object>> found = found(written, types, writer);
        List<Map<String, @Nullable Object>> all = new ArrayList<>(found);
        all.addAll(JsonTree.maps(written.metadata(), "ownerReferences"));
        if (!all.isEmpty()) {
            writer.own(written, result.uid(), all);
        }
        if (found.size() == written.absentOwners().size()) {
            String detail = result.detail().replaceFirst("(; )?" + ABSENT + "$", "");
            report.put(key, result.action(), detail, result.uid());
        }
    }

    private List<Map<String, @Nullable Object>> found(Prepared written, ServedTypes types, ObjectWriter writer) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Map<String, @Nullable Object> owner : written.absentOwners()) {
            String exported = JsonTree.text(owner, "uid");
            String uid = uids.get(exported);
            if (uid == null && lives(owner, exported, written, types, writer)) {
                uid = exported;
            }
            if (uid != null) {
                found.add(withUid(owner, uid));
            }
        }
        return found;
    }

    /** Whether an owner that was not restored still is the one that was exported. */
    private static boolean lives(
            Map<String, @Nullable Object> owner, String uid, Prepared written, ServedTypes types, ObjectWriter writer) {
        Optional<ResourceType> type = types.ofKind(JsonTree.text(owner, "apiVersion"), JsonTree.text(owner, "kind"));
        if (type.isEmpty()) {
            return false;
        }
        String path = type.get().path(JsonTree.text(written.metadata(), "namespace")) + "/"
                + ObjectWriter.segment(JsonTree.text(owner, "name"));
        return writer.get(path)
                .map(live ->
                        JsonTree.text(JsonTree.map(live, "metadata"), "uid").equals(uid))
                .orElse(false);
    }

    /** The owners of one list and those of the other that are not in it, by uid. */
    static List<Object> union(List<Map<String, @Nullable Object>> first, List<Map<String, @Nullable Object>> second) {
        Map<String, Object> all = new LinkedHashMap<>();
        first.forEach(owner -> all.put(JsonTree.text(owner, "uid"), owner));
        second.forEach(owner -> all.putIfAbsent(JsonTree.text(owner, "uid"), owner));
        return new ArrayList<>(all.values());
    }

    private static Map<String, @Nullable Object> withUid(Map<String, @Nullable Object> owner, String uid) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(owner);
        copy.put("uid", uid);
        return copy;
    }
}
