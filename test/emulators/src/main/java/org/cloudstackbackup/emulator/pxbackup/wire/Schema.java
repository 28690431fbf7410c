/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of the API, read from {@code messages.txt} beside this class. Does not change. */
public final class Schema {
    private static final Set<String> SCALARS =
            Set.of("string", "bool", "int32", "int64", "uint64", "time", "duration", "bytes");
    private static final Schema LOADED = load();

    private final Map<String, Map<String, Field>> messages;
    private final Map<String, EnumType> enums;

    private Schema(Map<String, Map<String, Field>> messages, Map<String, EnumType> enums) {
        this.messages = messages;
        this.enums = enums;
    }

    public static Schema get() {
        return LOADED;
    }

    /** The names of all messages. */
    public Set<String> messageNames() {
        return messages.keySet();
    }

    /** The names of all enumerations. */
    public Set<String> enumNames() {
        return enums.keySet();
    }

    /** Fields by the name they have in answers. */
    public Map<String, Field> message(String name) {
        Map<String, Field> fields = messages.get(name);
        if (fields == null) {
            throw new IllegalArgumentException("There is no message " + name);
        }
        return fields;
    }

    boolean isMessage(String type) {
        return messages.containsKey(type);
    }

    @Nullable
    EnumType enumType(String type) {
        return enums.get(type);
    }

    /** The symbols of an enumeration, in order. */
    public List<String> symbols(String enumName) {
        EnumType type = enums.get(enumName);
        if (type == null) {
            throw new IllegalArgumentException("There is no enumeration " + enumName);
        }
        return List.copyOf(type.numbers().keySet());
    }

    private static Schema load() {
        try (InputStream in = Schema.class.getResourceAsStream("messages.txt")) {
            if (in == null) {
                throw new IllegalStateException("messages.txt is missing beside " + Schema.class);
            }
            return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(List<String> lines) {
        Map<String, Map<String, Field>> messages = new LinkedHashMap<>();
        Map<String, EnumType> enums = new LinkedHashMap<>();
        Map<String, Field> current = Map.of();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split(" ");
            if (line.startsWith("message ")) {
                current = new LinkedHashMap<>();
                messages.put(words[1], current);
            } else if (line.startsWith("enum ")) {
                enums.put(words[1], enumeration(words));
            } else {
                current.put(words[0], field(words));
            }
        }
        return checked(new Schema(messages, enums));
    }

    private static Schema checked(Schema schema) {
        for (Map<String, Field> message : schema.messages.values()) {
            for (Field field : message.values()) {
                if (!SCALARS.contains(field.type())
                        && !schema.messages.containsKey(field.type())
                        && !schema.enums.containsKey(field.type())) {
                    throw new IllegalStateException("messages.txt names a type it does not have: " + field);
                }
            }
        }
        return schema;
    }

    private static Field field(String[] words) {
        String type = words[1];
        Shape shape = Shape.ONE;
        if (type.endsWith("[]")) {
            shape = Shape.LIST;
            type = type.substring(0, type.length() - 2);
        } else if (type.startsWith("{")) {
            shape = Shape.MAP;
            type = type.substring(1, type.length() - 1);
        }
        Line since = words.length > 2 ? Line.since(words[2].substring(1)) : new Line(0, 0, 0);
        return new Field(words[0], camel(words[0]), type, shape, since);
    }

    private static EnumType enumeration(String[] words) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Map<String, Line> since = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            String[] parts = words[i].split("@");
            String[] symbol = parts[0].split("=");
            numbers.put(symbol[0], symbol.length > 1 ? Integer.parseInt(symbol[1]) : i - 2);
            if (parts.length > 1) {
                since.put(symbol[0], Line.since(parts[1]));
            }
        }
        return new EnumType(words[1], numbers, since);
    }

    private static String camel(String name) {
        List<String> parts = new ArrayList<>(List.of(name.split("_")));
        StringBuilder camel = new StringBuilder(parts.remove(0));
        for (String part : parts) {
            camel.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return camel.toString();
    }

    /** How often a field's value occurs. */
    public enum Shape {
        ONE,
        LIST,
        MAP
    }

    /**
     * One field.
     *
     * @param name as declared, and as in answers
     * @param camel the other spelling that is taken
     * @param type of the value, of an item, or of a map's value
     */
    public record Field(String name, String camel, String type, Shape shape, Line since) {}

    record EnumType(String name, Map<String, Integer> numbers, Map<String, Line> since) {
        boolean knows(String symbol, Line line) {
            return numbers.containsKey(symbol) && line.knows(since.getOrDefault(symbol, new Line(0, 0, 0)));
        }

        @Nullable
        String symbol(int number) {
            for (Map.Entry<String, Integer> each : numbers.entrySet()) {
                if (each.getValue() == number) {
                    return each.getKey();
                }
            }
            return null;
        }
    }
}
