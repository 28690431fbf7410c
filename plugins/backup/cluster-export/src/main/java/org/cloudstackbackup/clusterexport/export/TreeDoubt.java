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
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.Bucket.Stored;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.catalog.Manifest;

/**
 * What a run that was killed may have done to the files: those written since it began, and those that are gone, are not what the last manifest says.
 * All times are the store's own.
 *
 * @param doubtful keys of the last manifest whose files have to be written again
 * @param strangers files that no manifest knows; where there is no manifest, only those of the killed run, as any other may be the
 *     last copy of an object
 */
record TreeDoubt(Set<String> doubtful, List<String> strangers) {
    /** Dates in a store may be whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    static TreeDoubt none() {
        return new TreeDoubt(Set.of(), List.of());
    }

    /** Looks at all files once; the marker was the killed run's first write. */
    static TreeDoubt after(Stored marker, Bucket bucket, Layout layout, Manifest before) {
        Instant since = marker.modified().minus(SLACK);
        Set<String> doubtful = new HashSet<>(before.entries().keySet());
        List<String> strangers = new ArrayList<>();
        bucket.list(layout.filesPrefix(), file -> {
            boolean old = file.modified().isBefore(since);
            if (!before.entries().containsKey(file.key())) {
                if (!old || !before.runId().isEmpty()) {
                    strangers.add(file.key());
                }
            } else if (old) {
                doubtful.remove(file.key());
            }
        });
        return new TreeDoubt(doubtful, strangers);
    }
}
