/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/** What follows the head of an answer, without its frames. Its connection is free when it is closed. For one thread. */
final class Body extends InputStream {
    private static final int MOST_DIGITS = 8;

    private final Connections connections;
    private final Connection connection;
    private final boolean chunked;
    private final boolean endless;
    /** Of the chunk, or of all. */
    private long left;

    private boolean begun;
    private boolean ended;
    private boolean closed;

    Body(Connections connections, Connection connection, Connection.Head head) throws IOException {
        this.connections = connections;
        this.connection = connection;
        this.chunked = head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
        boolean none = head.status() == 204 || head.status() == 304;
        String length = head.header("content-length");
        this.endless = !none && !chunked && length.isEmpty();
        if (!none && !chunked && !length.isEmpty()) {
            if (!length.matches("\\d{1,15}")) {
                throw new IOException("The answer has a wrong Content-Length: " + length);
            }
            left = Long.parseLong(length);
        }
        ended = none || !chunked && !endless && left == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = connection.read(bytes, offset, endless ? length : (int) Math.min(length, left));
        if (count < 0 && !endless) {
            throw connection.cut();
        }
        if (endless) {
            ended = count < 0;
        } else {
            left -= count;
            ended = !chunked && left == 0;
        }
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !connection.line().isEmpty()) {
            throw new IOException("The answer has a chunk that is longer than it said");
        }
        begun = true;
        left = size(connection.line());
        if (left == 0) {
            connection.trailers();
            ended = true;
        }
    }

    /** Of a chunk, by the line above it. */
    private static long size(String line) throws IOException {
        int end = line.indexOf(';');
        String digits = (end < 0 ? line : line.substring(0, end)).strip();
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IOException("The answer has a wrong chunk: " + digits);
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    /** A body that was not read to its end costs its connection, which else would have to wait for the rest. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            connections.release(connection, ended && !endless);
        }
    }
}
