/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A real S3 server (S3Proxy) on a free port, with its data in memory; PUTs can be made to fail. */
final class StoreServer implements AutoCloseable {
    static final String BUCKET = "cluster-backups";

    private final BlobStore blobs = new TransientNio2BlobStore();
    private final S3Proxy proxy;
    private final AtomicInteger puts = new AtomicInteger();
    private volatile Predicate<String> refuses = key -> false;
    private volatile Predicate<String> losesAnswer = key -> false;
    private volatile Predicate<String> keeps = key -> false;
    private volatile boolean ignoresConditions;
    private volatile int status = 503;
    private volatile String code = "SlowDown";
    private volatile Runnable beforePut = () -> {};

    StoreServer() throws Exception {
        blobs.createContainer(BUCKET);
        proxy = S3Proxy.builder()
                .blobStore(new Undeletable(new Faulty(blobs)))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "a-secret-nobody-logs")
                .build();
        proxy.start();
    }

    private final class Faulty extends ForwardingBlobStore {
        Faulty(BlobStore delegate) {
            super(delegate);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest asked, InputStream body) {
            beforePut.run();
            PutObjectRequest request = ignoresConditions
                    ? asked.toBuilder().ifMatch(null).ifNoneMatch(null).build()
                    : asked;
            checkTag(request);
            puts.incrementAndGet();
            if (refuses.test(request.key())) {
                throw refused();
            }
            PutObjectResponse stored = super.putBlob(request, body);
            if (losesAnswer.test(request.key())) {
                throw refused();
            }
            return stored;
        }
    }

    /** The proxy looks at tags before this; a test may have changed the object since. */
    private void checkTag(PutObjectRequest request) {
        if (request.ifMatch() != null
                && !request.ifMatch()
                        .replace("\"", "")
                        .equals(tag(request.key()).replace("\"", ""))) {
            throw S3Exception.builder()
                    .statusCode(412)
                    .message("another tag")
                    .awsErrorDetails(software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                            .errorCode("PreconditionFailed")
                            .errorMessage("another tag")
                            .build())
                    .build();
        }
    }

    private String tag(String key) {
        return blobs.blobMetadata(
                        HeadObjectRequest.builder().bucket(BUCKET).key(key).build())
                .eTag();
    }

    private final class Undeletable extends ForwardingBlobStore {
        Undeletable(BlobStore delegate) {
            super(delegate);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            if (keeps.test(request.key())) {
                throw refused();
            }
            return super.removeBlob(request);
        }
    }

    private RuntimeException refused() {
        return S3Exception.builder()
                .statusCode(status)
                .message("refused by the test")
                .awsErrorDetails(software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("refused by the test")
                        .build())
                .build();
    }

    String endpoint() {
        return "127.0.0.1:" + proxy.getPort();
    }

    /** PUTs of these keys are answered with a status and code from now on. */
    void refuse(Predicate<String> keys, int answer, String errorCode) {
        status = answer;
        code = errorCode;
        refuses = keys;
    }

    void accept() {
        refuses = key -> false;
    }

    /** PUTs of these keys are done, but their answer says that they failed. */
    void loseAnswers(Predicate<String> keys) {
        losesAnswer = keys;
    }

    /** Deletions of these keys fail. */
    void keep(Predicate<String> keys) {
        keeps = keys;
    }

    /** Writes whatever the condition, as simple stores do. */
    void ignoreConditions() {
        ignoresConditions = true;
    }

    /** Runs before each PUT is looked at. */
    void beforePut(Runnable action) {
        beforePut = action;
    }

    int puts() {
        return puts.get();
    }

    List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        blobs.list(ListObjectsV2Request.builder()
                        .bucket(BUCKET)
                        .prefix(prefix)
                        .maxKeys(10_000)
                        .build())
                .contents()
                .forEach(object -> keys.add(object.key()));
        return keys;
    }

    String text(String key) throws Exception {
        return new String(bytes(key), StandardCharsets.UTF_8);
    }

    Instant modified(String key) {
        return blobs.blobMetadata(
                        HeadObjectRequest.builder().bucket(BUCKET).key(key).build())
                .lastModified();
    }

    byte[] bytes(String key) throws Exception {
        try (var in =
                blobs.getBlob(GetObjectRequest.builder().bucket(BUCKET).key(key).build())) {
            return in.readAllBytes();
        }
    }

    void put(String key, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        blobs.putBlob(
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key(key)
                        .contentLength((long) body.length)
                        .build(),
                new java.io.ByteArrayInputStream(body));
    }

    void delete(String key) {
        blobs.removeBlob(BUCKET, key);
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
        blobs.close();
    }
}
