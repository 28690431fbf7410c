/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes S3 clients that any S3 server understands: path style, no checksum headers, no chunked signing; nothing of the machine's AWS files. */
final class S3Clients {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private S3Clients() {}

    static S3Client create(StoreSettings settings, int connections, Duration timeout) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder()
                .maxConnections(connections)
                .connectionTimeout(connectTimeout(timeout))
                .connectionAcquisitionTimeout(timeout)
                .socketTimeout(timeout);
        TrustManager[] trust = trust(settings);
        if (trust != null) {
            http.tlsTrustManagersProvider(() -> trust);
        }
        return S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                // The module's own rules decide what is tried again.
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))
                        .apiCallTimeout(timeout)
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .httpClientBuilder(http)
                .build();
    }

    /** A host that does not answer is given up sooner than a request. */
    static Duration connectTimeout(Duration timeout) {
        return timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    }

    /** What the settings trust: the certificates of a PEM file only, or null for what Java trusts. */
    static TrustManager @Nullable [] trust(StoreSettings settings) {
        return settings.caFile().isEmpty() ? null : trust(settings.caFile()).getTrustManagers();
    }

    private static TrustManagerFactory trust(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException("no certificate is in it");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            InvalidConfiguration failure = new InvalidConfiguration(
                    List.of("MINIO_CA_FILE (minio-ca-file): '" + file + "' cannot be used: " + e));
            failure.initCause(e);
            throw failure;
        }
    }
}
