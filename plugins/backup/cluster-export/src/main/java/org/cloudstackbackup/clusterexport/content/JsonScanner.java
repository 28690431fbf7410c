/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the values of JSON documents in a stream without building them: most objects of a cluster did not change since the run before, and are
 * only passed over. It checks no more than it has to for that; what is taken from it is read, and checked, by a parser, but for plain texts. For one
 * thread.
 */
public final class JsonScanner {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_BYTES = 64 << 20;
    private static final byte[] METADATA = "\"metadata\"".getBytes(StandardCharsets.US_ASCII);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long ESCAPES = ONES * '\\';

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BYTES];
    private ByteBuffer words = wrap(buffer);
    /** Where the value begins that is kept; all that is before it may go. */
    private int start;

    private int position;
    private int limit;
    private long passed;

    public JsonScanner(InputStream in) {
        this.in = requireNonNull(in, "in is null");
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Enters an object or an array, and tells whether there is something in it. */
    public boolean enter(char open, char close) throws IOException {
        expect(open);
        if (peek() != close) {
            return true;
        }
        position++;
        return false;
    }

    /** Goes on to the next member or element, or behind the end. */
    public boolean another(char close) throws IOException {
        byte next = peek();
        position++;
        if (next == ',') {
            return true;
        }
        if (next != close) {
            throw unexpected(next, "',' or '" + close + "'");
        }
        return false;
    }

    /** The name of a member, without its quotes; stands at its value afterwards. */
    String name() throws IOException {
        keep();
        string();
        String name = new String(buffer, start + 1, position - start - 2, StandardCharsets.UTF_8);
        expect(':');
        return name;
    }

    /** The first byte of the next value; no white space. */
    public byte peek() throws IOException {
        while (true) {
            while (position < limit) {
                byte next = buffer[position];
                if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                    return next;
                }
                position++;
            }
            fill();
        }
    }

    /** Passes over a value, which {@link #value} gives until the next one is looked at. */
    public void pass() throws IOException {
        keep();
        skip();
    }

    /** Whether the last value is this text, written without escapes. */
    public boolean isText(String text) {
        return buffer[start] == '"' && is(buffer, start + 1, position - 1, text);
    }

    /** Whether these bytes are a text that is written without escapes. */
    static boolean is(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i) || bytes[from + i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * The last value as a text: what stands between its quotes, or the number, {@code true}, {@code false} or {@code null} that it is.
     *
     * @throws IOException when it is an object or an array, or no JSON
     */
    public String text() throws IOException {
        if (buffer[start] == '{' || buffer[start] == '[') {
            throw unexpected(buffer[start], "a single value");
        }
        int quote = buffer[start] == '"' ? 1 : 0;
        if (isPlain(buffer, start + quote, position - quote)) {
            return new String(buffer, start + quote, position - start - 2 * quote, StandardCharsets.US_ASCII);
        }
        try (JsonParser parser = JsonTree.FACTORY.createParser(buffer, start, position - start)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** Whether each byte of a text is the character it stands for. */
    static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < ' ' || bytes[at] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Passes over an object as {@link #pass} does, and shows its metadata, which has no members if it is no object. */
    void passItem(ItemMetadata found) throws IOException {
        keep();
        found.begin();
        for (boolean more = enter('{', '}'); more; more = another('}')) {
            if (peek() != '"') {
                throw unexpected(buffer[position], "a name");
            }
            int name = position - start;
            string();
            boolean metadata = Arrays.equals(buffer, start + name, position, METADATA, 0, METADATA.length);
            expect(':');
            if (!metadata) {
                skip();
            } else {
                found.begin();
                passMembers(found);
            }
        }
        found.end(buffer, start);
    }

    private void passMembers(ItemMetadata found) throws IOException {
        if (peek() != '{') {
            skip();
            return;
        }
        for (boolean more = enter('{', '}'); more; more = another('}')) {
            peek();
            int name = position - start;
            string();
            int nameEnd = position - start;
            expect(':');
            peek();
            int from = position - start;
            skip();
            found.add(name + 1, nameEnd - 1, from, position - start);
        }
    }

    /** The last value. */
    public byte[] value() {
        return Arrays.copyOfRange(buffer, start, position);
    }

    /** Reads to the end of the stream, where nothing more may stand; the connection can be used again only then. */
    void end() throws IOException {
        if (!isAtEnd()) {
            throw unexpected(buffer[position], "the end");
        }
    }

    /** Whether the stream ends behind the last value; reads on until that is known. */
    public boolean isAtEnd() throws IOException {
        while (true) {
            for (; position < limit; position++) {
                if (buffer[position] > ' ') {
                    return false;
                }
            }
            start = 0;
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            passed += limit;
            if (limit == 0) {
                return true;
            }
        }
    }

    /** How many bytes were read so far. */
    long bytes() {
        return passed;
    }

    private void keep() throws IOException {
        peek();
        start = position;
    }

    private void expect(char wanted) throws IOException {
        byte next = peek();
        if (next != wanted) {
            throw unexpected(next, "'" + wanted + "'");
        }
        position++;
    }

    private static IOException unexpected(byte found, String wanted) {
        return new IOException("Expected " + wanted + " in JSON, got the byte 0x" + Integer.toHexString(found & 0xff));
    }

    private void skip() throws IOException {
        byte first = peek();
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            nested();
        } else {
            plain();
        }
    }

    private void nested() throws IOException {
        int depth = 0;
        do {
            while (position == limit) {
                fill();
            }
            switch (buffer[position]) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    position++;
                }
                case '}', ']' -> {
                    depth--;
                    position++;
                }
                default -> position++;
            }
        } while (depth > 0);
    }

    /** A number, true, false or null. */
    private void plain() throws IOException {
        int from = position - start;
        while (true) {
            for (; position < limit; position++) {
                byte next = buffer[position];
                boolean part = (next >= '0' && next <= '9')
                        || (next >= 'a' && next <= 'z')
                        || next == '-'
                        || next == '+'
                        || next == '.'
                        || next == 'E';
                if (!part && position - start == from) {
                    throw unexpected(next, "a value");
                }
                if (!part) {
                    return;
                }
            }
            fill();
        }
    }

    private void string() throws IOException {
        if (peek() != '"') {
            throw unexpected(buffer[position], "a text");
        }
        position++;
        while (true) {
            int at = mark(position);
            position = at;
            if (at == limit) {
                fill();
            } else if (buffer[at] == '"') {
                position++;
                return;
            } else {
                // What is escaped ends no text, whatever it is.
                position++;
                while (position == limit) {
                    fill();
                }
                position++;
            }
        }
    }

    /** The place of the next quote or backslash, or the limit; eight bytes are looked at together. */
    private int mark(int from) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long word = words.getLong(at);
            long quotes = word ^ QUOTES;
            long escapes = word ^ ESCAPES;
            long found = (((quotes - ONES) & ~quotes) | ((escapes - ONES) & ~escapes)) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < limit && buffer[at] != '"' && buffer[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Reads more behind what is kept. */
    private void fill() throws IOException {
        if (limit == buffer.length) {
            byte[] old = buffer;
            int kept = limit - start;
            if (kept > old.length / 2) {
                if (old.length >= MOST_BYTES) {
                    throw new IOException("A value is larger than " + MOST_BYTES + " bytes");
                }
                buffer = new byte[old.length * 2];
                words = wrap(buffer);
            }
            System.arraycopy(old, start, buffer, 0, kept);
            position -= start;
            limit = kept;
            start = 0;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            throw new EOFException("The JSON is cut");
        }
        limit += count;
        passed += count;
    }
}
