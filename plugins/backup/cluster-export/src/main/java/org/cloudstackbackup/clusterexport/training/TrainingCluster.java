/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of an API server as a run without any trouble asks for: a namespace and ConfigMaps on two pages, over TLS. */
final class TrainingCluster implements AutoCloseable {
    /** The file, in the folder, by which it is found. */
    static final String KUBECONFIG = "kubeconfig";

    private static final String PASSWORD = "training";
    private static final int CONFIG_MAPS = 20;
    /** Of the second page; more behind it than are asked for one by one. */
    private static final int GONE = CONFIG_MAPS - 6;

    private static final String DISCOVERED = """
            {"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "items": [{"metadata": {"name": ""},
             "versions": [{"version": "v1", "freshness": "Current", "resources": [
              {"resource": "namespaces", "responseKind": {"group": "", "version": "v1", "kind": "Namespace"},
               "scope": "Cluster", "singularResource": "namespace", "verbs": ["get", "list"]},
              {"resource": "configmaps", "responseKind": {"group": "", "version": "v1", "kind": "ConfigMap"},
               "scope": "Namespaced", "singularResource": "configmap", "verbs": ["get", "list", "watch"]}]}]}]}
            """;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean changed;

    /** Starts it on a free port and writes its kubeconfig. */
    TrainingCluster(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = keys(folder.resolve("keys"));
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        Base64.Encoder base64 = Base64.getEncoder();
        String certificate = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve(KUBECONFIG), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "training",
                 "clusters": [{"name": "training", "cluster": {"server": "https://127.0.0.1:%d",
                   "certificate-authority-data": "%s"}}],
                 "users": [{"name": "training", "user": {"token": "training"}}],
                 "contexts": [{"name": "training", "context": {"cluster": "training", "user": "training"}}]}
                """.formatted(
                server.getAddress().getPort(), base64.encodeToString(certificate.getBytes(StandardCharsets.US_ASCII))));
    }

    /** From now on the last objects are changed, and one is gone. */
    void change() {
        changed = true;
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=training",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String told = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException("keytool ended with " + made.exitValue() + ": " + told);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        boolean brief =
                String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("PartialObjectMetadataList");
        if (path.equals("/api")) {
            send(exchange, 200, DISCOVERED);
        } else if (path.equals("/apis")) {
            send(exchange, 200, "{\"kind\": \"APIGroupDiscoveryList\", \"items\": []}");
        } else if (path.equals("/api/v1/namespaces")) {
            String name = query.contains("kube-system") ? "kube-system" : "training";
            send(exchange, 200, list("NamespaceList", "", metadata(name, "", 1)));
        } else if (path.equals("/api/v1/configmaps") && query.contains("watch=true")) {
            send(exchange, 200, events());
        } else if (path.equals("/api/v1/configmaps")) {
            boolean second = query.contains("continue=");
            send(
                    exchange,
                    200,
                    list(brief ? "PartialObjectMetadataList" : "ConfigMapList", second ? "" : "2", page(second)));
        } else if (path.endsWith("/configmaps")) {
            send(exchange, 200, list("ConfigMapList", "", configMap(CONFIG_MAPS - 1)));
        } else {
            send(exchange, 404, "{\"kind\": \"Status\", \"message\": \"there is no " + path + "\"}");
        }
    }

    private String events() {
        return IntStream.range(0, CONFIG_MAPS)
                .filter(this::isChanged)
                .mapToObj(i -> "{\"type\": \"MODIFIED\", \"object\": {" + configMap(i) + "}}\n")
                .collect(Collectors.joining());
    }

    private String page(boolean second) {
        int half = CONFIG_MAPS / 2;
        return IntStream.range(second ? half : 0, second ? CONFIG_MAPS : half)
                .filter(i -> !changed || i != GONE)
                .mapToObj(this::configMap)
                .collect(Collectors.joining("}, {"));
    }

    private boolean isChanged(int i) {
        return changed && i > GONE;
    }

    private String configMap(int i) {
        int version = isChanged(i) ? i + 200 : i + 100;
        return metadata("map-" + i, "\"namespace\": \"training\", ", version)
                + ", \"data\": {\"text\": \"line\\nline\", \"version\": \"" + version + "\"}";
    }

    private static String metadata(String name, String namespace, int version) {
        return ("\"metadata\": {\"name\": \"%s\", %s\"uid\": \"uid-%s\", \"resourceVersion\": \"%d\","
                        + " \"creationTimestamp\": \"2026-01-01T00:00:00Z\", \"labels\": {\"app\": \"training\"},"
                        + " \"managedFields\": [{\"manager\": \"training\"}]}")
                .formatted(name, namespace, name, version);
    }

    private static String list(String kind, String token, String items) {
        return ("{\"kind\": \"%s\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"300\","
                        + " \"continue\": \"%s\"}, \"items\": [{%s}]}")
                .formatted(kind, token, items);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // In chunks, as an API server sends what is large.
        exchange.sendResponseHeaders(status, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
