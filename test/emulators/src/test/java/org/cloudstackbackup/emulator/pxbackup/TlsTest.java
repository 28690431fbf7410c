/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.cloudstackbackup.emulator.http.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private PxBackupEmulator start(boolean askForCertificate) {
        return PxBackupEmulator.start(
                PxBackupOptions.forTests().withToken(Rig.TOKEN).withTls(folder, askForCertificate));
    }

    private static int get(PxBackupEmulator emulator, String host, SSLContext context) throws Exception {
        URI uri = URI.create("https://" + host + ":" + emulator.port() + "/v1/version");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + Rig.TOKEN)
                .build();
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        client.send(request, BodyHandlers.ofString());
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void theServerIsTrustedThroughItsAuthorityUnderItsNames() throws Exception {
        try (PxBackupEmulator emulator = start(false)) {
            assertThat(emulator.url()).startsWith("https://127.0.0.1:");
            TlsFiles files = requireNonNull(emulator.tlsFiles());
            assertThat(get(emulator, "127.0.0.1", context(files.authority(), null, null)))
                    .isEqualTo(200);
            assertThat(get(emulator, "localhost", context(files.authority(), null, null)))
                    .isEqualTo(200);
        }
    }

    /** With a client that uses a connection again as soon as the answer has been read. */
    @Test
    void requestsOnOneConnectionAreOneHandshake() throws Exception {
        try (PxBackupEmulator emulator = start(false)) {
            TlsFiles files = requireNonNull(emulator.tlsFiles());
            SSLSocketFactory sockets = context(files.authority(), null, null).getSocketFactory();
            long before = emulator.handshakes();
            for (int request = 1; request <= 3; request++) {
                HttpsURLConnection connection = (HttpsURLConnection)
                        URI.create(emulator.url() + "/v1/version").toURL().openConnection();
                connection.setSSLSocketFactory(sockets);
                connection.setRequestProperty("Authorization", "Bearer " + Rig.TOKEN);
                assertThat(connection.getResponseCode()).isEqualTo(200);
                connection.getInputStream().readAllBytes();
                assertThat(emulator.handshakes() - before).isEqualTo(1);
            }
        }
    }

    @Test
    void nobodyElseTrustsIt() {
        try (PxBackupEmulator emulator = start(false)) {
            assertThatThrownBy(() -> get(emulator, "127.0.0.1", SSLContext.getDefault()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aClientShowsItsCertificateWhenAsked() throws Exception {
        try (PxBackupEmulator emulator = start(true)) {
            TlsFiles files = requireNonNull(emulator.tlsFiles());
            SSLContext known = context(files.authority(), files.clientCertificate(), files.clientKey());
            assertThat(get(emulator, "127.0.0.1", known)).isEqualTo(200);
            SSLContext none = context(files.authority(), null, null);
            assertThatThrownBy(() -> get(emulator, "127.0.0.1", none)).isInstanceOf(IOException.class);
            SSLContext stranger = context(files.authority(), files.strangerCertificate(), files.strangerKey());
            assertThatThrownBy(() -> get(emulator, "127.0.0.1", stranger)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCertificateIsAskedForWithTlsOnly() {
        assertThatThrownBy(() -> new PxBackupOptions(
                        "127.0.0.1", 0, 0, "3.1", "", 0, null, null, true, false, false, false, Timings.standard()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SSLContext context(Path authority, @Nullable Path certificate, @Nullable Path key)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", read(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (certificate != null && key != null) {
            own.setKeyEntry("client", key(key), new char[0], new Certificate[] {read(certificate)});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate read(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        String text = Files.readString(file).replaceAll("-----.*-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }
}
