/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions of a listing, joined with AND, with what they bind. Not safe for use by many threads. */
final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> bindings = new HashMap<>();

    /** A condition that binds nothing. */
    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    Conditions and(OwnerScopeSql owned) {
        bindings.putAll(owned.bindings());
        return and(owned.condition());
    }

    /** A condition with one named parameter; left out when the value is null. */
    Conditions andIf(@Nullable Object value, String condition, String name) {
        if (value != null) {
            bindings.put(name, value);
            conditions.add(condition);
        }
        return this;
    }

    /** {@code  WHERE} with all conditions; there is at least one. */
    String where() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    Map<String, Object> bindings() {
        return bindings;
    }
}
