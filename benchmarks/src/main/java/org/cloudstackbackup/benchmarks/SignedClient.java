/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls the API as any client does: sorted, signed with HMAC-SHA1, over kept-alive connections. */
final class SignedClient {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60))
            .build();
    private final URI endpoint;
    private final String apiKey;
    private final SecretKeySpec secretKey;

    SignedClient(URI endpoint, String apiKey, String secretKey) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
        this.secretKey = new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** The answer's body; anything but 200 is an exception. */
    String call(Map<String, String> parameters) throws IOException, InterruptedException {
        HttpResponse<String> response = send(parameters);
        if (response.statusCode() != 200) {
            throw new IOException(parameters + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** The answer, whatever its status. */
    HttpResponse<String> send(Map<String, String> parameters) throws IOException, InterruptedException {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.put("apikey", apiKey);
        all.put("response", "json");
        String query = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint + "?" + query + "&signature=" + encoded(signature(query))))
                .timeout(Duration.ofSeconds(60))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String signature(String query) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(secretKey);
            byte[] digest = mac.doFinal(query.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA1", e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
