/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.Test;

/** What some S3 servers do, or want, that others do not. */
class OddServersTest {
    private static Bucket bucket(RawServer server) {
        Retry retry = new Retry(0, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        URI endpoint = URI.create("http://127.0.0.1:" + server.port());
        StoreSettings settings = new StoreSettings(endpoint, "access", "secret", "bucket", "us-east-1", "", false);
        return Bucket.open(settings, 4, Duration.ofSeconds(60), retry);
    }

    private static String answer(String xml) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                + xml.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + xml;
    }

    private static RawServer listing(String... ends) throws Exception {
        return new RawServer(connection -> {
            for (int page = 0; !connection.readHead().isEmpty(); page++) {
                connection.write(answer("<ListBucketResult><Contents><Key>k" + page + "</Key><Size>1</Size>"
                        + "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                        + ends[Math.min(page, ends.length - 1)] + "</ListBucketResult>"));
            }
        });
    }

    private static final String MORE = "<IsTruncated>true</IsTruncated>";

    @Test
    void aListThatIsCutWithoutATokenIsAFailure() throws Exception {
        try (RawServer server = listing(MORE);
                Bucket bucket = bucket(server)) {
            CallFailed failure = catchThrowableOfType(CallFailed.class, () -> bucket.list("k", listed -> {}));
            assertThat(failure).hasMessageContaining("LIST k in bucket bucket was cut");
        }
    }

    @Test
    void aListThatGivesOneTokenTwiceIsAFailure() throws Exception {
        try (RawServer server = listing(MORE + "<NextContinuationToken>t</NextContinuationToken>");
                Bucket bucket = bucket(server)) {
            CallFailed failure = catchThrowableOfType(CallFailed.class, () -> bucket.list("k", listed -> {}));
            assertThat(failure).hasMessageContaining("was cut").hasMessageContaining("the one before");
        }
    }

    @Test
    void aListOfSeveralPagesIsReadToItsEnd() throws Exception {
        List<String> keys = new ArrayList<>();
        try (RawServer server = listing(
                        MORE + "<NextContinuationToken>t</NextContinuationToken>", "<IsTruncated>false</IsTruncated>");
                Bucket bucket = bucket(server)) {
            bucket.list("k", listed -> keys.add(listed.key()));
        }
        assertThat(keys).containsExactly("k0", "k1");
    }

    /** Those that are older than 2025, of MinIO, Ceph and others, take no other checksum. */
    @Test
    void aServerThatWantsTheMd5OfADeletionGetsIt() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("");
        try (RawServer server = new RawServer(connection -> {
                    String head = connection.readHead();
                    byte[] bytes = connection.readBody(head);
                    body.set(new String(bytes, StandardCharsets.UTF_8));
                    boolean fits = head.contains("Content-MD5: " + md5(bytes) + "\r\n");
                    connection.write(
                            fits
                                    ? answer("<DeleteResult></DeleteResult>")
                                    : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                Bucket bucket = bucket(server)) {
            bucket.delete(List.of("a", "b"));
        }
        assertThat(body.get()).contains("<Key>a</Key>").contains("<Key>b</Key>");
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }
}
