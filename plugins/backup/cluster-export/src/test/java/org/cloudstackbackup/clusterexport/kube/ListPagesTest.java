/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cloudstackbackup.clusterexport.kube.Lists.PATIENCE;
import static org.cloudstackbackup.clusterexport.kube.Lists.answer;
import static org.cloudstackbackup.clusterexport.kube.Lists.chunked;
import static org.cloudstackbackup.clusterexport.kube.Lists.names;
import static org.cloudstackbackup.clusterexport.kube.Lists.page;
import static org.cloudstackbackup.clusterexport.kube.Lists.refusal;
import static org.cloudstackbackup.clusterexport.kube.Lists.sink;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.Test;

/** Pages of lists on connections that misbehave. */
class ListPagesTest {
    private static final Duration SHORT = Duration.ofMillis(1500);

    private static ApiServer client(RawServer server, Duration timeout) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.port())
                .build();
        return new ApiServer(config, timeout);
    }

    /** Answers all requests of all connections alike. */
    private static RawServer answering(String answer) throws IOException {
        return new RawServer(connection -> {
            while (connection.readRequest()) {
                connection.write(answer);
            }
        });
    }

    private static CallFailed failure(RawServer server, Duration timeout) {
        try (ApiServer client = client(server, timeout)) {
            return catchThrowableOfType(CallFailed.class, () -> names(client));
        }
    }

    /** Waits until the client has gone. */
    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void pagesInAnyFramesAreReadOverOneConnection() throws Exception {
        String page = page(40, "next");
        List<String> answers = List.of(
                answer(page),
                chunked(page, 1, 2, 3, 5, 8, 13),
                chunked(page, 4095, 4096, 4097, 8191, 1),
                chunked(page, 1 << 20),
                "HTTP/1.1 100 Continue\r\n\r\n" + answer(page));
        int[] asked = {0};
        try (RawServer server = new RawServer(connection -> {
                    while (connection.readRequest()) {
                        connection.write(answers.get(asked[0]++));
                    }
                });
                ApiServer client = client(server, PATIENCE)) {
            for (int i = 0; i < answers.size(); i++) {
                assertThat(names(client)).hasSize(40).startsWith("c0", "c1").endsWith("c39");
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(client.requests()).isEqualTo(Map.of("list", (long) answers.size()));
            assertThat(server.heads())
                    .allMatch(head -> head.startsWith("GET /api/v1/configmaps?limit=500 HTTP/1.1\r\n"));
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionIsRead() throws Exception {
        String page = page(5, "");
        try (RawServer server = new RawServer(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.0 200 OK\r\n\r\n" + page);
                });
                ApiServer client = client(server, PATIENCE)) {
            assertThat(names(client)).hasSize(5);
            assertThat(names(client)).hasSize(5);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheServerClosedBetweenPagesIsNoFailure() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    connection.readRequest();
                    connection.write(answer(page(3, "")));
                });
                ApiServer client = client(server, PATIENCE)) {
            for (int i = 0; i < 4; i++) {
                assertThat(names(client)).hasSize(3);
            }
            assertThat(server.connections()).isEqualTo(4);
            assertThat(client.requests().get("list")).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aPageThatIsCutIsAFailureThatIsTriedAgain() throws Exception {
        String page = page(30, "");
        String whole = chunked(page, 3000);
        for (String cut : List.of(
                answer(page).substring(0, 90_000),
                whole.substring(0, 90_000),
                // All of the list, but not the end of the chunks.
                whole.substring(0, whole.lastIndexOf("\r\n0\r\n")),
                whole.replace("\r\nbb8\r\n", "\r\nbba\r\n"),
                whole.replace("\r\nbb8\r\n", "\r\nxyz\r\n"))) {
            try (RawServer server = new RawServer(connection -> {
                connection.readRequest();
                connection.write(cut);
            })) {
                CallFailed failure = failure(server, PATIENCE);
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
                assertThat(failure)
                        .hasMessageStartingWith("The answer to LIST /api/v1/configmaps was cut or is no list: ");
                assertThat(server.heads()).hasSize(1);
            }
        }
    }

    @Test
    void anAnswerWithoutAHeadIsAFailureThatIsTriedAgain() throws Exception {
        for (String answer : List.of("", "HTTP/1.1 200 OK\r\nContent-", "hello\r\n")) {
            try (RawServer server = new RawServer(connection -> {
                connection.readRequest();
                connection.write(answer);
            })) {
                CallFailed failure = failure(server, PATIENCE);
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
                assertThat(failure)
                        .hasMessageStartingWith(
                                "GET /api/v1/configmaps at http://127.0.0.1:" + server.port() + " failed: ");
            }
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            await(end);
        })) {
            CallFailed failure = failure(server, SHORT);
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            assertThat(failure).hasMessageEndingWith(" got no answer within 1500 ms");
            end.countDown();
        }
    }

    @Test
    void aServerThatStopsInAPageIsGivenUpInTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write(answer(page(30, "")).substring(0, 50_000));
            await(end);
        })) {
            CallFailed failure = failure(server, SHORT);
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            assertThat(failure).hasMessageEndingWith("nothing more came within 1500 ms");
            end.countDown();
        }
    }

    @Test
    void aReaderMayTakeLongerThanAnyRequest() throws Exception {
        try (RawServer server = answering(chunked(page(60, ""), 7000));
                ApiServer client = client(server, SHORT)) {
            List<String> names = new ArrayList<>();
            CountDownLatch never = new CountDownLatch(1);
            ItemStream.Sink slow = sink(names, () -> {
                // As when the store is slow; longer than a read may take, and some looks of the clock.
                if (names.size() == 3) {
                    try {
                        assertThat(never.await(2 * SHORT.toMillis(), TimeUnit.MILLISECONDS))
                                .isFalse();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            client.list(Lists.PATH, Map.of(), new ItemStream(false, false), slow);
            assertThat(names).hasSize(60);
        }
    }

    @Test
    void refusalsAreUnderstoodAndCostNoConnection() throws Exception {
        String[] answers = {
            refusal(429, "too many requests", "Retry-After: 7\r\n"),
            refusal(410, "the token is too old", ""),
            refusal(403, "forbidden", ""),
            "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nno et\r\n2\r\ncd\r\n0\r\n\r\n",
        };
        int[] asked = {0};
        List<CallFailed> failures = new ArrayList<>();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.readRequest()) {
                        connection.write(answers[asked[0]++]);
                    }
                });
                ApiServer client = client(server, PATIENCE)) {
            for (int i = 0; i < answers.length; i++) {
                failures.add(catchThrowableOfType(CallFailed.class, () -> names(client)));
            }
            String what = "GET /api/v1/configmaps at http://127.0.0.1:" + server.port() + " was answered ";
            assertThat(failures)
                    .extracting(CallFailed::getMessage)
                    .containsExactly(
                            what + "429: too many requests",
                            what + "410: the token is too old",
                            what + "403: forbidden",
                            what + "503: no etcd");
            assertThat(server.connections()).isEqualTo(1);
        }
        assertThat(failures)
                .extracting(CallFailed::errorClass)
                .containsExactly(ErrorClass.THROTTLED, ErrorClass.EXPIRED, ErrorClass.FORBIDDEN, ErrorClass.SERVER);
        assertThat(failures.get(0).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aPageThatIsNotReadToItsEndCostsItsConnection() throws Exception {
        try (RawServer server = answering(answer(page(40, "")));
                ApiServer client = client(server, PATIENCE)) {
            List<String> names = new ArrayList<>();
            ItemStream.Sink ends = sink(names, () -> {
                if (names.size() == 2) {
                    throw new IllegalStateException("enough");
                }
            });
            assertThatThrownBy(() -> client.list(Lists.PATH, Map.of(), new ItemStream(false, false), ends))
                    .hasMessage("enough");
            assertThat(names(client)).hasSize(40);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anInterruptEndsWhatIsWaitedFor() throws Exception {
        for (String begun : List.of("", answer(page(30, "")).substring(0, 50_000))) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            try (RawServer server = new RawServer(connection -> {
                        connection.readRequest();
                        connection.write(begun);
                        asked.countDown();
                        await(end);
                    });
                    ApiServer client = client(server, PATIENCE)) {
                Thread reader =
                        new Thread(() -> failure.complete(catchThrowableOfType(Stopped.class, () -> names(client))));
                reader.start();
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
                reader.interrupt();
                assertThat(failure.get(PATIENCE.toSeconds() / 3, TimeUnit.SECONDS))
                        .hasMessageContaining("Stopped while waiting for");
                end.countDown();
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        RawServer server = answering("");
        server.close();
        CallFailed failure = failure(server, PATIENCE);
        assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
        assertThat(failure).hasMessageContaining("failed: connection refused or not possible");
    }
}
