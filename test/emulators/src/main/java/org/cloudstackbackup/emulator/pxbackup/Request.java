/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.Map;

/**
 * One call that was let in and understood.
 *
 * @param path the parts of the path that are variable
 * @param body the message, from the body or the query
 */
record Request(User user, Map<String, String> path, JsonObject body) {
    Request {
        requireNonNull(user, "user is null");
        path = Map.copyOf(path);
        requireNonNull(body, "body is null");
    }

    /** From the path, or else from the message. */
    String org() {
        return value("org_id");
    }

    String name() {
        return value("name");
    }

    /** From the path in older lines, or else from the query or the message. */
    String uid() {
        return value("uid");
    }

    private String value(String name) {
        String found = path.get(name);
        return found == null ? Tree.text(body, name) : found;
    }
}
