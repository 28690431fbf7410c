/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the API is served over TLS.
 *
 * @param port 0 for any free one
 * @param certificate PEM file with the server's certificate and those that lead to its root
 * @param key PEM file with its private key in PKCS#8
 * @param reloadInterval how often the files are looked at; a new pair counts for new connections
 */
public record TlsConfig(int port, Path certificate, Path key, Duration reloadInterval) {
    public static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofSeconds(10);

    public TlsConfig {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
        requireNonNull(reloadInterval, "reloadInterval is null");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("TLS port " + port + " is not between 0 and 65535");
        }
    }
}
