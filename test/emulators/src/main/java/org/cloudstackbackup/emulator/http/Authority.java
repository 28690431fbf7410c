/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A certificate authority of its own, made anew at each start, valid for a day.
 *
 * <p>Written by hand because the JDK reads certificates but has no public way to make one. For tests only.
 */
final class Authority {
    private static final Duration VALID = Duration.ofDays(1);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final String LOOPBACK = "localhost";

    private final String name;
    private final KeyPair keys;
    private final Certificate certificate;

    Authority(String name) throws GeneralSecurityException {
        this.name = name;
        this.keys = keyPair();
        byte[] constraints = extension(Der.oid(2, 5, 29, 19), true, Der.sequence(Der.bool(true)));
        this.certificate = sign(name, keys, constraints);
    }

    /** Fills a key store for a server on the loopback address and one with what it trusts, and writes the files for its clients. */
    static Stores prepare(Path folder) throws GeneralSecurityException, IOException {
        TlsFiles files = TlsFiles.in(folder);
        Authority ours = new Authority("Emulator CA");
        Authority strangers = new Authority("Unknown CA");
        Files.createDirectories(folder);
        Files.writeString(files.authority(), pem("CERTIFICATE", ours.certificate.getEncoded()));
        ours.writeClient(files.clientCertificate(), files.clientKey());
        strangers.writeClient(files.strangerCertificate(), files.strangerKey());
        return new Stores(ours.serverStore(), ours.trustStore(), files);
    }

    private KeyStore serverStore() throws GeneralSecurityException, IOException {
        KeyPair server = keyPair();
        byte[] names = Der.sequence(
                Der.implicit(2, LOOPBACK.getBytes(StandardCharsets.US_ASCII)),
                Der.implicit(7, new byte[] {127, 0, 0, 1}),
                Der.implicit(7, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        Certificate signed = sign(LOOPBACK, server, extension(Der.oid(2, 5, 29, 17), false, names));
        KeyStore store = empty();
        store.setKeyEntry("server", server.getPrivate(), new char[0], new Certificate[] {signed, certificate});
        return store;
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("ca", certificate);
        return store;
    }

    private void writeClient(Path certificateFile, Path keyFile) throws GeneralSecurityException, IOException {
        KeyPair client = keyPair();
        byte[] usage = Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 2));
        Certificate signed = sign("client", client, extension(Der.oid(2, 5, 29, 37), false, usage));
        Files.writeString(certificateFile, pem("CERTIFICATE", signed.getEncoded()));
        Files.writeString(keyFile, pem("PRIVATE KEY", client.getPrivate().getEncoded()));
    }

    private Certificate sign(String subject, KeyPair subjectKeys, byte[] extension) throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] unsigned = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(64, new SecureRandom()).setBit(62)),
                ECDSA_WITH_SHA256,
                commonName(name),
                Der.sequence(Der.time(now.minus(VALID)), Der.time(now.plus(VALID))),
                commonName(subject),
                subjectKeys.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(extension)));
        byte[] signed = Der.sequence(unsigned, ECDSA_WITH_SHA256, Der.bits(signature(keys.getPrivate(), unsigned)));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
    }

    private static byte[] signature(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private static byte[] commonName(String text) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8(text))));
    }

    private static byte[] extension(byte[] oid, boolean critical, byte[] content) {
        return critical
                ? Der.sequence(oid, Der.bool(true), Der.octets(content))
                : Der.sequence(oid, Der.octets(content));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    record Stores(KeyStore server, KeyStore trusted, TlsFiles files) {}
}
