/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.framework.identity.ApiKeys;

/** Calls a running API with signed requests, as a user's program does. */
final class SignedClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final ApiKeys keys;

    SignedClient(int port, ApiKeys keys) {
        this.port = port;
        this.keys = keys;
    }

    /** The body of the answer, which must be a good one. */
    String call(String command, Map<String, String> parameters)
            throws IOException, InterruptedException, GeneralSecurityException {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.putAll(Map.of("command", command, "response", "json", "apikey", keys.apiKey()));
        String query = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys.secretKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(query.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
        URI uri = URI.create("http://127.0.0.1:" + port + "/client/api?" + query + "&signature="
                + URLEncoder.encode(signature, StandardCharsets.UTF_8));
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
