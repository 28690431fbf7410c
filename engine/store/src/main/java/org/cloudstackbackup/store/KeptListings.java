/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of listings as long as their table has not changed: how many rows they have, and the ids at which every {@link
 * #STEP}th row stands, so that a page deep inside is reached without passing over all rows before it. Bounded; safe for use by
 * many threads.
 */
final class KeptListings {
    /** Rows between two landmarks; a page passes over fewer than this. */
    static final int STEP = 500;

    private static final int MOST = 1000;

    private final Map<Object, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Kept> eldest) {
            return size() > MOST;
        }
    };

    /** Empty when nothing is known of the listing at that version of its table. */
    synchronized Optional<Kept> find(Object listing, long version) {
        return Optional.ofNullable(kept.get(listing)).filter(known -> known.version == version);
    }

    synchronized void keep(Object listing, Kept known) {
        kept.put(listing, known);
    }

    /**
     * @param version of the table, read before the rows were counted
     * @param askedDeep whether a page beyond the first landmarks was asked for before: landmarks cost a pass over all rows, so
     *     they are made for those who come again
     * @param landmarks ids of the rows 0, STEP, 2 STEP, ..., and one behind that of the last row; null as long as nobody needed them
     */
    record Kept(long version, long rows, boolean askedDeep, long @Nullable [] landmarks) {
        static Kept counted(long version, long rows) {
            return new Kept(version, rows, false, null);
        }

        Kept deep() {
            return new Kept(version, rows, true, landmarks);
        }

        Kept with(long[] found) {
            return new Kept(version, rows, true, found);
        }
    }
}
