/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server that {@code with-kube-apiserver} started, as one user. Safe for use by many threads. */
final class KubeHttp {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI url;
    private final Path ca;
    private final String token;

    private KubeHttp(HttpClient http, URI url, Path ca, String token) {
        this.http = http;
        this.url = url;
        this.ca = ca;
        this.token = token;
    }

    /** As the administrator. */
    static KubeHttp fromEnvironment() throws IOException, GeneralSecurityException {
        Path ca = Path.of(variable("KUBE_APISERVER_CA"));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(ca))
                .build();
        return new KubeHttp(http, URI.create(variable("KUBE_APISERVER_URL")), ca, variable("KUBE_APISERVER_TOKEN"));
    }

    static String variable(String name) {
        return requireNonNull(System.getenv(name), name + " is not set; benchmarks/run sets it");
    }

    static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The same server as another user. */
    KubeHttp as(String otherToken) {
        return new KubeHttp(http, url, ca, otherToken);
    }

    /** What this user shows. */
    String token() {
        return token;
    }

    /** The text of a kubeconfig for this user; JSON is YAML too. */
    String kubeconfig() {
        return """
                {"apiVersion": "v1", "kind": "Config", "current-context": "bench",
                 "clusters": [{"name": "bench", "cluster": {"server": "%s", "certificate-authority": "%s"}}],
                 "users": [{"name": "bench", "user": {"token": "%s"}}],
                 "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "bench"}}]}
                """.formatted(url, ca, token);
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** The answer, which has to be a success. */
    String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = request(
                        path, method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered with " + answer.statusCode() + ": "
                    + answer.body().substring(0, Math.min(500, answer.body().length())));
        }
        return answer.body();
    }

    /** Reads an answer to its end and keeps nothing but its beginning. */
    Drained drain(String path, byte[] buffer) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(request(path, "application/json").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("GET " + path + " was answered with " + answer.statusCode());
            }
            byte[] start = in.readNBytes(4096);
            long bytes = start.length;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
            return new Drained(new String(start, StandardCharsets.UTF_8), bytes);
        }
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType);
    }

    /** The first bytes of an answer and its length. */
    record Drained(String start, long bytes) {}
}
