/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.observe;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Hands metrics to a Pushgateway, for jobs that end before anyone could scrape them. */
public final class Pushgateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI target;
    private final String authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Replaces the metrics of the group {@code job=cluster-backup}, {@code instance=<cluster>} at a gateway, whose URL may hold {@code user:password@}. */
    public Pushgateway(String url, String cluster) {
        URI given = URI.create(requireNonNull(url, "url is null").replaceFirst("/+$", ""));
        // The client does not send what stands before the @, and messages must not show it.
        String user = given.getUserInfo();
        authorization = user == null
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String base = user == null ? given.toString() : given.toString().replace(given.getRawUserInfo() + "@", "");
        target = URI.create(
                base + "/metrics/job/cluster-backup/instance/" + URLEncoder.encode(cluster, StandardCharsets.UTF_8));
    }

    /**
     * Sends the text.
     *
     * @throws IOException when the gateway does not take it
     */
    public void push(String exposition) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "text/plain; version=0.0.4")
                .PUT(HttpRequest.BodyPublishers.ofString(exposition));
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("PUT " + target + " was answered " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while pushing to " + target, e);
        }
    }
}
