/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and the S3 server: counts requests by method, notes what is put, and holds each PUT back for a while. */
final class S3Relay implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("^(GET|HEAD|PUT|POST|DELETE) (/\\S*)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    /** As long as a head may be. */
    private static final int HEAD = 4096;

    private static final int CHUNK = 1 << 16;

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
    private volatile Duration putDelay = Duration.ZERO;

    private S3Relay(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static S3Relay to(int port) throws IOException {
        S3Relay relay = new S3Relay(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), port);
        relay.threads.execute(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    void delayPuts(Duration delay) {
        putDelay = delay;
    }

    /** Requests by method since the last call. */
    Map<String, Long> takeCounts() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((method, count) -> counts.put(method, count.sumThenReset()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** The sizes of what was put under a path. */
    List<Integer> sizes(String path) {
        return sizes.entrySet().stream()
                .filter(put -> put.getKey().startsWith(path))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket("127.0.0.1", target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                AtomicBoolean answered = new AtomicBoolean(true);
                threads.execute(() -> pump(client, server, answered, true));
                threads.execute(() -> pump(server, client, answered, false));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new IllegalStateException("The relay ended", e);
            }
        }
    }

    /** Until one side closes, then closes both. */
    private void pump(Socket from, Socket to, AtomicBoolean answered, boolean fromClient) {
        byte[] buffer = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!fromClient) {
                    answered.set(true);
                } else if (answered.getAndSet(false)) {
                    begin(buffer, read);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // A closed connection is how each of them ends; the client that lost an answer reports it.
            answered.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What comes after an answer is a request, or the body that a 100 asked for. */
    private void begin(byte[] buffer, int length) throws InterruptedException {
        String head = new String(buffer, 0, Math.min(length, HEAD), StandardCharsets.ISO_8859_1);
        Matcher matcher = REQUEST.matcher(head);
        if (matcher.find()) {
            String method = matcher.group(1);
            requests.computeIfAbsent(method, name -> new LongAdder()).increment();
            if (method.equals("PUT")) {
                Matcher size = LENGTH.matcher(head);
                if (!size.find()) {
                    throw new IllegalStateException("A PUT does not say its length at once: " + head);
                }
                sizes.put(matcher.group(2), Integer.valueOf(size.group(1)));
                if (!putDelay.isZero()) {
                    TimeUnit.NANOSECONDS.sleep(putDelay.toNanos());
                }
            }
        }
    }
}
