/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, booleans, {@code Long}, {@code BigInteger}, {@code BigDecimal} and null. */
public final class JsonTree {
    private static final int LONGEST_TEXT = 64 << 20;

    /** Safe for use by many threads. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private JsonTree() {}

    /** The object that the stream holds; fails with {@link IOException} when it holds something else or is cut. */
    public static Map<String, @Nullable Object> readObject(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Expected a JSON object, got " + parser.currentToken());
            }
            return object(parser);
        }
    }

    /** The object that the text holds. */
    public static Map<String, @Nullable Object> readObject(String text) {
        try {
            return readObject(new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON object", e);
        }
    }

    /** The value the parser stands at. */
    static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> null;
        };
    }

    /** The object the parser stands at the beginning of. */
    public static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> list(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /** The map at a key; empty when there is none. Changes to it change the tree only where it is there. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> map(Map<String, ?> tree, String key) {
        Object value = tree.get(key);
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : new LinkedHashMap<>();
    }

    /** The list at a key; empty when there is none. */
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> list(Map<String, ?> tree, String key) {
        Object value = tree.get(key);
        return value instanceof List<?> ? (List<@Nullable Object>) value : List.of();
    }

    /** The maps in the list at a key. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, @Nullable Object>> maps(Map<String, ?> tree, String key) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (Object item : list(tree, key)) {
            if (item instanceof Map<?, ?>) {
                maps.add((Map<String, @Nullable Object>) item);
            }
        }
        return maps;
    }

    /** The text at a key; empty when there is none. */
    public static String text(Map<String, ?> tree, String key) {
        return Objects.toString(tree.get(key), "");
    }

    /** A map of keys and values, in this order. */
    public static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
