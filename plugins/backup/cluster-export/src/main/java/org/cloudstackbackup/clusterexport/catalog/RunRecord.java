/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a run without reading its manifest.
 *
 * @param sequence grows with each run; runs are ordered by it, never by time
 * @param source empty texts in runs that were recorded before it was kept
 * @param report counts, per type and failures, as shown to users
 */
public record RunRecord(
        String id,
        long sequence,
        Outcome outcome,
        Instant started,
        Instant ended,
        String manifestHash,
        List<String> packs,
        Source source,
        Map<String, ?> report) {
    /** What the report calls the one for whom the run was made. */
    public static final String LABEL = "made_for";

    /**
     * What was exported: of which cluster, and which objects of it.
     *
     * @param clusterUid of the namespace kube-system
     * @param selection fingerprint of the settings that decide which objects there are
     */
    public record Source(String clusterUid, String selection) {
        public static final Source UNKNOWN = new Source("", "");
    }

    public RunRecord {
        packs = List.copyOf(packs);
    }

    /** For whom the run was made; empty when nobody said so. */
    public String label() {
        return report.get(LABEL) instanceof String label ? label : "";
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("sequence", sequence);
        map.put("outcome", outcome.label());
        map.put("started", started);
        map.put("ended", ended);
        map.put("manifestHash", manifestHash);
        map.put("packs", packs);
        map.put("clusterUid", source.clusterUid());
        map.put("selection", source.selection());
        map.put("report", report);
        return map;
    }

    static RunRecord of(Map<String, @Nullable Object> map) {
        return new RunRecord(
                JsonTree.text(map, "id"),
                Long.parseLong(JsonTree.text(map, "sequence")),
                Outcome.of(JsonTree.text(map, "outcome")),
                Instant.parse(JsonTree.text(map, "started")),
                Instant.parse(JsonTree.text(map, "ended")),
                JsonTree.text(map, "manifestHash"),
                JsonTree.list(map, "packs").stream().map(String::valueOf).toList(),
                new Source(JsonTree.text(map, "clusterUid"), JsonTree.text(map, "selection")),
                JsonTree.map(map, "report"));
    }
}
