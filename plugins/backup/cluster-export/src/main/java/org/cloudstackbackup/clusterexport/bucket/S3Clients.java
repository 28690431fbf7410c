/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.cloudstackbackup.clusterexport.config.CertificateFile;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

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
                // Deleting many objects wants a checksum, and servers older than the SDK's know this one only.
                .addPlugin(LegacyMd5Plugin.create())
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                // The module's own rules decide what is tried again.
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))
                        .apiCallTimeout(timeout)
                        .addExecutionInterceptor(new Md5Only())
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .httpClientBuilder(http)
                .build();
    }

    /**
     * For deletions, which must have a checksum: the MD5 of the plugin, that servers knew before Amazon added others, and not CRC32 beside it, which the SDK
     * adds whatever its settings say.
     */
    private static final class Md5Only implements ExecutionInterceptor {
        @Override
        @SuppressWarnings("NullAway")
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof DeleteObjectsRequest) {
                attributes.putAttribute(SdkExecutionAttribute.RESOLVED_CHECKSUM_SPECS, null);
            }
        }
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
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate : CertificateFile.read(Path.of(file))) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            InvalidConfiguration failure = new InvalidConfiguration(
                    List.of("MINIO_CA_FILE (minio-ca-file): '" + file + "' cannot be used: " + e));
            failure.initCause(e);
            throw failure;
        }
    }
}
