/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.Test;

/** PUTs of small objects on connections that misbehave. */
class QuickPutsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Duration> waits = new ArrayList<>();
    private final List<CallFailed> failures = new ArrayList<>();

    private Bucket bucket(RawServer server, Duration timeout) {
        Retry retry =
                new Retry(2, Duration.ofMillis(1), waits::add, (what, attempt, wait, failure) -> failures.add(failure));
        URI endpoint = URI.create("http://127.0.0.1:" + server.port());
        StoreSettings settings = new StoreSettings(endpoint, "access", "secret", "bucket", "us-east-1", "", false);
        return Bucket.open(settings, 4, timeout, retry);
    }

    private static byte[] body(int size) {
        return "x".repeat(size).getBytes(StandardCharsets.UTF_8);
    }

    private static String error(int status, String code, String headers) {
        String xml = "<?xml version=\"1.0\"?>\n<Error><Code>" + code + "</Code><Message>as told</Message></Error>";
        return "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: " + xml.length() + "\r\n\r\n" + xml;
    }

    /** Answers all requests of all connections alike. */
    private static RawServer answering(String answer) throws Exception {
        return new RawServer(connection -> {
            while (connection.readRequest()) {
                connection.write(answer);
            }
        });
    }

    @Test
    void oneConnectionServesManyPuts() throws Exception {
        try (RawServer server = answering(OK);
                Bucket bucket = bucket(server, PATIENCE)) {
            for (int i = 0; i < 5; i++) {
                bucket.put("k" + i, body(10), "text/plain");
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(bucket.requests()).containsEntry("put", 5L);
            assertThat(server.heads())
                    .allMatch(
                            head -> head.startsWith("PUT /bucket/k") && head.contains("\r\ncontent-type: text/plain"));
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNoFailure() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    connection.readRequest();
                    connection.write(OK);
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            for (int i = 0; i < 5; i++) {
                bucket.put("k" + i, body(10), "text/plain");
            }
            assertThat(failures).isEmpty();
            assertThat(server.connections()).isEqualTo(5);
            assertThat(bucket.requests().get("put")).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void answersInPiecesAndInterimAnswersAreRead() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    while (connection.readRequest()) {
                        connection.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 20");
                        connection.write("0 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n");
                        connection.write("2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
                    }
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            bucket.put("a", body(10), "text/plain");
            bucket.put("b", body(100_000), "text/plain");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void aConnectionCutInTheMiddleOfTheBodyIsTriedAgain() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    if (connection.number() > 2) {
                        connection.readRequest();
                        connection.write(OK);
                    } else {
                        connection.readHead();
                    }
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            bucket.put("k", body(900_000), "text/plain");
            assertThat(failures).hasSize(2).allMatch(failure -> failure.errorClass() == ErrorClass.CONNECTION);
            assertThat(bucket.requests()).containsEntry("put", 3L);
        }
    }

    @Test
    void anAnswerThatIsCutOrNoHttpFails() throws Exception {
        for (String answer :
                List.of("HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "hello\r\n")) {
            try (RawServer server = new RawServer(connection -> {
                        connection.readRequest();
                        connection.write(answer);
                    });
                    Bucket bucket = bucket(server, PATIENCE)) {
                CallFailed failure =
                        catchThrowableOfType(CallFailed.class, () -> bucket.put("k", body(10), "text/plain"));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
                assertThat(failure).hasMessageContaining("PUT k in bucket bucket failed");
                assertThat(bucket.requests()).containsEntry("put", 3L);
            }
        }
    }

    @Test
    void aRefusalBeforeTheBodyIsReadIsUnderstood() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(error(507, "XMinioStorageFull", "Connection: close\r\n"));
                    connection.hangUp();
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            CallFailed failure =
                    catchThrowableOfType(CallFailed.class, () -> bucket.put("k", body(900_000), "text/plain"));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.FULL);
            assertThat(failure).hasMessage("PUT k in bucket bucket was answered 507: XMinioStorageFull as told");
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void aThrottlingServerIsGivenTheTimeItAsksFor() throws Exception {
        String[] answers = {error(503, "SlowDown", "Retry-After: 7\r\n"), OK};
        int[] asked = {0};
        try (RawServer server = new RawServer(connection -> {
                    while (connection.readRequest()) {
                        connection.write(answers[asked[0]++]);
                    }
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            bucket.put("k", body(10), "text/plain");
            assertThat(waits).containsExactly(Duration.ofSeconds(7));
            assertThat(failures.get(0).errorClass()).isEqualTo(ErrorClass.THROTTLED);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void wrongKeysAreNotTriedAgain() throws Exception {
        try (RawServer server = answering(error(403, "SignatureDoesNotMatch", ""));
                Bucket bucket = bucket(server, PATIENCE)) {
            CallFailed failure = catchThrowableOfType(CallFailed.class, () -> bucket.put("k", body(1), "text/plain"));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.FORBIDDEN);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void aServerThatNeverAnswersOrNeverReadsIsGivenUpInTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                Bucket bucket = bucket(server, Duration.ofMillis(300))) {
            for (int size : List.of(10, 1_000_000)) {
                CallFailed failure =
                        catchThrowableOfType(CallFailed.class, () -> bucket.put("k", body(size), "text/plain"));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
                assertThat(failure).hasMessageContaining("got no answer in time");
            }
            assertThat(bucket.requests()).containsEntry("put", 6L);
            end.countDown();
        }
    }

    @Test
    void theNextAttemptIsSignedWithTheClockOfTheStore() throws Exception {
        Instant ahead = Instant.now().plus(Duration.ofHours(5));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ahead.atOffset(ZoneOffset.UTC));
        int[] asked = {0};
        try (RawServer server = new RawServer(connection -> {
                    while (connection.readRequest()) {
                        connection.write(
                                asked[0]++ == 0 ? error(403, "RequestTimeTooSkewed", "Date: " + date + "\r\n") : OK);
                    }
                });
                Bucket bucket = bucket(server, PATIENCE)) {
            bucket.put("k", body(1), "text/plain");
            String hour = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH")
                    .withZone(ZoneOffset.UTC)
                    .format(ahead);
            assertThat(server.heads()).hasSize(2);
            assertThat(server.heads().get(0)).doesNotContain("x-amz-date: " + hour);
            assertThat(server.heads().get(1)).contains("x-amz-date: " + hour);
        }
    }

    @Test
    void aStoppedThreadSendsNothing() throws Exception {
        try (RawServer server = answering(OK);
                Bucket bucket = bucket(server, PATIENCE)) {
            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(Stopped.class, () -> bucket.put("k", body(1), "text/plain")))
                    .hasMessageContaining("PUT k");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.heads()).isEmpty();
        }
    }
}
