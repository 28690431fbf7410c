/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Certificates in a file, as PEM. */
public final class CertificateFile {
    private CertificateFile() {}

    /**
     * All certificates of the file, at least one.
     *
     * @throws IllegalArgumentException when the file cannot be read, or holds none
     */
    public static List<Certificate> read(Path file) {
        List<Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("the file cannot be read: " + e, e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate is in the file");
        }
        return certificates;
    }
}
