/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.http.Answer;
import org.cloudstackbackup.clusterexport.http.Connections;
import org.cloudstackbackup.clusterexport.http.Sockets;

/**
 * Stores small objects, of which a first run has many thousands: a signed head and a body over kept connections. The SDK,
 * which makes all other calls, takes twenty times the processor time for the same bytes.
 *
 * <p>Safe for use by many threads; there are as many connections as threads that use it at once.
 */
final class QuickPuts implements AutoCloseable {
    /** Larger ones better ask first whether they are wanted, as the SDK does. */
    static final int LARGEST_BYTES = 1 << 20;

    private static final int LONGEST_BODY = 64 << 10;

    private final Sockets sockets;
    private final SignatureV4 signature;
    private final String bucket;
    private final Clock clock;
    private final Connections connections;
    private final Runnable repeated;
    /** How far the store's clock is ahead of ours, once it has complained. */
    private volatile Duration ahead = Duration.ZERO;

    /** {@code repeated} hears of each request that is sent once more, as its kept connection was found closed. */
    QuickPuts(Sockets sockets, SignatureV4 signature, String bucket, Duration timeout, Clock clock, Runnable repeated) {
        this.sockets = requireNonNull(sockets, "sockets is null");
        this.signature = requireNonNull(signature, "signature is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.connections = new Connections(sockets, timeout);
        this.repeated = requireNonNull(repeated, "repeated is null");
    }

    /**
     * Stores an object, over what was there; tried once.
     *
     * @param sha256 of the body
     * @throws CallFailed when it is not surely stored
     */
    void put(String key, byte[] body, String contentType, byte[] sha256) {
        String what = "PUT " + key + " in bucket " + bucket;
        if (Thread.currentThread().isInterrupted()) {
            throw new Stopped("Stopped before " + what);
        }
        byte[] head = head(key, body.length, contentType, sha256);
        try (Answer answer = connections.send(head, body, repeated)) {
            byte[] text = answer.body().readNBytes(LONGEST_BODY);
            if (!answer.isSuccess()) {
                throw refused(what, answer, new String(text, StandardCharsets.UTF_8));
            }
        } catch (HttpTimeoutException e) {
            throw new CallFailed(ErrorClass.TIMEOUT, what + " got no answer in time", e);
        } catch (IOException e) {
            throw new CallFailed(ErrorClass.CONNECTION, what + " failed: " + e, e);
        }
    }

    private byte[] head(String key, int length, String contentType, byte[] sha256) {
        SignatureV4.Moment moment = signature.at(clock.instant().plus(ahead));
        String path = SignatureV4.encode("/" + bucket + "/" + key);
        String hash = HexFormat.of().formatHex(sha256);
        TreeMap<String, String> headers = new TreeMap<>();
        headers.put("content-type", contentType);
        headers.put("host", sockets.hostHeader());
        headers.put("x-amz-content-sha256", hash);
        headers.put("x-amz-date", moment.time());
        StringBuilder head = new StringBuilder(640);
        head.append("PUT ").append(path).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ")
                .append(length)
                .append("\r\nuser-agent: cluster-export\r\nauthorization: ")
                .append(moment.authorization("PUT", path, headers, hash))
                .append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private CallFailed refused(String what, Answer answer, String text) {
        String code = element(text, "Code");
        if (code.equals(S3Failures.SKEWED)) {
            ahead = clockOf(answer);
        }
        return S3Failures.refused(
                what, answer.status(), code, element(text, "Message"), answer.header("retry-after"), null);
    }

    /** What to add to our clock for the store's. */
    private Duration clockOf(Answer answer) {
        try {
            Instant now = ZonedDateTime.parse(answer.header("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(clock.instant(), now);
        } catch (DateTimeParseException e) {
            return ahead;
        }
    }

    /** The text of the first such element of an error; its characters are not decoded, as it only is read by people. */
    private static String element(String xml, String name) {
        int begin = xml.indexOf("<" + name + ">");
        int end = xml.indexOf("</" + name + ">");
        return begin < 0 || end < begin ? "" : xml.substring(begin + name.length() + 2, end);
    }

    @Override
    public void close() {
        connections.close();
    }
}
