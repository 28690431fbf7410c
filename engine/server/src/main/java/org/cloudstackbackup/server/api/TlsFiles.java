/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate and its key from PEM files. Messages of failures are one line for the operator, without the key. */
final class TlsFiles {
    /** The key store stays in memory; Java wants a password anyway. */
    static final String IN_MEMORY_PASSWORD = "in memory";

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<Algorithm> ALGORITHMS = List.of(
            new Algorithm("RSA", "SHA256withRSA"),
            new Algorithm("EC", "SHA256withECDSA"),
            new Algorithm("EdDSA", "EdDSA"));

    private final TlsConfig config;

    TlsFiles(TlsConfig config) {
        this.config = config;
    }

    /** When the files were last written; differs whenever one of them was replaced. */
    record State(FileTime certificate, FileTime key) {}

    /** @throws IOException when one of the files is missing */
    State state() throws IOException {
        return new State(modified(config.certificate()), modified(config.key()));
    }

    /** @throws IOException when a file is missing or holds something else, and when they do not belong together */
    KeyStore load() throws IOException {
        Certificate[] chain = chain();
        PrivateKey key = key(chain[0]);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, IN_MEMORY_PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS certificate " + config.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Certificate[] chain() throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(read(config.certificate()))) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .toArray(new Certificate[0]);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS certificate " + config.certificate() + " is not PEM with certificates", e);
        }
        throw new IOException("TLS certificate " + config.certificate() + " is not PEM with certificates");
    }

    private PrivateKey key(Certificate certificate) throws IOException {
        String text = new String(read(config.key()), StandardCharsets.ISO_8859_1);
        Matcher pem = PKCS8.matcher(text);
        if (!pem.find()) {
            throw new IOException(
                    "TLS key " + config.key() + " is not PEM with BEGIN PRIVATE KEY (PKCS#8 without a password);"
                            + " openssl pkcs8 -topk8 -nocrypt makes one");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IllegalArgumentException e) {
            throw new IOException("TLS key " + config.key() + " is not Base64");
        }
        for (Algorithm algorithm : ALGORITHMS) {
            try {
                PrivateKey key =
                        KeyFactory.getInstance(algorithm.key()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                if (!fits(key, certificate, algorithm.signature())) {
                    throw new IOException(
                            "TLS key " + config.key() + " is not that of certificate " + config.certificate());
                }
                return key;
            } catch (InvalidKeySpecException e) {
                continue; // of another kind, then
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "TLS key " + config.key() + " is not that of certificate " + config.certificate(), e);
            }
        }
        throw new IOException("TLS key " + config.key() + " is neither RSA nor EC nor EdDSA");
    }

    private static boolean fits(PrivateKey key, Certificate certificate, String algorithm)
            throws GeneralSecurityException {
        byte[] text = "does this key belong to that certificate?".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("TLS file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new IOException("TLS file " + file + " cannot be read: " + e, e);
        }
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file);
    }

    private record Algorithm(String key, String signature) {}
}
