/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an item that was passed over: of most items two or three members are asked for, and only those are read. It shows the item that was
 * found last, so it is to be read before the next one is. For one thread.
 */
final class ItemMetadata extends AbstractMap<String, @Nullable Object> {
    /** Each member has the places of its name, without the quotes, and of its value. */
    private static final int PLACES = 4;

    /** A member is no JSON; it is not found before somebody asks for it. */
    static final class NoJson extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private NoJson(IOException cause) {
            super(cause);
        }
    }

    private final Set<String> without;
    private byte[] bytes = {};
    private int start;
    private int[] places = new int[16 * PLACES];
    private @Nullable Object[] values = new Object[16];
    private boolean[] read = new boolean[16];
    private int members;
    /** A name has escapes, so that nobody knows what it is before a parser has read it. */
    private boolean escaped;

    /** Members of these names are as if they were not there. */
    ItemMetadata(Set<String> without) {
        this.without = requireNonNull(without, "without is null");
    }

    /** Begins a new item; it has no members yet. */
    void begin() {
        Arrays.fill(values, 0, members, null);
        members = 0;
        escaped = false;
    }

    /** Notes a member; its places are counted from where the item begins. */
    void add(int nameFrom, int nameTo, int from, int to) {
        if (members == read.length) {
            places = Arrays.copyOf(places, places.length * 2);
            values = Arrays.copyOf(values, values.length * 2);
            read = Arrays.copyOf(read, read.length * 2);
        }
        int at = members * PLACES;
        places[at] = nameFrom;
        places[at + 1] = nameTo;
        places[at + 2] = from;
        places[at + 3] = to;
        read[members++] = false;
    }

    /** Ends the item, and tells where it begins. */
    void end(byte[] buffer, int itemStart) {
        bytes = buffer;
        start = itemStart;
        for (int member = 0; member < members && !escaped; member++) {
            for (int at = start + places[member * PLACES]; at < start + places[member * PLACES + 1]; at++) {
                escaped |= bytes[at] == '\\';
            }
        }
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (!(key instanceof String name) || without.contains(name)) {
            return null;
        }
        if (escaped) {
            return all().get(name);
        }
        int member = indexOf(name);
        return member < 0 ? null : value(member);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return Collections.unmodifiableMap(all()).entrySet();
    }

    private Map<String, @Nullable Object> all() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int member = 0; member < members; member++) {
            String name = name(member);
            if (!without.contains(name)) {
                all.put(name, value(member));
            }
        }
        return all;
    }

    /** The last one counts, as for a parser. */
    private int indexOf(String name) {
        for (int member = members - 1; member >= 0; member--) {
            int at = member * PLACES;
            if (JsonScanner.is(bytes, start + places[at], start + places[at + 1], name)) {
                return member;
            }
        }
        return -1;
    }

    private String name(int member) {
        int from = start + places[member * PLACES];
        int to = start + places[member * PLACES + 1];
        return JsonScanner.isPlain(bytes, from, to) ? plain(from, to) : String.valueOf(parsed(from - 1, to + 1));
    }

    private @Nullable Object value(int member) {
        if (!read[member]) {
            values[member] = value(start + places[member * PLACES + 2], start + places[member * PLACES + 3]);
            read[member] = true;
        }
        return values[member];
    }

    private @Nullable Object value(int from, int to) {
        if (bytes[from] == '"' && JsonScanner.isPlain(bytes, from + 1, to - 1)) {
            return plain(from + 1, to - 1);
        }
        return parsed(from, to);
    }

    private String plain(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private @Nullable Object parsed(int from, int to) {
        try (JsonParser parser = JsonTree.FACTORY.createParser(bytes, from, to - from)) {
            parser.nextToken();
            return JsonTree.value(parser);
        } catch (IOException e) {
            throw new NoJson(e);
        }
    }
}
