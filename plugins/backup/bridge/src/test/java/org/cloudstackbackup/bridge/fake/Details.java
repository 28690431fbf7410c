/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Details of the rows of one table. */
public class Details<R> extends Table<R> {
    private final Map<Long, Map<String, String>> values = new TreeMap<>();
    private final Maker<R> maker;

    /** What happens before a detail is written. */
    public Runnable beforeAdding = () -> {};

    /** Makes an entity. */
    public interface Maker<R> {
        R make(long resourceId, String name, String value, boolean display);
    }

    public Details(Maker<R> maker) {
        this.maker = maker;
    }

    public synchronized void addDetail(long resourceId, String name, String value, boolean display) {
        beforeAdding.run();
        values.computeIfAbsent(resourceId, id -> new TreeMap<>()).put(name, value);
    }

    public synchronized void removeDetail(long resourceId, String name) {
        values.getOrDefault(resourceId, new TreeMap<>()).remove(name);
    }

    public synchronized @Nullable R findDetail(long resourceId, String name) {
        String value = values.getOrDefault(resourceId, Map.of()).get(name);
        return value == null ? null : maker.make(resourceId, name, value, true);
    }

    public synchronized List<R> findDetails(String name, @Nullable String value, @Nullable Boolean display) {
        List<R> found = new ArrayList<>();
        values.forEach((resourceId, details) -> {
            String present = details.get(name);
            if (present != null && (value == null || value.equals(present))) {
                found.add(maker.make(resourceId, name, present, true));
            }
        });
        return found;
    }

    public synchronized Map<String, String> listDetailsKeyPairs(long resourceId) {
        return new TreeMap<>(values.getOrDefault(resourceId, Map.of()));
    }

    synchronized void replace(long resourceId, Map<String, String> details) {
        values.put(resourceId, new TreeMap<>(details));
    }
}
