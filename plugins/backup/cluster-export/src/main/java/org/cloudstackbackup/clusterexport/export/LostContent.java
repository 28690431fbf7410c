/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest;

/**
 * Content of the last run that the bucket has no more, since a pack is missing or was cut: nobody reads packs until a restore, so a run that skipped
 * such objects as unchanged would be called complete for ever.
 *
 * @param keys files of the objects whose content is lost; they are stored anew
 * @param packs how many of them each damaged pack had
 */
record LostContent(Set<String> keys, Map<String, Integer> packs) {
    /** Compares what the manifest names with the packs that are there, of which it takes the sizes. */
    static LostContent of(Map<String, Long> there, Manifest before) {
        Set<String> keys = new HashSet<>();
        Map<String, Integer> packs = new TreeMap<>();
        for (Entry entry : before.entries().values()) {
            if (there.getOrDefault(entry.pack(), 0L) < entry.offset() + entry.length()) {
                keys.add(entry.key());
                packs.merge(entry.pack(), 1, Integer::sum);
            }
        }
        return new LostContent(keys, packs);
    }

    /** These files, and those that are in doubt for another reason. */
    Set<String> and(Set<String> doubtful) {
        Set<String> all = new HashSet<>(doubtful);
        all.addAll(keys);
        return all;
    }
}
