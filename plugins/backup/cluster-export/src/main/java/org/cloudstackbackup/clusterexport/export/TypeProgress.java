/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.jspecify.annotations.Nullable;

/** What happened to one type so far. Safe for use by many threads. */
final class TypeProgress {
    final ResourceType type;
    final LongAdder uploaded = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder invalid = new LongAdder();
    final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> skipped = new ConcurrentHashMap<>();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unresolved = new ConcurrentHashMap<>();
    private volatile @Nullable String error;
    private volatile String errorClass = "";
    private volatile String listedVersion = "";
    private volatile long millis;

    TypeProgress(ResourceType type) {
        this.type = type;
    }

    void skip(String reason) {
        skipped.computeIfAbsent(reason, key -> new LongAdder()).increment();
    }

    void store(Entry entry) {
        entries.put(entry.key(), entry);
    }

    /** Notes an object that is there, but of which this run has no file; {@code failed} when it should have one. */
    void unresolved(String key, boolean isFailure) {
        unresolved.put(key, isFailure);
        (isFailure ? failed : invalid).increment();
    }

    boolean isUnresolved(String key) {
        return unresolved.containsKey(key);
    }

    boolean hasFailures() {
        return unresolved.containsValue(true);
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** Forgets an attempt to list the type, before the next. */
    void restart() {
        listedVersion = "";
        entries.clear();
        skipped.clear();
        unresolved.clear();
        unchanged.reset();
        invalid.reset();
        failed.reset();
    }

    /** Notes the version of the list of the whole cluster. */
    void listedAt(String version) {
        listedVersion = version;
    }

    /** Empty unless the whole cluster was listed to its end. */
    String listedVersion() {
        return listedVersion;
    }

    void end(long tookMillis) {
        millis = tookMillis;
    }

    void fail(String reason, String reasonClass) {
        error = reason;
        errorClass = reasonClass;
    }

    /** Whether the type was listed to its end. */
    boolean isListed() {
        return error == null;
    }

    String error() {
        return error == null ? "" : error;
    }

    long skippedCount() {
        return skipped.values().stream().mapToLong(LongAdder::sum).sum();
    }

    Map<String, Object> report() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("backed_up", entries.size());
        map.put("uploaded", uploaded.sum());
        map.put("unchanged", unchanged.sum());
        map.put("skipped", skippedCount());
        if (!skipped.isEmpty()) {
            Map<String, Object> reasons = new TreeMap<>();
            skipped.forEach((reason, count) -> reasons.put(reason, count.sum()));
            map.put("skipped_by", reasons);
        }
        map.put("invalid", invalid.sum());
        map.put("failed", failed.sum());
        map.put("duration_ms", millis);
        if (error != null) {
            map.put("error", error);
            map.put("error_class", errorClass);
        }
        return map;
    }
}
