/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection to an HTTP/1.1 server that is kept from request to request. For one thread at a time, but for
 * {@link #endIfLate}.
 */
final class StoreConnection {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_BODY = 64 << 10;
    /** Below it head and body leave as one piece. */
    private static final int ONE_PIECE = 32 << 10;

    private final Socket plain;
    private final Socket socket;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int limit;
    private boolean reusable = true;
    private boolean answering;
    private boolean busy;
    private boolean late;
    private long deadline;
    private long restingSince;

    /** An answer; the names of its headers are in small letters. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** {@code socket} is {@code plain} itself, or TLS over it. */
    StoreConnection(Socket plain, Socket socket) {
        this.plain = plain;
        this.socket = socket;
    }

    /**
     * Sends a request and reads its answer to the end.
     *
     * @throws IOException when there is none; then {@link #isLate} and {@link #isAnswering} tell more
     */
    Answer exchange(byte[] head, byte[] body, long deadlineNanos) throws IOException {
        begin(deadlineNanos);
        answering = false;
        IOException unsent = null;
        try {
            send(head, body);
        } catch (IOException e) {
            // A server may refuse before it has read it all, and say why.
            unsent = e;
            reusable = false;
        }
        try {
            Answer answer = answer();
            while (answer.status() / 100 == 1) {
                answer = answer();
            }
            return answer;
        } catch (IOException e) {
            reusable = false;
            if (unsent != null) {
                unsent.addSuppressed(e);
                throw unsent;
            }
            throw e;
        } finally {
            rest();
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

    private Answer answer() throws IOException {
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
        reusable &=
                !headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
        return new Answer(status, headers, body(status, headers));
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

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status / 100 == 1 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            reusable = false;
            return read(Long.MAX_VALUE);
        }
        if (!length.matches("\\d{1,15}")) {
            throw new IOException("The answer has a wrong Content-Length: " + length);
        }
        return read(Long.parseLong(length));
    }

    /** Up to so many bytes; what is over the limit is left in the connection, which then is not used again. */
    private byte[] read(long length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long left = length;
        while (left > 0 && body.size() < LONGEST_BODY && fill(length == Long.MAX_VALUE)) {
            int count = (int) Math.min(left, limit - position);
            body.write(buffer, position, count);
            position += count;
            left -= count;
        }
        reusable &= left == 0;
        return body.toByteArray();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (reusable) {
            String size = line().replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new IOException("The answer has a wrong chunk: " + size);
            }
            long length = Long.parseLong(size, 16);
            if (length == 0) {
                while (!line().isEmpty()) {
                    reusable &= body.size() <= LONGEST_BODY;
                }
                break;
            }
            body.writeBytes(read(length));
            reusable &= body.size() <= LONGEST_BODY && line().isEmpty();
        }
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            fill(false);
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

    /** Whether there is something to read; its absence is an error unless the end is allowed here. */
    private boolean fill(boolean endAllowed) throws IOException {
        if (position < limit) {
            return true;
        }
        InputStream in = socket.getInputStream();
        int count = in.read(buffer);
        if (count < 0) {
            if (endAllowed) {
                return false;
            }
            throw new EOFException(
                    "The server closed the connection" + (answering ? " in the middle of an answer" : ""));
        }
        answering = true;
        position = 0;
        limit = count;
        return true;
    }

    private synchronized void begin(long deadlineNanos) {
        deadline = deadlineNanos;
        busy = true;
    }

    private synchronized void rest() {
        busy = false;
        restingSince = System.nanoTime();
        reusable &= !late && position == limit;
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

    synchronized boolean isReusable() {
        return reusable;
    }

    synchronized boolean isRestingSince(long nanos) {
        return restingSince - nanos <= 0;
    }

    /** Closes what is below TLS, which never waits for anything. */
    void close() {
        try {
            plain.close();
        } catch (IOException e) {
            reusable = false;
        }
    }
}
