/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.catalog.Packs;
import org.jspecify.annotations.Nullable;

/** What the parts of one run share. Safe for use by many threads. */
final class RunContext {
    private static final int MOST_FAILURES = 200;

    final String runId;
    final String clusterUid;
    private final Runnable lockCheck;
    final Packs packs;
    final Manifest before;
    final Map<String, String> segments;
    final boolean sameContent;
    /** Files that may not be what the manifest before says, or whose content no pack has any more. */
    final Set<String> doubtful;
    /** Files written in this run. */
    final Set<String> written = ConcurrentHashMap.newKeySet();

    private @Nullable Map<String, List<Entry>> entriesByType;
    private final List<Map<String, Object>> failures = new ArrayList<>();
    private final AtomicReference<RuntimeException> fatal = new AtomicReference<>();

    /** {@code lockCheck} throws when this run may not write any more. */
    RunContext(
            String runId,
            String clusterUid,
            Runnable lockCheck,
            Packs packs,
            Manifest before,
            Map<String, String> segments,
            boolean sameContent,
            Set<String> doubtful) {
        this.runId = runId;
        this.clusterUid = clusterUid;
        this.lockCheck = lockCheck;
        this.packs = packs;
        this.before = before;
        this.segments = segments;
        this.sameContent = sameContent;
        this.doubtful = doubtful;
    }

    String segment(String qualifiedType) {
        return segments.getOrDefault(qualifiedType, qualifiedType);
    }

    /** What the run before knew of the objects of a type; read anew by each call. */
    KnownSizes sizes(String qualifiedType) {
        return KnownSizes.of(entriesByType().getOrDefault(qualifiedType, List.of()));
    }

    private synchronized Map<String, List<Entry>> entriesByType() {
        Map<String, List<Entry>> entries = entriesByType == null
                ? before.entries().values().stream().collect(Collectors.groupingBy(Entry::type))
                : entriesByType;
        entriesByType = entries;
        return entries;
    }

    /** Ends the run soon: nothing more can be stored. */
    void abort(Throwable failure) {
        RuntimeException thrown = failure instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("An upload met " + failure, failure);
        fatal.compareAndSet(null, thrown);
    }

    /** Throws what ended the run, if anything did. */
    void check() {
        RuntimeException failure = fatal.get();
        if (failure != null) {
            throw failure;
        }
        lockCheck.run();
    }

    synchronized void failed(String type, Entry at, CallFailed failure) {
        if (failures.size() < MOST_FAILURES) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("type", type);
            map.put("namespace", at.namespace());
            map.put("name", at.name());
            map.put("error", String.valueOf(failure.getMessage()));
            map.put("error_class", failure.errorClass().label());
            failures.add(map);
        }
    }

    synchronized List<Map<String, Object>> failures() {
        return List.copyOf(failures);
    }
}
