/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context of PEM files. */
final class PemFiles {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PemFiles() {}

    static SSLContext context(Tls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new PxBackupException(Reason.SETTINGS, "TLS could not be set up: " + e.getMessage(), e);
        }
    }

    /** Null stands for the system's. */
    private static TrustManager @Nullable [] trust(Tls tls) throws GeneralSecurityException {
        if (!tls.verify()) {
            return new TrustManager[] {new TrustAnybody()};
        }
        Path authority = tls.authority();
        if (authority == null) {
            return null;
        }
        KeyStore trusted = empty();
        int count = 0;
        for (Certificate each : certificates("ca_cert", authority)) {
            trusted.setCertificateEntry("ca" + count++, each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(Tls tls) throws GeneralSecurityException {
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (certificate == null || key == null) {
            return null;
        }
        KeyStore own = empty();
        Certificate[] chain = certificates("client_cert", certificate).toArray(new Certificate[0]);
        own.setKeyEntry("client", key(key), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(own, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("An empty key store could not be made", e);
        }
        return store;
    }

    private static List<Certificate> certificates(String setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> read =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (read.isEmpty()) {
                throw new PxBackupException(Reason.SETTINGS, setting + " " + file + " has no certificate", null);
            }
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(setting, file, e);
        }
    }

    private static PrivateKey key(Path file) {
        try {
            String text = Files.readString(file);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new PxBackupException(
                        Reason.SETTINGS,
                        "client_key " + file + " is no PKCS #8 key without a password; "
                                + "openssl pkcs8 -topk8 -nocrypt makes one",
                        null);
            }
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return key(file, new PKCS8EncodedKeySpec(der));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable("client_key", file, e);
        }
    }

    private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue; // not of this kind
            }
        }
        throw new PxBackupException(Reason.SETTINGS, "client_key " + file + " is no RSA, EC or Ed25519 key", null);
    }

    private static PxBackupException unreadable(String setting, Path file, Exception cause) {
        String problem = cause.getClass().getSimpleName();
        return new PxBackupException(Reason.SETTINGS, setting + " " + file + " cannot be read: " + problem, cause);
    }

    /** For the insecure switch only. */
    private static final class TrustAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
