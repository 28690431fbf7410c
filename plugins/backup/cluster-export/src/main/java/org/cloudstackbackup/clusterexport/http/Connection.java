/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to an HTTP/1.1 server. For one thread at a time, but for {@link #endIfLate} and {@link #close}. */
final class Connection {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;
    /** Below it head and body leave as one piece. */
    private static final int ONE_PIECE = 32 << 10;

    private final Socket plain;
    private final Socket socket;
    private final Duration timeout;
    private final byte[] buffer = new byte[8 << 10];
    private int position;
    private int limit;
    private boolean reusable = true;
    private boolean answering;
    private boolean eachRead;
    private boolean busy;
    private boolean late;
    private long deadline;
    private long restingSince;

    /** {@code socket} is {@code plain} itself, or TLS over it. */
    Connection(Socket plain, Socket socket, Duration timeout) {
        this.plain = requireNonNull(plain, "plain is null");
        this.socket = requireNonNull(socket, "socket is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /** The head of an answer; the names of its headers are in small letters. */
    record Head(int status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /**
     * Sends a request and reads the head of its answer. The body is read under the same deadline, unless {@link #limitEachRead} is called.
     *
     * @throws IOException when there is none; then {@link #isLate} and {@link #isAnswering} tell more
     */
    Head exchange(byte[] head, byte[] body, long deadlineNanos) throws IOException {
        eachRead = false;
        answering = false;
        begin(deadlineNanos);
        if (System.nanoTime() - deadlineNanos >= 0) {
            throw new HttpTimeoutException("the time was over before the request was sent");
        }
        IOException unsent = null;
        try {
            send(head, body);
        } catch (IOException e) {
            // A server may refuse before it has read it all, and say why.
            unsent = e;
            reusable = false;
        }
        try {
            Head answer = head();
            while (answer.status() / 100 == 1) {
                answer = head();
            }
            return answer;
        } catch (IOException e) {
            if (unsent == null || e instanceof HttpTimeoutException) {
                throw e;
            }
            unsent.addSuppressed(e);
            throw unsent;
        }
    }

    private void send(byte[] head, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (head.length + body.length <= ONE_PIECE) {
            byte[] all = new byte[head.length + body.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            out.write(all);
        } else {
            out.write(head);
            out.write(body);
        }
        out.flush();
    }

    private Head head() throws IOException {
        int status = status(line());
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() > MOST_HEADERS) {
                throw new IOException("The answer has a wrong header, or too many");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        Head head = new Head(status, headers);
        reusable &= !head.header("connection").toLowerCase(Locale.ROOT).contains("close");
        return head;
    }

    private int status(String line) throws IOException {
        // HTTP/1.1 200 OK
        if (line.startsWith("HTTP/1.") && line.length() >= 12) {
            int status = 0;
            for (int i = 9; i < 12; i++) {
                status = status * 10 + Character.digit(line.charAt(i), 10);
            }
            if (status >= 100 && status <= 599) {
                reusable &= line.charAt(7) == '1';
                return status;
            }
        }
        throw new IOException("The answer is no HTTP: " + line.substring(0, Math.min(line.length(), 80)));
    }

    /** The next line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (position == limit && !fill()) {
                throw cut();
            }
            byte b = buffer[position++];
            if (b == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("The answer has a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) (b & 0xff));
        }
    }

    /** Passes over the headers behind a body, which say nothing that is asked for. */
    void trailers() throws IOException {
        int count = 0;
        while (!line().isEmpty()) {
            if (count++ > MOST_HEADERS) {
                throw new IOException("The answer has too many trailers");
            }
        }
    }

    /** Some of the next bytes; -1 when the server has closed. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= buffer.length / 2) {
                return receive(bytes, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, count);
        position += count;
        return count;
    }

    /** The server has closed where an answer should go on. */
    EOFException cut() {
        return new EOFException("The server closed the connection" + (answering ? " in the middle of an answer" : ""));
    }

    private boolean fill() throws IOException {
        int count = receive(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(0, count);
        return count > 0;
    }

    private int receive(byte[] bytes, int offset, int length) throws IOException {
        if (eachRead) {
            begin(System.nanoTime() + timeout.toNanos());
        }
        try {
            int count = socket.getInputStream().read(bytes, offset, length);
            if (!isLate()) {
                answering |= count > 0;
                return count;
            }
        } catch (IOException e) {
            if (!isLate()) {
                throw e;
            }
        } finally {
            if (eachRead) {
                rest();
            }
        }
        throw new HttpTimeoutException("nothing more came within " + timeout.toMillis() + " ms");
    }

    /** From now on each read has the whole time, and what is done between reads does not count. */
    void limitEachRead() {
        eachRead = true;
        rest();
    }

    private synchronized void begin(long deadlineNanos) {
        deadline = deadlineNanos;
        busy = true;
    }

    /** Nothing is waited for. */
    synchronized void rest() {
        busy = false;
        restingSince = System.nanoTime();
    }

    /** Ends what goes on when its time is over; whoever waits for it gets an exception. */
    synchronized void endIfLate(long now) {
        if (busy && now - deadline > 0) {
            late = true;
            close();
        }
    }

    /** Whether a request took too long. */
    synchronized boolean isLate() {
        return late;
    }

    /** Whether the last request was answered, at least in part. */
    boolean isAnswering() {
        return answering;
    }

    /** Whether another request can follow an answer that was read to its end. */
    boolean isReusable() {
        return reusable && !isLate() && position == limit;
    }

    synchronized boolean isRestingSince(long nanos) {
        return restingSince - nanos <= 0;
    }

    /** Closes what is below TLS, which never waits for anything. */
    void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is not used again in any case.
            reusable = false;
        }
    }
}
