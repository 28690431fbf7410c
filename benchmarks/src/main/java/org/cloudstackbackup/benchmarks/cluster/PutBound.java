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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The least that writing costs: bodies of given sizes that are there already, over kept connections, with the shorter signature. */
final class PutBound {
    private static final String TYPE = "application/x-yaml";

    private final int port;
    private final String accessKey;
    private final String secretKey;
    private final byte[] content;

    PutBound(int port, String accessKey, String secretKey, int largest) {
        this.port = port;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.content = new byte[largest];
        java.util.Arrays.fill(content, (byte) 'x');
    }

    /** Seconds for one object of each size, so many at once, under a prefix of the bucket. */
    double run(String bucket, String prefix, List<Integer> sizes, int concurrency)
            throws InterruptedException, ExecutionException {
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
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = next.getAndIncrement(); i < sizes.size(); i = next.getAndIncrement()) {
                String path = "/%s/%s/ns-%d/things/%06d.yaml".formatted(bucket, prefix, i % 50, i);
                put(out, path, sizes.get(i));
                expectOk(in, path);
            }
        }
    }

    private void put(OutputStream out, String path, int size) throws IOException, GeneralSecurityException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] text = ("PUT\n\n" + TYPE + "\n" + date + "\n" + path).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(text));
        byte[] head = ("PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nDate: " + date
                        + "\r\nContent-Type: " + TYPE + "\r\nContent-Length: " + size + "\r\nAuthorization: AWS "
                        + accessKey + ":" + signature + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + size];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(content, 0, message, head.length, size);
        out.write(message);
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
