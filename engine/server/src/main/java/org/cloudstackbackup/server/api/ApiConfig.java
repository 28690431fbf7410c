/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the API is served.
 *
 * @param host address to listen on; empty for all
 * @param port 0 for any free one, {@link #NO_PLAIN_PORT} for none: over TLS only
 * @param version told in XML answers as {@code cloud-stack-version}
 * @param nodeId uuid of this server, told to root admins at login
 * @param sessionTimeout told at login; sessions idle for longer have ended
 * @param threads most threads that answer requests, 8 or more
 * @param tls null for none
 */
public record ApiConfig(
        String host,
        int port,
        String version,
        String nodeId,
        Duration sessionTimeout,
        int threads,
        @Nullable TlsConfig tls) {
    /** Stands for a server that does not listen without TLS. */
    public static final int NO_PLAIN_PORT = -1;

    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofMinutes(30);
    public static final int DEFAULT_THREADS = 96;
    private static final int FEWEST_THREADS = 8;

    public ApiConfig {
        requireNonNull(host, "host is null");
        requireNonNull(version, "version is null");
        requireNonNull(nodeId, "nodeId is null");
        requireNonNull(sessionTimeout, "sessionTimeout is null");
        if (port == NO_PLAIN_PORT && tls == null) {
            throw new IllegalArgumentException("there is neither a plain listener nor one with TLS");
        }
        if (port < NO_PLAIN_PORT || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (threads < FEWEST_THREADS) {
            throw new IllegalArgumentException("threads " + threads + " is below " + FEWEST_THREADS);
        }
    }

    /** Without TLS. */
    public ApiConfig(String host, int port, String version, String nodeId, Duration sessionTimeout, int threads) {
        this(host, port, version, nodeId, sessionTimeout, threads, null);
    }

    boolean isPlain() {
        return port != NO_PLAIN_PORT;
    }
}
