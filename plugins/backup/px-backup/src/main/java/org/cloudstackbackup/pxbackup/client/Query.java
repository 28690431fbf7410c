/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message as the query of a GET or DELETE. */
final class Query {
    private final List<String> pairs = new ArrayList<>();

    private Query() {}

    /** The query with its question mark, or nothing for an empty message. */
    static String of(JsonNode message) {
        Query query = new Query();
        query.add("", message, false);
        return query.pairs.isEmpty() ? "" : "?" + String.join("&", query.pairs);
    }

    private void add(String name, JsonNode value, boolean map) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                String below = map
                        ? name + "[" + each.getKey() + "]"
                        : name.isEmpty() ? each.getKey() : name + "." + each.getKey();
                // The only map among what GET and DELETE take.
                add(below, each.getValue(), each.getKey().equals("labels"));
            }
        } else if (value.isArray()) {
            value.forEach(each -> add(name, each, false));
        } else if (!value.asText().isEmpty()) {
            pairs.add(Call.encode(name) + "=" + Call.encode(value.asText()));
        }
    }

    /** True for what no query can express: objects in a list. */
    static boolean cannot(JsonNode message) {
        for (JsonNode each : message) {
            if ((message.isArray() && each.isObject()) || cannot(each)) {
                return true;
            }
        }
        return false;
    }
}
