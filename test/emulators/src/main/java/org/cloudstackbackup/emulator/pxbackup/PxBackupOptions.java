/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import org.cloudstackbackup.emulator.pxbackup.wire.Line;
import org.jspecify.annotations.Nullable;

/**
 * How the emulator is to be.
 *
 * @param host where to listen
 * @param port 0 takes a free one
 * @param adminPort 0 takes a free one; always on the loopback address
 * @param dialect the server line, such as 2.10
 * @param token a bearer token that is always good, for the user admin; empty for none
 * @param speed how fast the virtual clock runs; 0 stands still until it is moved
 * @param start what the virtual clock shows at first; null means now
 * @param tlsFolder serve TLS and write the files for clients there; null means plain HTTP
 * @param clientCertificate with TLS, ask clients for their certificate
 * @param lenientRouting serve the paths of all lines
 * @param lenientCodec forgive what the official client gets wrong
 * @param demo start with a cluster, two machines, a location and policies
 */
public record PxBackupOptions(
        String host,
        int port,
        int adminPort,
        String dialect,
        String token,
        double speed,
        @Nullable Instant start,
        @Nullable Path tlsFolder,
        boolean clientCertificate,
        boolean lenientRouting,
        boolean lenientCodec,
        boolean demo,
        Timings timings) {
    public PxBackupOptions {
        requireNonNull(host, "host is null");
        requireNonNull(token, "token is null");
        requireNonNull(timings, "timings is null");
        Line.imitated(dialect);
        if (clientCertificate && tlsFolder == null) {
            throw new IllegalArgumentException("A client certificate is asked for with TLS only");
        }
    }

    /** For tests: the newest line on free ports, a clock that stands still, nothing in it, strict. */
    public static PxBackupOptions forTests() {
        return new PxBackupOptions(
                "127.0.0.1", 0, 0, "3.1", "", 0, null, null, false, false, false, false, Timings.standard());
    }

    public PxBackupOptions withDialect(String changed) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                changed,
                token,
                speed,
                start,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                timings);
    }

    public PxBackupOptions withToken(String changed) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                changed,
                speed,
                start,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                timings);
    }

    public PxBackupOptions withSpeed(double changed) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                changed,
                start,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                timings);
    }

    public PxBackupOptions withStart(Instant changed) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                speed,
                changed,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                timings);
    }

    /** Serves TLS; the files for clients go into the folder. */
    public PxBackupOptions withTls(Path folder, boolean askForCertificate) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                speed,
                start,
                folder,
                askForCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                timings);
    }

    public PxBackupOptions withLenience(boolean routing, boolean codec) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                speed,
                start,
                tlsFolder,
                clientCertificate,
                routing,
                codec,
                demo,
                timings);
    }

    public PxBackupOptions withDemo() {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                speed,
                start,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                true,
                timings);
    }

    public PxBackupOptions withTimings(Timings changed) {
        return new PxBackupOptions(
                host,
                port,
                adminPort,
                dialect,
                token,
                speed,
                start,
                tlsFolder,
                clientCertificate,
                lenientRouting,
                lenientCodec,
                demo,
                changed);
    }

    @Override
    public String toString() {
        return "PxBackupOptions[" + host + ":" + port + ", dialect " + dialect + "]";
    }
}
