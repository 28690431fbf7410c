/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is given: values by the names of PX-Backup's documents, such as {@code backup_location_ref}.
 *
 * <p>A value is a text, a number, a flag, a list, a map, an {@link ObjectRef}, a {@link ResourceInfo} or another of this package's
 * records. Nothing is checked here: the operation checks all of it before it sends anything. Immutable.
 */
public final class Parameters {
    private static final Parameters NONE = new Parameters(Map.of());

    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    public static Parameters none() {
        return NONE;
    }

    /** What selects one object; the uid may be empty where the server's line allows it. */
    public static Parameters of(String name, String uid) {
        return none().with("name", name).with("uid", uid);
    }

    /** All of a map; entries without a value are left out. */
    public static Parameters of(Map<String, ?> values) {
        Parameters all = none();
        for (Map.Entry<String, ?> each : values.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }

    /** With one more; null leaves it out. */
    public Parameters with(String name, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(requireNonNull(name, "name is null"));
        } else {
            changed.put(requireNonNull(name, "name is null"), value);
        }
        return new Parameters(changed);
    }

    /** These alone, as far as they are given. */
    public Parameters only(String... names) {
        Parameters some = none();
        for (String each : names) {
            some = some.with(each, values.get(each));
        }
        return some;
    }

    Map<String, Object> values() {
        return values;
    }

    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
