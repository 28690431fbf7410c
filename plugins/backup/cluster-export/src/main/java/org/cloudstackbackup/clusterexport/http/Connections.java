/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one server, kept from request to request for a few seconds.
 *
 * <p>Safe for use by many threads; there are as many connections as threads that use it at once.
 */
public final class Connections implements AutoCloseable {
    /** Shorter than servers keep a connection that rests. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(4);

    private final Sockets sockets;
    private final Duration timeout;
    private final ConcurrentLinkedDeque<Connection> resting = new ConcurrentLinkedDeque<>();
    private final Set<Connection> working = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watch;
    private final Future<?> looking;
    private volatile boolean closed;

    /**
     * @param timeout for a request and its answer
     */
    public Connections(Sockets sockets, Duration timeout) {
        this.sockets = requireNonNull(sockets, "sockets is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "http-timeout");
            thread.setDaemon(true);
            return thread;
        });
        long look = Math.max(10, Math.min(1000, timeout.toMillis() / 10));
        looking = watch.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /**
     * Sends a request, and reads the head of the answer.
     *
     * @param head to its empty line
     * @param repeated hears of it when the request is sent once more, as its kept connection was found closed
     * @throws java.net.http.HttpTimeoutException when the time is over
     * @throws IOException when there is no answer for another reason
     */
    public Answer send(byte[] head, byte[] body, Runnable repeated) throws IOException {
        if (closed) {
            throw new IOException("The connections are closed");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        Connection kept = resting.pollFirst();
        if (kept != null) {
            try {
                return send(kept, head, body, deadline);
            } catch (IOException e) {
                if (kept.isLate() || kept.isAnswering() || sockets.isStopped()) {
                    throw e;
                }
                // The server closed it while it rested, or just now; what it did not read may be sent again.
                repeated.run();
            }
        }
        return send(sockets.connect(timeout), head, body, deadline);
    }

    private Answer send(Connection connection, byte[] head, byte[] body, long deadline) throws IOException {
        working.add(connection);
        boolean answered = false;
        try {
            Answer answer = new Answer(this, connection, connection.exchange(head, body, deadline));
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                release(connection, false);
            }
        }
    }

    /** Its answer is read, or given up. */
    void release(Connection connection, boolean readToItsEnd) {
        connection.rest();
        working.remove(connection);
        if (readToItsEnd && connection.isReusable() && !closed) {
            resting.addFirst(connection);
            if (closed && resting.remove(connection)) {
                connection.close();
            }
        } else {
            connection.close();
        }
    }

    private void look() {
        long now = System.nanoTime();
        working.forEach(connection -> connection.endIfLate(now));
        for (Connection connection : resting) {
            if (connection.isRestingSince(now - LONGEST_REST.toNanos()) && resting.remove(connection)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        looking.cancel(false);
        watch.shutdown();
        // Nobody looks after their time any more.
        working.forEach(Connection::close);
        resting.forEach(Connection::close);
        resting.clear();
    }
}
