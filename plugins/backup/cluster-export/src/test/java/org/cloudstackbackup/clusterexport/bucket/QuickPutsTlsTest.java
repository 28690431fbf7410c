/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.http.Certificates;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PUTs over TLS: to whom they are sent, and to whom not. */
@SuppressWarnings("NullAway.Init")
class QuickPutsTlsTest {
    @TempDir
    static Path made;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(made);
        certificates.make("local", "san=ip:127.0.0.1");
        certificates.make("elsewhere", "san=dns:elsewhere.example.org");
    }

    private static RawServer server(String certificate) throws Exception {
        ServerSocket listener = certificates
                .server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new RawServer(listener, QuickPutsTlsTest::serve);
    }

    private static void serve(RawServer.Connection connection) throws IOException {
        while (connection.readRequest()) {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static Bucket bucket(RawServer server, String trusted) {
        String file = trusted.isEmpty() ? "" : certificates.pem(trusted).toString();
        URI endpoint = URI.create("https://127.0.0.1:" + server.port());
        Retry retry = new Retry(0, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        return Bucket.open(
                new StoreSettings(endpoint, "access", "secret", "bucket", "us-east-1", file, false),
                4,
                Duration.ofSeconds(30),
                retry);
    }

    @Test
    void aServerOfTheGivenAuthorityIsTrusted() throws Exception {
        try (RawServer server = server("local");
                Bucket bucket = bucket(server, "local")) {
            bucket.put("a", new byte[10], "text/plain");
            bucket.put("b", new byte[500_000], "text/plain");
            assertThat(server.heads()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsSentToAServerOfAnotherAuthorityOrName() throws Exception {
        try (RawServer local = server("local");
                RawServer elsewhere = server("elsewhere");
                Bucket javaTrust = bucket(local, "");
                Bucket otherTrust = bucket(local, "elsewhere");
                Bucket otherName = bucket(elsewhere, "elsewhere")) {
            for (Bucket bucket : new Bucket[] {javaTrust, otherTrust, otherName}) {
                CallFailed failure =
                        catchThrowableOfType(CallFailed.class, () -> bucket.put("a", new byte[10], "text/plain"));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
                assertThat(failure).hasMessageContaining("SSLHandshakeException");
            }
            assertThat(local.heads()).isEmpty();
            assertThat(elsewhere.heads()).isEmpty();
        }
    }
}
