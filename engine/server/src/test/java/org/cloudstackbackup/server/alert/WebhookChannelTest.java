/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class WebhookChannelTest {
    private static final Delivery RAISED = TestDeliveries.of(News.RAISED, "alert.webhook.url", "Backup of web failed");

    private final TestSettings settings = new TestSettings();
    private final WebhookChannel channel = new WebhookChannel(settings, new SettableClock(TestDeliveries.AT));
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile int status = 204;
    private volatile boolean silent;
    private volatile boolean endless;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            if (silent) {
                hold();
            }
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, endless ? 0 : -1);
            if (endless) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                hold();
            }
            exchange.close();
        });
        server.start();
        settings.with(
                AlertSettings.WEBHOOK_URL,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path?a=b");
    }

    @AfterEach
    void stop() throws InterruptedException {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAlertIsPostedAsDocumented() {
        channel.send(RAISED);
        Request request = requests.remove();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/secret-path?a=b");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo(RAISED.uuid());
        assertThat(request.headers()).doesNotContainKeys(WebhookChannel.SIGNATURE, WebhookChannel.TIMESTAMP);
        assertThat(JsonParser.parseString(request.body())).isEqualTo(JsonParser.parseString("""
                        {"id": "0b7c3f0e-5f2c-4c1b-9f53-3a2f6f0d1c11", "event": "raised", "time": "2026-01-02T03:04:05Z",
                         "alert": {"id": "alert-1", "type": 1001, "name": "ALERT.BACKUP.FAILED", "cause": "vm:vm-1",
                                   "subject": "Backup of web failed",
                                   "description": "The disk of \\"web\\" is full; größer wäre besser",
                                   "zoneid": "zone-1", "zonename": "Zürich"}}"""));
        channel.send(TestDeliveries.of(News.RESOLVED, "alert.webhook.url", "x"));
        assertThat(requests.remove().body()).contains("\"event\":\"resolved\"");
    }

    @Test
    void aSecretSignsTimeAndBody() throws Exception {
        settings.with(AlertSettings.WEBHOOK_SECRET, "hünter2");
        channel.send(RAISED);
        Request request = requests.remove();
        String timestamp = request.headers().getFirst(WebhookChannel.TIMESTAMP);
        assertThat(timestamp).isEqualTo(String.valueOf(TestDeliveries.AT.getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("hünter2".getBytes(UTF_8), "HmacSHA256"));
        assertThat(request.headers().getFirst(WebhookChannel.SIGNATURE))
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + request.body()).getBytes(UTF_8))));
        assertThat(request.body()).doesNotContain("hünter2");
    }

    @Test
    void withoutAUrlThereIsNoReceiver() {
        assertThat(channel.targets()).hasSize(1);
        settings.with(AlertSettings.WEBHOOK_URL, "");
        assertThat(channel.targets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void whatMayPassIsTriedAgain(int answer) {
        status = answer;
        refused(ErrorKind.UNAVAILABLE, "answered " + answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 308, 400, 401, 404, 410})
    void whatDoesNotPassIsGivenUpAndNoRedirectIsFollowed(int answer) {
        status = answer;
        refused(ErrorKind.EXTERNAL, "answered " + answer);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatIsSilentIsNotWaitedForLongerThanTheSettingSays() {
        settings.with(AlertSettings.WEBHOOK_TIMEOUT, 1);
        silent = true;
        long begin = System.nanoTime();
        refused(ErrorKind.UNAVAILABLE, "");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void anAnswerThatDoesNotEndIsNotWaitedForEither() {
        settings.with(AlertSettings.WEBHOOK_TIMEOUT, 1);
        status = 200;
        endless = true;
        refused(ErrorKind.UNAVAILABLE, "did not answer within 1 s");
    }

    @Test
    void aPortWhereNobodyListensIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        settings.with(AlertSettings.WEBHOOK_URL, "http://127.0.0.1:" + port + "/secret-path");
        refused(ErrorKind.UNAVAILABLE, "could not be reached");
    }

    private void refused(ErrorKind kind, String text) {
        assertThatThrownBy(() -> channel.send(RAISED)).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.text()).contains("Webhook http://127.0.0.1:").contains(text);
            assertThat(e.text()).as("paths of webhooks are often secret").doesNotContain("secret-path");
        });
    }

    private void hold() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private record Request(String method, String path, Headers headers, String body) {}
}
