/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.config.SettingsReader;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.export.ListCalls.Ask;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that are asked for before they are read. */
@Timeout(60)
class ListCallsTest {
    private static final String PATH = "/api/v1/configmaps";
    private static final Ask FIRST = new Ask(5, "", false);
    private static final Ask SECOND = new Ask(5, "t", true);

    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> names = new ArrayList<>();
    private final List<ErrorClass> told = new ArrayList<>();
    /** What was taken and given back, and the waits between attempts. */
    private final List<String> turns = new ArrayList<>();

    private final RawServer server = new RawServer(this::serve);
    private final ApiServer client = new ApiServer(
            new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.port())
                    .build(),
            Duration.ofSeconds(30));

    ListCallsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** Answers each request when there is an answer for it. */
    private void serve(RawServer.Connection connection) throws IOException {
        try {
            for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
                asked.add(head.substring(0, head.indexOf(" HTTP")));
                connection.write(answers.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    private ListCalls calls(int lists) {
        return calls(lists, 1);
    }

    private ListCalls calls(int lists, int retries) {
        Map<String, String> settings = Map.of(
                "CLUSTER_NAME", "east",
                "MINIO_ENDPOINT", "127.0.0.1:9000",
                "MINIO_BUCKET", "bucket",
                "MINIO_ACCESS_KEY", "k",
                "MINIO_SECRET_KEY", "s",
                "LIST_CONCURRENCY", String.valueOf(lists));
        Retry retry = new Retry(
                retries,
                Duration.ofMillis(1),
                time -> turns.add("waits"),
                (what, attempt, wait, failure) -> told.add(failure.errorClass()));
        return new ListCalls(client, retry, SettingsReader.read(settings, Map.of()), this::turn);
    }

    private QueueRoom.Turn turn() {
        turns.add("begins");
        return () -> turns.add("ends");
    }

    private ItemStream.End read(ListCalls.Pages pages, Ask page) {
        return pages.read(page, new ItemStream(false, false), new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                names.add(JsonTree.text(metadata, "name"));
                return false;
            }

            @Override
            public void accept(ItemStream.Item item) {
                throw new IllegalStateException("No item was wanted");
            }
        });
    }

    private static String page(String name, String token) {
        return answer(
                "200 OK",
                "{\"kind\":\"List\",\"metadata\":{\"continue\":\"" + token + "\"},\"items\":[{\"metadata\":{\"name\":\""
                        + name + "\"}}]}");
    }

    private static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void whatIsAskedForIsReadWhenItsTurnComes() throws Exception {
        try (ListCalls.Pages pages = calls(2).pages(PATH)) {
            pages.ask(FIRST);
            assertThat(asked.take()).isEqualTo("GET /api/v1/configmaps?limit=5");
            assertThat(pages.asked()).contains(FIRST);
            answers.add(page("a", "t"));
            assertThat(read(pages, FIRST).continueToken()).isEqualTo("t");
            pages.ask(SECOND);
            assertThat(asked.take()).isEqualTo("GET /api/v1/configmaps?limit=5&continue=t");
            pages.ask(new Ask(7, "u", true));
            answers.add(page("b", ""));
            assertThat(read(pages, SECOND).continueToken()).isEmpty();
        }
        assertThat(names).containsExactly("a", "b");
        assertThat(client.requests()).isEqualTo(Map.of("list", 2L));
    }

    @Test
    void whatGoesWrongBeforeItsTurnIsNoAttempt() throws Exception {
        try (ListCalls.Pages pages = calls(2, 0).pages(PATH)) {
            answers.add(answer("503 Busy", "{}"));
            pages.ask(FIRST);
            asked.take();
            answers.add(page("a", "t"));
            read(pages, FIRST);
            answers.add(answer("200 OK", "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"cut\"}},"));
            answers.add(page("b", ""));
            pages.ask(SECOND);
            read(pages, SECOND);
        }
        assertThat(names).containsExactly("a", "cut", "b");
        assertThat(told).containsExactly(ErrorClass.SERVER, ErrorClass.CONNECTION);
        assertThat(client.requests()).isEqualTo(Map.of("list", 4L));
    }

    @Test
    void aRefusalIsOne() {
        try (ListCalls.Pages pages = calls(2, 0).pages(PATH)) {
            for (String refusal : List.of("403 No", "410 Gone", "429 Less")) {
                answers.add(answer(refusal, "{}"));
                pages.ask(FIRST);
                assertThatThrownBy(() -> read(pages, FIRST)).isInstanceOf(CallFailed.class);
            }
        }
        assertThat(client.requests()).isEqualTo(Map.of("list", 3L));
    }

    @Test
    void objectsAreReadWhenTheyMayComeAndMetadataAtOnce() {
        try (ListCalls.Pages pages = calls(2).pages(PATH)) {
            answers.add(answer("503 Busy", "{}"));
            answers.add(page("a", "t"));
            read(pages, FIRST);
            assertThat(turns).containsExactly("begins", "ends", "waits", "begins", "ends");
            answers.add(page("b", ""));
            read(pages, SECOND);
            assertThat(turns).hasSize(5);
        }
        assertThat(names).containsExactly("a", "b");
    }

    @Test
    void anotherPageThanTheOneThatWasAskedForIsAskedForAnew() throws Exception {
        try (ListCalls.Pages pages = calls(2).pages(PATH)) {
            pages.ask(SECOND);
            asked.take();
            answers.add(page("b", ""));
            answers.add(page("a", ""));
            read(pages, FIRST);
            assertThat(pages.asked()).isEmpty();
        }
        assertThat(asked).containsExactly("GET /api/v1/configmaps?limit=5");
        assertThat(names).hasSize(1);
    }

    @Test
    void whatIsGivenUpHoldsUpNobody() throws Exception {
        ListCalls calls = calls(1);
        try (ListCalls.Pages pages = calls.pages(PATH)) {
            pages.ask(FIRST);
            asked.take();
        }
        // Its connection is closed, whether it is answered or not.
        answers.add(page("nobody", ""));
        closed.await();
        try (ListCalls.Pages pages = calls.pages(PATH)) {
            answers.add(page("a", ""));
            read(pages, FIRST);
        }
        assertThat(names).containsExactly("a");
    }

    @Test
    void nothingIsAskedForWhileAsManyListsGoOnAsMay() throws Exception {
        ListCalls calls = calls(1);
        try (ListCalls.Pages first = calls.pages(PATH);
                ListCalls.Pages second = calls.pages(PATH)) {
            first.ask(FIRST);
            asked.take();
            second.ask(FIRST);
            assertThat(second.asked()).isEmpty();
            answers.add(page("a", ""));
            read(first, FIRST);
            answers.add(page("b", ""));
            read(second, FIRST);
        }
        assertThat(names).containsExactly("a", "b");
    }

    @Test
    void whoIsStoppedBeforeItsPageIsReadClosesIt() throws Exception {
        ListCalls calls = calls(1);
        try (ListCalls.Pages taken = calls.pages(PATH);
                ListCalls.Pages other = calls.pages(PATH)) {
            answers.add(page("a", ""));
            taken.ask(FIRST);
            asked.take();
            // It is answered, and so leaves its place to another, which is not.
            while (other.asked().isEmpty()) {
                other.ask(FIRST);
            }
            asked.take();
            Thread reader = new Thread(() -> {
                try {
                    read(taken, FIRST);
                } catch (Stopped e) {
                    names.add("stopped");
                }
            });
            reader.start();
            while (reader.getState() != Thread.State.WAITING || taken.asked().isPresent()) {
                Thread.sleep(5);
            }
            reader.interrupt();
            reader.join();
            assertThat(closed.await(30, TimeUnit.SECONDS)).as("the connection").isTrue();
        }
        assertThat(names).containsExactly("stopped");
    }

    @Test
    void whoWaitsForAPageThatWasAskedForCanBeStopped() throws Exception {
        try (ListCalls.Pages pages = calls(2).pages(PATH)) {
            pages.ask(FIRST);
            asked.take();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> read(pages, FIRST)).isInstanceOf(Stopped.class);
            assertThat(Thread.interrupted()).as("told on").isTrue();
        }
        answers.add(page("nobody", ""));
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
