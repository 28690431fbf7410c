/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class UiFolderTest {
    private static final String SECRET = "not for the browser";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningApi api;
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        Path ui = Files.createDirectories(folder.resolve("ui"));
        Files.writeString(ui.resolve("index.html"), "<html>the UI</html>");
        Files.writeString(ui.resolve("config.json"), "{\"apiBase\":\"/client/api\"}");
        Files.writeString(Files.createDirectories(ui.resolve("js")).resolve("app.1a2b3c4d.js"), "let a");
        Files.createDirectories(ui.resolve("api-docs"));
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createSymbolicLink(ui.resolve("leak.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(ui.resolve("up"), folder);
        api = new RunningApi();
        server = new ApiServer(
                RunningApi.config(0),
                api.ports,
                api.dispatcher,
                Map.of("/healthz", () -> new PlainAnswer(200, "text/plain", "fine")),
                (command, status, took) -> {},
                ui);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        api.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }

    @Test
    void theUiIsServedBesideTheApi() throws Exception {
        HttpResponse<String> page = get("/client/");
        assertThat(page.body()).isEqualTo("<html>the UI</html>");
        assertThat(header(page, "content-type")).startsWith("text/html");
        assertThat(header(page, "content-security-policy"))
                .as("the UI's own scripts run")
                .doesNotContain("default-src")
                .contains("frame-ancestors 'self'");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(get("/client/config.json"), "content-type")).contains("json");
        assertThat(get("/healthz").body()).isEqualTo("fine");
        for (String path : List.of("/client/api", "/client/api/")) {
            HttpResponse<String> answer = get(path + "?command=listThings&response=json");
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).contains("listthingsresponse");
            assertThat(header(answer, "content-security-policy")).contains("default-src 'none'");
        }
    }

    @Test
    void whoComesWithoutThePathIsSentToIt() throws Exception {
        for (String path : List.of("/", "/client")) {
            HttpResponse<String> reply = get(path);
            assertThat(reply.statusCode()).as(path).isBetween(301, 302);
            assertThat(header(reply, "location")).as(path).endsWith("/client/");
        }
    }

    @Test
    void browsersKeepWhatNeverChangesAndAskForTheRest() throws Exception {
        assertThat(header(get("/client/js/app.1a2b3c4d.js"), "cache-control")).contains("max-age=31536000");
        HttpResponse<String> page = get("/client/index.html");
        assertThat(header(page, "cache-control")).isEqualTo("no-cache");
        String tag = header(page, "etag");
        assertThat(tag).isNotEmpty();
        assertThat(get("/client/index.html", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/client/../secret.txt",
                "/client/%2e%2e/secret.txt",
                "/client/..%2fsecret.txt",
                "/client/js/../../secret.txt",
                "/client/js/%2e%2e/%2e%2e/secret.txt",
                "/client/..;/secret.txt",
                "/client/%5c..%5csecret.txt",
                "/client//../secret.txt",
                "/client/leak.txt",
                "/client/up/secret.txt",
                "/secret.txt",
            })
    void nothingOutsideOfTheFolderIsReachable(String path) throws Exception {
        String reply = raw(path);
        assertThat(reply).doesNotContain(SECRET);
        assertThat(reply).as(path).containsPattern("^HTTP/1.1 4\\d\\d ");
    }

    /** Sent as it is, since a client would tidy the path up. */
    private String raw(String path) throws IOException {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void foldersAreNotListedAndNothingIsWritten() throws Exception {
        assertThat(get("/client/js/").body()).doesNotContain("app.1a2b3c4d.js");
        assertThat(get("/client/js/").statusCode()).isBetween(400, 499);
        assertThat(get("/client/nothing.html").statusCode()).isEqualTo(404);
        HttpResponse<String> put = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/client/new.html"))
                        .PUT(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(put.statusCode()).isBetween(400, 499);
        assertThat(folder.resolve("ui/new.html")).doesNotExist();
    }
}
