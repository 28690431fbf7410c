/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The files that a TLS listener leaves for its clients, all PEM, without passwords.
 *
 * @param authority the certificate that signed all others
 * @param clientCertificate for a listener that asks for one
 * @param clientKey PKCS #8
 * @param strangerCertificate of an authority the listener does not know
 * @param strangerKey PKCS #8
 */
public record TlsFiles(
        Path authority, Path clientCertificate, Path clientKey, Path strangerCertificate, Path strangerKey) {
    public TlsFiles {
        requireNonNull(authority, "authority is null");
        requireNonNull(clientCertificate, "clientCertificate is null");
        requireNonNull(clientKey, "clientKey is null");
        requireNonNull(strangerCertificate, "strangerCertificate is null");
        requireNonNull(strangerKey, "strangerKey is null");
    }

    static TlsFiles in(Path folder) {
        return new TlsFiles(
                folder.resolve("ca.pem"),
                folder.resolve("client.pem"),
                folder.resolve("client-key.pem"),
                folder.resolve("stranger.pem"),
                folder.resolve("stranger-key.pem"));
    }
}
