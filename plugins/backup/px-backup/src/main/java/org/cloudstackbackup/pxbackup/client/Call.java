/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path encoded, with its query
 * @param body null for none
 */
record Call(String method, String path, @Nullable JsonNode body, Repeat repeat) {
    Call {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(repeat, "repeat is null");
    }

    static Call get(String path) {
        return new Call("GET", path, null, Repeat.READ);
    }

    /** A POST that only reads. */
    static Call ask(String path, JsonNode body) {
        return new Call("POST", path, body, Repeat.READ);
    }

    static Call put(String path, JsonNode body) {
        return new Call("PUT", path, body, Repeat.CHANGE);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, null, Repeat.CHANGE);
    }

    /** A call that makes a new object each time it is done. */
    static Call create(String method, String path, JsonNode body) {
        return new Call(method, path, body, Repeat.NEVER);
    }

    /** The method and the path without the query, for messages. */
    String told() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    /** One segment of a path or one part of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** When the same request may be sent again. */
    enum Repeat {
        /** Changes nothing. */
        READ,
        /** Done twice is done once. */
        CHANGE,
        /** Each time makes another object. */
        NEVER
    }
}
