/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing is sent too late, and nothing goes on when nobody looks after its time. */
class ConnectionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] HEAD = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static Connections to(RawServer server, Duration timeout) {
        Sockets sockets = new Sockets(
                URI.create("http://127.0.0.1:" + server.port()),
                () -> {
                    throw new AssertionError("there is no TLS here");
                },
                PATIENCE);
        return new Connections(sockets, timeout);
    }

    @Test
    void aRequestWhoseTimeIsOverIsNotSent() throws Exception {
        try (RawServer server = new RawServer(connection -> connection.readRequest());
                Connections connections = to(server, Duration.ofNanos(1))) {
            assertThatThrownBy(() -> connections.send(HEAD, new byte[0], () -> {}))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("before the request was sent");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void closingEndsWhatGoesOnAndNothingBeginsAfterIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            asked.countDown();
            try {
                end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            Connections connections = to(server, Duration.ofHours(1));
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return connections.send(HEAD, new byte[0], () -> {});
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            connections.close();
            assertThatThrownBy(() -> answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IOException.class);
            end.countDown();
            assertThatThrownBy(() -> connections.send(HEAD, new byte[0], () -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed");
            assertThat(server.heads()).hasSize(1);
        }
    }
}
