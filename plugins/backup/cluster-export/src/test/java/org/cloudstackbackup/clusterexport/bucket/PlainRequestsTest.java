/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.junit.jupiter.api.Test;

/** Requests hold nothing that S3 servers other than Amazon's refuse: what is on the wire, header by header. */
class PlainRequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** All that any request may carry; what is not here is new, and has to be looked at first. */
    private static final Set<String> KNOWN = Set.of(
            "host",
            "authorization",
            "x-amz-date",
            "x-amz-content-sha256",
            "content-length",
            "content-type",
            "content-md5",
            "connection",
            "user-agent",
            "accept",
            "accept-encoding",
            "expect",
            "if-match",
            "if-none-match",
            "range",
            "amz-sdk-invocation-id",
            "amz-sdk-request");

    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();

    private static Bucket bucket(RawServer server) {
        Retry retry = new Retry(0, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        URI endpoint = URI.create("http://127.0.0.1:" + server.port());
        StoreSettings settings = new StoreSettings(endpoint, "access", "secret", "bucket", "us-east-1", "", false);
        return Bucket.open(settings, 4, PATIENCE, retry);
    }

    /** A server that says yes to everything; bodies are kept by method. */
    private RawServer agreeing() throws Exception {
        return new RawServer(connection -> {
            for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
                bodies.put(head.replaceFirst("(?s) .*", ""), connection.readBody(head));
                connection.write(answer(head));
            }
        });
    }

    private static String answer(String head) {
        String body = "";
        if (head.startsWith("GET /bucket?")) {
            body = "<?xml version=\"1.0\"?>\n<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        } else if (head.startsWith("POST ")) {
            body = "<?xml version=\"1.0\"?>\n<DeleteResult></DeleteResult>";
        } else if (head.startsWith("GET ")) {
            body = "{}";
        }
        return "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nDate: Sat, 21 Nov 2026 10:00:00 GMT\r\n"
                + "Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** The headers of the only request that a call sends; names are small. */
    private Map<String, String> sent(Consumer<Bucket> call) throws Exception {
        try (RawServer server = agreeing();
                Bucket bucket = bucket(server)) {
            call.accept(bucket);
            assertThat(server.heads()).hasSize(1);
            Map<String, String> headers = new TreeMap<>();
            server.heads()
                    .get(0)
                    .lines()
                    .skip(1)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> {
                        String[] pair = line.split(": ", 2);
                        headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
                    });
            return headers;
        }
    }

    private static byte[] body(int size) {
        return "x".repeat(size).getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] body) throws Exception {
        return String.format(
                "%064x",
                new java.math.BigInteger(1, MessageDigest.getInstance("SHA-256").digest(body)));
    }

    private static void assertPlain(Map<String, String> headers) {
        Set<String> unknown = new TreeSet<>(headers.keySet());
        unknown.removeAll(KNOWN);
        assertThat(unknown).isEmpty();
        assertThat(headers.keySet())
                .noneMatch(name -> name.contains("checksum") || name.contains("trailer"))
                .doesNotContain("transfer-encoding", "content-encoding");
        assertThat(headers.get("x-amz-content-sha256"))
                .doesNotContain("STREAMING")
                .doesNotContain("TRAILER");
        assertThat(headers.get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=access/")
                .doesNotContain("checksum");
    }

    @Test
    void aSmallObjectIsSentPlain() throws Exception {
        Map<String, String> headers = sent(bucket -> bucket.put("k", body(100), "text/plain"));
        assertPlain(headers);
        assertThat(headers)
                .containsEntry("content-length", "100")
                .containsEntry("x-amz-content-sha256", hex(body(100)))
                .doesNotContainKeys("expect", "content-md5");
        assertThat(bodies.get("PUT")).isEqualTo(body(100));
    }

    @Test
    void aLargeObjectIsSentPlain() throws Exception {
        int size = QuickPuts.LARGEST_BYTES + 1;
        Map<String, String> headers = sent(bucket -> bucket.put("k", body(size), "application/gzip"));
        assertPlain(headers);
        assertThat(headers).containsEntry("content-length", String.valueOf(size));
        assertThat(headers.get("x-amz-content-sha256")).isIn(hex(body(size)), "UNSIGNED-PAYLOAD");
        assertThat(bodies.get("PUT")).as("the body as it is, in no frames").isEqualTo(body(size));
    }

    @Test
    void aConditionalWriteIsSentPlain() throws Exception {
        Map<String, String> first = sent(bucket -> bucket.putIf("lock", body(10), null, PATIENCE));
        assertPlain(first);
        assertThat(first).containsEntry("if-none-match", "*");
        assertThat(bodies.get("PUT")).isEqualTo(body(10));
        Map<String, String> next = sent(bucket -> bucket.putIf("lock", body(10), "\"1\"", PATIENCE));
        assertPlain(next);
        assertThat(next).containsEntry("if-match", "\"1\"");
    }

    @Test
    void readsAskForNoChecksums() throws Exception {
        assertPlain(sent(bucket -> bucket.get("k")));
        Map<String, String> range = sent(bucket -> bucket.getRange("k", 3, 5));
        assertPlain(range);
        assertThat(range).containsEntry("range", "bytes=3-7");
        assertPlain(sent(bucket -> bucket.list("prefix/", listed -> {})));
        assertPlain(sent(bucket -> bucket.check(false)));
        assertPlain(sent(Bucket::time));
    }

    @Test
    void aDeletionOfManyHasTheMd5ThatEveryServerKnows() throws Exception {
        Map<String, String> headers = sent(bucket -> bucket.delete(List.of("a", "b")));
        assertPlain(headers);
        byte[] sent = bodies.get("POST");
        assertThat(new String(sent, StandardCharsets.UTF_8)).contains("<Key>a</Key>", "<Key>b</Key>");
        assertThat(headers)
                .containsEntry(
                        "content-md5",
                        Base64.getEncoder()
                                .encodeToString(MessageDigest.getInstance("MD5").digest(sent)));
    }

    @Test
    void aBucketIsMadePlain() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
                        connection.readBody(head);
                        connection.write(
                                head.startsWith("HEAD ")
                                        ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                                        : answer(head));
                    }
                });
                Bucket bucket = bucket(server)) {
            bucket.check(true);
            assertThat(server.heads()).hasSize(2);
            String head = server.heads().get(1).toLowerCase(Locale.ROOT);
            assertThat(head)
                    .startsWith("put /bucket")
                    .doesNotContain("checksum")
                    .doesNotContain("trailer");
        }
    }
}
