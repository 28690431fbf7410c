/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.Bucket.Stored;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.catalog.Manifest;

/**
 * What a run that was killed may have done to the files: those written since it began, and those that are gone, are not what the last manifest says.
 * All times are the store's own.
 *
 * @param doubtful keys of the last manifest whose files have to be written again
 * @param strangers files that the last manifest does not know, and that were written since the killed run began; any older one may be the last copy
 *     of an object
 * @param gone files of objects that the last manifest calls gone
 */
record TreeDoubt(Set<String> doubtful, List<String> strangers, List<String> gone) {
    /** Dates in a store may be whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    static TreeDoubt none() {
        return new TreeDoubt(Set.of(), List.of(), List.of());
    }

    /** Looks at all files once; the marker was the killed run's first write. */
    static TreeDoubt after(Stored marker, Bucket bucket, Layout layout, Manifest before) {
        Instant since = marker.modified().minus(SLACK);
        Set<String> doubtful = new HashSet<>(before.entries().keySet());
        Set<String> tombstones =
                before.tombstones().stream().map(Manifest.Tombstone::key).collect(Collectors.toSet());
        List<String> strangers = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        bucket.list(layout.filesPrefix(), file -> {
            boolean old = file.modified().isBefore(since);
            if (before.entries().containsKey(file.key())) {
                if (old) {
                    doubtful.remove(file.key());
                }
            } else if (tombstones.contains(file.key())) {
                gone.add(file.key());
            } else if (!old) {
                strangers.add(file.key());
            }
        });
        return new TreeDoubt(doubtful, strangers, gone);
    }

    /** The files to delete: after a run that is not complete only what was called gone before, as any other may be of a type that was not listed. */
    List<String> leftovers(boolean complete) {
        List<String> files = new ArrayList<>(gone);
        if (complete) {
            files.addAll(strangers);
        }
        return files;
    }
}
