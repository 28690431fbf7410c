/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cloudstackbackup.clusterexport.kube.Lists.PATIENCE;
import static org.cloudstackbackup.clusterexport.kube.Lists.chunked;
import static org.cloudstackbackup.clusterexport.kube.Lists.names;
import static org.cloudstackbackup.clusterexport.kube.Lists.page;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.http.Certificates;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists over TLS: whom they are asked of, and who asks. */
@SuppressWarnings("NullAway.Init")
class ListTlsTest {
    @TempDir
    static Path made;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(made);
        certificates.make("local", "san=ip:127.0.0.1,dns:localhost");
        certificates.make("elsewhere", "san=dns:elsewhere.example.org");
        certificates.make("exporter", "san=dns:exporter");
    }

    private static SSLServerSocket listener(String certificate) throws Exception {
        return (SSLServerSocket) certificates
                .server(certificate, "exporter")
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static RawServer server(SSLServerSocket listener) {
        return new RawServer(listener, connection -> {
            while (connection.readRequest()) {
                connection.write(chunked(page(40, ""), 16_000, 1, 300));
            }
        });
    }

    private static ConfigBuilder config(RawServer server, String host) {
        return new ConfigBuilder(Config.empty()).withMasterUrl("https://" + host + ":" + server.port());
    }

    private static List<String> listed(ConfigBuilder config) {
        try (ApiServer client = new ApiServer(config.build(), PATIENCE)) {
            names(client);
            return names(client);
        }
    }

    private static String data(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aServerOfTheGivenAuthorityIsAskedByNameAndByAddress() throws Exception {
        Path authority = certificates.pem("local");
        for (String host : List.of("localhost", "127.0.0.1")) {
            try (RawServer server = server(listener("local"))) {
                assertThat(listed(config(server, host).withCaCertFile(authority.toString())))
                        .hasSize(40);
                assertThat(listed(config(server, host).withCaCertData(data(Files.readString(authority)))))
                        .hasSize(40);
                assertThat(server.connections()).isEqualTo(2);
            }
        }
    }

    @Test
    void nothingIsSentToAServerOfAnotherAuthorityOrName() throws Exception {
        try (RawServer local = server(listener("local"));
                RawServer elsewhere = server(listener("elsewhere"))) {
            String other = certificates.pem("elsewhere").toString();
            for (ConfigBuilder config : List.of(
                    config(local, "127.0.0.1"),
                    config(local, "127.0.0.1").withCaCertFile(other),
                    config(elsewhere, "127.0.0.1").withCaCertFile(other),
                    config(elsewhere, "localhost").withCaCertFile(other))) {
                CallFailed failure = catchThrowableOfType(CallFailed.class, () -> listed(config));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
                assertThat(failure).hasMessageContaining("failed: TLS failed: ");
            }
            assertThat(local.heads()).isEmpty();
            assertThat(elsewhere.heads()).isEmpty();
        }
    }

    @Test
    void whoTrustsAllGetsAnswersOfAnyServer() throws Exception {
        try (RawServer elsewhere = server(listener("elsewhere"))) {
            assertThat(listed(config(elsewhere, "localhost").withTrustCerts(true)))
                    .hasSize(40);
        }
    }

    @Test
    void aClientCertificateIsShown() throws Exception {
        SSLServerSocket listener = listener("local");
        listener.setNeedClientAuth(true);
        try (RawServer server = server(listener)) {
            ConfigBuilder config = config(server, "localhost")
                    .withCaCertFile(certificates.pem("local").toString());
            CallFailed failure = catchThrowableOfType(CallFailed.class, () -> listed(config));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONNECTION);
            assertThat(server.heads()).isEmpty();
            config.withClientCertFile(certificates.pem("exporter").toString())
                    .withClientKeyData(data(certificates.key("exporter")))
                    .withClientKeyAlgo("EC");
            assertThat(listed(config)).hasSize(40);
        }
    }

    @Test
    void onlyTheVersionsOfTlsThatAreAllowedAreSpoken() throws Exception {
        List<String> spoken = new CopyOnWriteArrayList<>();
        SSLServerSocket listener = listener("local");
        try (RawServer server = new RawServer(listener, connection -> {
            while (connection.readRequest()) {
                spoken.add(connection.tlsVersion());
                connection.write(Lists.answer(page(40, "")));
            }
        })) {
            ConfigBuilder config = config(server, "localhost")
                    .withCaCertFile(certificates.pem("local").toString());
            assertThat(listed(config.withTlsVersions(TlsVersion.TLS_1_2))).hasSize(40);
            assertThat(listed(config.withTlsVersions(TlsVersion.TLS_1_3))).hasSize(40);
            assertThat(spoken).containsExactly("TLSv1.2", "TLSv1.2", "TLSv1.3", "TLSv1.3");
        }
    }
}
