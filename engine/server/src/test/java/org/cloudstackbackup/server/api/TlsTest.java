/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes with certificates that the JDK's keytool makes. */
@SuppressWarnings("NullAway.Init")
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        makePair("rsa", "RSA", 2048);
        makePair("other", "RSA", 2048);
        makePair("ec", "EC", 256);
    }

    private static void makePair(String name, String algorithm, int size) throws Exception {
        Path store = made.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        algorithm,
                        "-keysize",
                        Integer.toString(size),
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "3",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(made.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                .as(Files.readString(made.resolve(name + ".log")))
                .isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(String file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                made.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private ApiServer server(Path certificate, Path key) {
        RunningApi api = parts();
        ApiConfig config = new ApiConfig(
                "127.0.0.1",
                ApiConfig.NO_PLAIN_PORT,
                RunningApi.VERSION,
                "node-1",
                ApiConfig.DEFAULT_SESSION_TIMEOUT,
                16,
                new TlsConfig(0, certificate, key, Duration.ofMillis(50)));
        return new ApiServer(
                config,
                api.ports,
                api.dispatcher,
                Map.of("/healthz", () -> new PlainAnswer(200, "text/plain", "fine")),
                (command, status, took) -> {});
    }

    private RunningApi parts() {
        try {
            RunningApi api = new RunningApi();
            api.close();
            return api;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(String name) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            KeyStore keys = KeyStore.getInstance(made.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
            trusted.setCertificateEntry("it", keys.getCertificate("it"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(ApiServer server, String trusted, String form)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(trusted)).build();
        return client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.tlsPort() + "/client/api"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void cookiesAreSecureAndBrowsersAreToldToComeByTls(String name) throws Exception {
        try (ApiServer server = server(made.resolve(name + ".pem"), made.resolve(name + ".key"))) {
            server.start();
            HttpResponse<String> login = send(server, name, "command=login&username=user&password=user&response=json");
            assertThat(login.statusCode()).isEqualTo(200);
            assertThat(login.headers().allValues("Set-Cookie"))
                    .hasSize(2)
                    .allMatch(cookie -> cookie.contains("; Secure"));
            assertThat(login.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThatThrownBy(() -> send(server, "other", "command=login")).isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void oldProtocolsAreRefused() throws Exception {
        try (ApiServer server = server(made.resolve("rsa.pem"), made.resolve("rsa.key"))) {
            server.start();
            for (String protocol : List.of("TLSv1.3", "TLSv1.2", "TLSv1.1")) {
                try (SSLSocket socket =
                        (SSLSocket) trusting("rsa").getSocketFactory().createSocket("127.0.0.1", server.tlsPort())) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setProtocols(new String[] {protocol});
                    socket.setSSLParameters(parameters);
                    if (protocol.equals("TLSv1.1")) {
                        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
                    } else {
                        socket.startHandshake();
                        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                    }
                }
            }
        }
    }

    @Test
    void aReplacedCertificateIsServedWithoutARestart() throws Exception {
        Path certificate = Files.copy(made.resolve("rsa.pem"), folder.resolve("server.pem"));
        Path key = Files.copy(made.resolve("rsa.key"), folder.resolve("server.key"));
        try (ApiServer server = server(certificate, key)) {
            server.start();
            assertThat(served(server)).isEqualTo("CN=rsa");
            Files.copy(made.resolve("other.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
            assertThat(served(server)).as("half of a new pair is of no use").isEqualTo("CN=rsa");
            Files.copy(made.resolve("other.key"), key, StandardCopyOption.REPLACE_EXISTING);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(served(server)).isEqualTo("CN=other"));
        }
    }

    /** Whom the server says to be, whoever that is. */
    private static String served(ApiServer server) throws IOException {
        for (String name : List.of("rsa", "other")) {
            try (SSLSocket socket =
                    (SSLSocket) trusting(name).getSocketFactory().createSocket("127.0.0.1", server.tlsPort())) {
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName();
            } catch (SSLHandshakeException e) {
                assertThat(e).hasMessageContaining("PKIX");
            }
        }
        return "nobody";
    }

    @Test
    void whatCannotBeUsedIsOneLineWithoutTheKey() throws Exception {
        Path certificate = made.resolve("rsa.pem");
        Path key = made.resolve("rsa.key");
        Path missing = folder.resolve("missing");
        refused("TLS file " + missing + " does not exist", missing, key);
        refused("TLS file " + missing + " does not exist", certificate, missing);
        refused("is not PEM with certificates", key, key);
        refused("is not PEM with BEGIN PRIVATE KEY", certificate, certificate);
        refused("is not that of certificate", certificate, made.resolve("other.key"));
        refused("is not that of certificate", certificate, made.resolve("ec.key"));
        Path empty = Files.writeString(folder.resolve("empty"), "");
        refused("is not PEM with certificates", empty, key);
        Path broken = Files.writeString(
                folder.resolve("broken"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("is neither RSA nor EC nor EdDSA", certificate, broken);
    }

    private void refused(String message, Path certificate, Path key) {
        try (ApiServer server = server(certificate, key)) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(message)
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        }
    }
}
