/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.cloudstackbackup.pxbackup.client.ObjectPage;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that itself may be a part of what there is.
 *
 * @param start entries before the page
 * @param size entries on it at most
 * @param skipped entries before the list
 * @param most entries in the list at most
 */
record Window(long start, long size, long skipped, long most) {
    Window(long start, long size) {
        this(start, size, 0, Long.MAX_VALUE);
    }

    /** Of a list that {@code maxobjects} and {@code objectindex} bound. */
    Window within(@Nullable Integer maxObjects, @Nullable Integer objectIndex) {
        if (maxObjects != null && maxObjects < 1) {
            throw Refusal.of("Parameter maxobjects is " + maxObjects + "; allowed is a whole number from 1");
        }
        if (objectIndex != null && objectIndex < 0) {
            throw Refusal.of("Parameter objectindex is " + objectIndex + "; allowed is a whole number from 0");
        }
        return new Window(
                start, size, objectIndex == null ? 0 : objectIndex, maxObjects == null ? Long.MAX_VALUE : maxObjects);
    }

    /**
     * Asks the server for the page.
     *
     * @param count counts all that match, for servers that do not tell
     */
    <T> ObjectPage<T> read(
            Parameters filters, Function<Parameters, ObjectPage<T>> read, ToLongFunction<Parameters> count) {
        long wanted = Math.min(size, most - Math.min(start, most));
        Parameters bounds = filters.with("object_index", skipped + Math.min(start, most));
        if (wanted < Long.MAX_VALUE) {
            bounds = bounds.with("max_objects", Math.max(1, wanted));
        }
        ObjectPage<T> page = read.apply(bounds);
        // A count of nothing is left out.
        Long told = page.total() == null && page.objects().isEmpty() && skipped + start == 0
                ? Long.valueOf(0)
                : page.total();
        long total = told == null ? count.applyAsLong(filters) : told;
        return new ObjectPage<>(wanted == 0 ? List.of() : page.objects(), Math.max(0, Math.min(total - skipped, most)));
    }

    /** Cuts the page out of everything. */
    <T> ObjectPage<T> cut(List<T> all) {
        int from = (int) Math.min(start, all.size());
        int to = (int) Math.min(from + Math.min(size, all.size()), all.size());
        return new ObjectPage<>(all.subList(from, to), (long) all.size());
    }
}
