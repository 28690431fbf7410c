/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The least that reading a cluster costs: every type, page after page, all data discarded. */
final class ListBound {
    private static final int PAGE = 500;
    private static final Pattern CONTINUE = Pattern.compile("\"continue\":\"([^\"]+)\"");

    private final KubeHttp kube;
    private final List<String> paths;

    private ListBound(KubeHttp kube, List<String> paths) {
        this.kube = kube;
        this.paths = paths;
    }

    /** Of all types that can be listed, but for some plurals. */
    static ListBound of(KubeHttp kube, Set<String> without) throws IOException, InterruptedException {
        List<String> bases = new ArrayList<>(List.of("/api/v1"));
        for (JsonElement group : array(kube.get("/apis"), "groups")) {
            JsonObject preferred = group.getAsJsonObject().getAsJsonObject("preferredVersion");
            bases.add("/apis/" + preferred.get("groupVersion").getAsString());
        }
        List<String> paths = new ArrayList<>();
        for (String base : bases) {
            for (JsonElement each : array(kube.get(base), "resources")) {
                JsonObject type = each.getAsJsonObject();
                String name = type.get("name").getAsString();
                boolean listed = type.getAsJsonArray("verbs").toString().contains("\"list\"");
                if (listed && !name.contains("/") && !without.contains(name)) {
                    paths.add(base + "/" + name);
                }
            }
        }
        return new ListBound(kube, List.copyOf(paths));
    }

    /** Once through everything. */
    Result run() throws IOException, InterruptedException {
        byte[] buffer = new byte[1 << 16];
        long begin = System.nanoTime();
        int pages = 0;
        long bytes = 0;
        for (String path : paths) {
            String token = "";
            do {
                String query = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
                KubeHttp.Drained page = kube.drain(path + "?limit=" + PAGE + query, buffer);
                Matcher matcher = CONTINUE.matcher(page.start());
                token = matcher.find() ? matcher.group(1) : "";
                pages++;
                bytes += page.bytes();
            } while (!token.isEmpty());
        }
        return new Result((System.nanoTime() - begin) / 1e9, pages, bytes);
    }

    private static JsonArray array(String json, String name) {
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray(name);
    }

    record Result(double seconds, int pages, long bytes) {}
}
