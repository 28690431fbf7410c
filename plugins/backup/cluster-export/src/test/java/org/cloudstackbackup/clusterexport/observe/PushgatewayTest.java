/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches a gateway that wants a name and a password. */
@SuppressWarnings("NullAway.Init")
class PushgatewayTest {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer http;
    private volatile int status = 202;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 8);
        http.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private Pushgateway gateway(String user) {
        return new Pushgateway(
                "http://" + user + "127.0.0.1:" + http.getAddress().getPort() + "/", "east");
    }

    @Test
    void aNameAndAPasswordOfTheUrlAreSent() throws Exception {
        gateway("user:p%40ss@").push("a 1\n");
        gateway("").push("a 1\n");
        assertThat(received)
                .containsExactly(
                        "/metrics/job/cluster-backup/instance/east Basic dXNlcjpwQHNz",
                        "/metrics/job/cluster-backup/instance/east null");
    }

    @Test
    void aRefusalDoesNotTellThePassword() {
        status = 401;
        assertThatThrownBy(() -> gateway("user:nobody-logs@").push("a 1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("401")
                .hasMessageNotContaining("nobody-logs");
    }
}
