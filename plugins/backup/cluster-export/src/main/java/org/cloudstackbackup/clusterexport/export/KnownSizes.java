/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cloudstackbackup.clusterexport.catalog.Entry;

/** How large the objects of one type were in the run before, in the order in which the API server lists them. Immutable. */
final class KnownSizes {
    private final String[] ids;
    /** Of each object and all before it, in bytes. */
    private final long[] ends;

    private KnownSizes(String[] ids, long[] ends) {
        this.ids = ids;
        this.ends = ends;
    }

    static KnownSizes of(List<Entry> entries) {
        List<Known> listed = entries.stream()
                .map(entry -> new Known(ObjectChoice.id(entry), entry.sizeBytes()))
                .sorted(Comparator.comparing(Known::id))
                .toList();
        String[] ids = new String[listed.size()];
        long[] ends = new long[ids.length];
        long end = 0;
        for (int i = 0; i < ids.length; i++) {
            ids[i] = listed.get(i).id();
            end += listed.get(i).bytes();
            ends[i] = end;
        }
        return new KnownSizes(ids, ends);
    }

    private record Known(String id, long bytes) {}

    boolean isEmpty() {
        return ids.length == 0;
    }

    /**
     * How many objects can be listed until they are too large together; {@code most} if there are no more.
     *
     * @param id of the object behind which they begin
     * @param skipped how many of them are left out at first
     */
    int fit(String id, int skipped, long bytes, int most) {
        int found = Arrays.binarySearch(ids, id);
        int begin = Math.min((found < 0 ? -found - 1 : found + 1) + skipped, ids.length);
        long limit = bytes + (begin == 0 ? 0 : ends[begin - 1]);
        int end = begin;
        while (end < ids.length && end - begin < most && ends[end] <= limit) {
            end++;
        }
        return end == ids.length ? most : end - begin;
    }
}
