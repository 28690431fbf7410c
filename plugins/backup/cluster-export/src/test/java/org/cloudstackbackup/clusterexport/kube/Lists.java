/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** Lists of a server that a test makes up, and what a client makes of them. */
final class Lists {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String PATH = "/api/v1/configmaps";

    private Lists() {}

    /** A page of so many objects, each of some kilobytes. */
    static String page(int items, String token) {
        StringBuilder page =
                new StringBuilder("{\"kind\":\"List\",\"metadata\":{\"continue\":\"" + token + "\"},\"items\":[");
        for (int i = 0; i < items; i++) {
            page.append(i == 0 ? "" : ",")
                    .append("{\"metadata\":{\"name\":\"c" + i + "\"},\"data\":{\"text\":\"")
                    .append("x".repeat(5000 + i))
                    .append("\"}}");
        }
        return page.append("]}\n").toString();
    }

    static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    static String refusal(int status, String message, String headers) {
        String body = "{\"kind\":\"Status\",\"message\":\"" + message + "\"}";
        return "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The body in chunks of the given sizes, again and again. */
    static String chunked(String body, int... sizes) {
        StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        int at = 0;
        for (int i = 0; at < body.length(); i++) {
            int size = Math.min(sizes[i % sizes.length], body.length() - at);
            text.append(Integer.toHexString(size))
                    .append(i % 3 == 0 ? ";of=test\r\n" : "\r\n")
                    .append(body, at, at + size)
                    .append("\r\n");
            at += size;
        }
        return text.append("0\r\nTrailer: x\r\n\r\n").toString();
    }

    /** The names in the page that the server answers with. */
    static List<String> names(ApiServer server) {
        List<String> names = new ArrayList<>();
        server.list(PATH, Map.of("limit", "500"), new ItemStream(false, false), sink(names, () -> {}));
        return names;
    }

    static ItemStream.Sink sink(List<String> names, Runnable each) {
        return new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                names.add(JsonTree.text(metadata, "name"));
                each.run();
                return false;
            }

            @Override
            public void accept(ItemStream.Item item) {
                throw new IllegalStateException("No item was wanted");
            }
        };
    }
}
