/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request.
 *
 * @param path as sent, not decoded
 * @param query as sent, without the question mark; empty when there is none
 * @param headers by lower-case name
 */
public record Call(String method, String path, String query, Map<String, String> headers, String body) {
    public Call {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
        headers = Map.copyOf(headers);
        requireNonNull(body, "body is null");
    }

    /** The header's value, or the empty text. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The decoded query parameters, in their order. */
    public List<Map.Entry<String, String>> parameters() {
        return form(query);
    }

    /** Reads {@code a=b&c=d}. */
    public static List<Map.Entry<String, String>> form(String text) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(Map.entry(decode(key), decode(value)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign stands for itself
        }
    }

    /** The same request with another method. */
    public Call withMethod(String changed) {
        return new Call(changed, path, query, headers, body);
    }

    /** The same request whose body is read as its query. */
    public Call withFormAsQuery() {
        String joined = query.isEmpty() ? body : query + "&" + body;
        return new Call(method, path, joined, headers, "");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
