/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cloudstackbackup.emulator.pxbackup.wire.Line;

/**
 * One call of the API.
 *
 * @param pattern of the path, with variables in braces
 * @param from the first line that has it
 * @param until the first line that has it no more
 * @param input the message of the body, or of the query for GET and DELETE; empty for none
 * @param output the message of the answer
 */
record Route(
        String method,
        String pattern,
        Line from,
        Line until,
        String input,
        String output,
        Function<Request, JsonObject> operation) {
    Route {
        requireNonNull(method, "method is null");
        requireNonNull(pattern, "pattern is null");
        requireNonNull(operation, "operation is null");
    }

    boolean isIn(Line line) {
        return line.compareTo(from) >= 0 && line.compareTo(until) < 0;
    }

    boolean takesBody() {
        return !method.equals("GET") && !method.equals("DELETE");
    }

    /** The variables of the path, when it is this one. */
    Optional<Map<String, String>> match(List<String> segments) {
        String[] parts = pattern.substring(1).split("/");
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return Optional.empty();
                }
                variables.put(parts[i].substring(1, parts[i].length() - 1), segments.get(i));
            } else if (!parts[i].equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
