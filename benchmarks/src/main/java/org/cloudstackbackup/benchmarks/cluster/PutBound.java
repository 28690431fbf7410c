/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The least that writing costs: bodies of given sizes that are there already, with their hashes, over kept connections. Signed
 * by Signature Version 4, as AWS takes no other and as the server then does for it what it does for the export.
 */
final class PutBound {
    private static final String TYPE = "application/x-yaml";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String NAMES = "content-type;host;x-amz-content-sha256;x-amz-date";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String day = TIME.format(Instant.now()).substring(0, 8);

    private final int port;
    private final String accessKey;
    private final String secretKey;
    private final String region;
    private final byte[] content;
    private final Map<Integer, String> hashes = new HashMap<>();

    PutBound(int port, String accessKey, String secretKey, String region, int largest) {
        this.port = port;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
        this.content = new byte[largest];
        java.util.Arrays.fill(content, (byte) 'x');
    }

    /** Makes a bucket. */
    void makeBucket(String name) throws IOException, GeneralSecurityException {
        hashes.computeIfAbsent(0, this::hash);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String path = "/" + name;
            put(socket.getOutputStream(), signer(), path, 0);
            expectOk(new BufferedInputStream(socket.getInputStream()), path);
        }
    }

    /** Seconds for one object of each size, so many at once, under a prefix of the bucket. */
    double run(String bucket, String prefix, List<Integer> sizes, int concurrency)
            throws InterruptedException, ExecutionException {
        for (int size : sizes) {
            hashes.computeIfAbsent(size, this::hash);
        }
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try {
            AtomicInteger next = new AtomicInteger();
            long begin = System.nanoTime();
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < concurrency; i++) {
                workers.add(threads.submit(() -> {
                    work(bucket, prefix, sizes, next);
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(String bucket, String prefix, List<Integer> sizes, AtomicInteger next)
            throws IOException, GeneralSecurityException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            Mac mac = signer();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = next.getAndIncrement(); i < sizes.size(); i = next.getAndIncrement()) {
                String path = "/%s/%s/ns-%d/things/%06d.yaml".formatted(bucket, prefix, i % 50, i);
                put(out, mac, path, sizes.get(i));
                expectOk(in, path);
            }
        }
    }

    private String hash(int size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, 0, size);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of Java", e);
        }
    }

    private void put(OutputStream out, Mac mac, String path, int size) throws IOException, GeneralSecurityException {
        String time = TIME.format(Instant.now());
        String hash = Objects.requireNonNull(hashes.get(size), "size is not one of those given");
        String signed = "content-type:" + TYPE + "\nhost:127.0.0.1:" + port + "\nx-amz-content-sha256:" + hash
                + "\nx-amz-date:" + time + "\n";
        byte[] request =
                ("PUT\n" + path + "\n\n" + signed + "\n" + NAMES + "\n" + hash).getBytes(StandardCharsets.UTF_8);
        String text = ALGORITHM + "\n" + time + "\n" + scope() + "\n"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(request));
        String signature = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        byte[] head = ("PUT " + path + " HTTP/1.1\r\n" + signed.replace("\n", "\r\n") + "content-length:" + size
                        + "\r\nauthorization:" + ALGORITHM + " Credential=" + accessKey + "/" + scope()
                        + ", SignedHeaders=" + NAMES + ", Signature=" + signature + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + size];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(content, 0, message, head.length, size);
        out.write(message);
    }

    private String scope() {
        return day + "/" + region + "/s3/aws4_request";
    }

    /** Signs for one day, with the key made for it. */
    private Mac signer() throws GeneralSecurityException {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(day, region, "s3", "aws4_request")) {
            key = hmac(key).doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        return hmac(key);
    }

    private static Mac hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac;
    }

    private static void expectOk(InputStream in, String path) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("PUT " + path + " was answered with " + status + " " + body);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The S3 server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
