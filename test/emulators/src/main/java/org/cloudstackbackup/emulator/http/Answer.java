/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Map;

/** One answer. */
public record Answer(int status, String contentType, Map<String, String> headers, String body) {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    public Answer {
        requireNonNull(contentType, "contentType is null");
        headers = Map.copyOf(headers);
        requireNonNull(body, "body is null");
    }

    public static Answer json(int status, JsonObject body) {
        return new Answer(status, "application/json", Map.of(), GSON.toJson(body));
    }

    public static Answer text(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", Map.of(), body);
    }

    public static Answer html(int status, String title) {
        String page = """
                <html>
                <head><title>%1$d %2$s</title></head>
                <body>
                <center><h1>%1$d %2$s</h1></center>
                <hr><center>nginx</center>
                </body>
                </html>
                """;
        return new Answer(status, "text/html", Map.of(), page.formatted(status, title));
    }

    Answer withBody(String changed) {
        return new Answer(status, contentType, headers, changed);
    }

    Answer withHeaders(Map<String, String> changed) {
        return new Answer(status, contentType, changed, body);
    }
}
