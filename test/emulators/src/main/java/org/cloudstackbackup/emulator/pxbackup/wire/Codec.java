/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup.wire;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudstackbackup.emulator.pxbackup.wire.Schema.EnumType;
import org.cloudstackbackup.emulator.pxbackup.wire.Schema.Field;
import org.cloudstackbackup.emulator.pxbackup.wire.Schema.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Turns bodies and query parameters into messages and back, as the server's gateway does.
 *
 * <p>Inside, a message is a {@link JsonObject} with declared names, symbols of enumerations and plain numbers; what is zero is
 * absent. Fields the imitated line does not know are dropped both ways. For many threads.
 */
public final class Codec {
    private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);
    private static final Pattern MAP_KEY = Pattern.compile("([^\\[]+)\\[(.*)]");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");
    private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(64);

    private final Schema schema = Schema.get();
    private final Line line;
    private final boolean lenient;

    /** @param lenient forgive the official client's two slips: the word None as number, and maps as plain query keys */
    public Codec(Line line, boolean lenient) {
        this.line = requireNonNull(line, "line is null");
        this.lenient = lenient;
    }

    /** Reads a body; an empty one is an empty message. */
    public JsonObject read(String message, String body) {
        return body.isBlank() ? new JsonObject() : message(message, parse(body));
    }

    /** Reads query parameters, in their order. */
    public JsonObject readQuery(String message, List<Map.Entry<String, String>> parameters) {
        JsonObject out = new JsonObject();
        for (Map.Entry<String, String> each : parameters) {
            if (!each.getValue().isEmpty()) {
                queryParameter(out, message, each.getKey(), each.getValue(), parameters);
            }
        }
        return out;
    }

    /** The message as the server would send it. */
    public JsonObject write(String message, JsonObject value) {
        JsonObject out = new JsonObject();
        for (Field field : schema.message(message).values()) {
            JsonElement raw = value.get(field.name());
            if (raw != null && line.knows(field.since())) {
                JsonElement written = writeField(field, raw);
                if (written != null) {
                    out.add(field.name(), written);
                }
            }
        }
        return out;
    }

    private static JsonElement parse(String body) {
        JsonReader reader = new JsonReader(new StringReader(body));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement parsed = JSON.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw ApiFailure.invalid("invalid character after top-level value");
            }
            return parsed;
        } catch (IOException | com.google.gson.JsonParseException | NumberFormatException e) {
            throw ApiFailure.invalid("invalid JSON: " + e.getMessage());
        }
    }

    private JsonObject message(String type, JsonElement raw) {
        if (!raw.isJsonObject()) {
            throw ApiFailure.invalid("json: cannot unmarshal " + kind(raw) + " into message " + type);
        }
        JsonObject in = raw.getAsJsonObject();
        JsonObject out = new JsonObject();
        for (Field field : schema.message(type).values()) {
            JsonElement given = in.has(field.name()) ? in.get(field.name()) : in.get(field.camel());
            if (given != null && !given.isJsonNull() && line.knows(field.since())) {
                JsonElement read = readField(field, given);
                if (read != null) {
                    out.add(field.name(), read);
                }
            }
        }
        return out;
    }

    private @Nullable JsonElement readField(Field field, JsonElement given) {
        return switch (field.shape()) {
            case ONE -> nonZero(field, one(field, given));
            case LIST -> list(field, given);
            case MAP -> map(field, given);
        };
    }

    private @Nullable JsonElement list(Field field, JsonElement given) {
        if (!given.isJsonArray()) {
            throw mismatch(field, given);
        }
        JsonArray out = new JsonArray();
        for (JsonElement each : given.getAsJsonArray()) {
            if (each.isJsonNull()) {
                throw mismatch(field, each);
            }
            out.add(one(field, each));
        }
        return out.isEmpty() ? null : out;
    }

    private @Nullable JsonElement map(Field field, JsonElement given) {
        if (!given.isJsonObject()) {
            throw mismatch(field, given);
        }
        JsonObject out = new JsonObject();
        for (Map.Entry<String, JsonElement> each : given.getAsJsonObject().entrySet()) {
            if (!each.getValue().isJsonNull()) {
                out.add(each.getKey(), one(field, each.getValue()));
            }
        }
        return out.isEmpty() ? null : out;
    }

    private JsonElement one(Field field, JsonElement given) {
        EnumType enumeration = schema.enumType(field.type());
        if (enumeration != null) {
            return enumValue(field, enumeration, given);
        }
        if (schema.isMessage(field.type())) {
            return message(field.type(), given);
        }
        if (!given.isJsonPrimitive()) {
            throw mismatch(field, given);
        }
        JsonPrimitive value = given.getAsJsonPrimitive();
        return switch (field.type()) {
            case "bool" -> {
                if (!value.isBoolean()) {
                    throw mismatch(field, given);
                }
                yield value;
            }
            case "int32", "int64", "uint64" -> {
                if (value.isBoolean()) {
                    throw mismatch(field, given);
                }
                yield number(field, value.getAsString());
            }
            case "time" -> {
                if (!value.isString()) {
                    throw mismatch(field, given);
                }
                yield time(field, value.getAsString());
            }
            default -> {
                if (!value.isString()) {
                    throw mismatch(field, given);
                }
                yield value;
            }
        };
    }

    private JsonElement enumValue(Field field, EnumType type, JsonElement given) {
        if (!given.isJsonPrimitive() || given.getAsJsonPrimitive().isBoolean()) {
            throw mismatch(field, given);
        }
        if (given.getAsJsonPrimitive().isNumber()) {
            return enumNumber(type, (int) number(field, given.getAsString()).getAsLong());
        }
        return enumSymbol(type, given.getAsString());
    }

    private JsonElement enumSymbol(EnumType type, String symbol) {
        if (!type.knows(symbol, line)) {
            throw ApiFailure.invalid("unknown value \"" + symbol + "\" for enum " + type.name());
        }
        return new JsonPrimitive(symbol);
    }

    private JsonElement enumNumber(EnumType type, int number) {
        String symbol = type.symbol(number);
        return symbol == null || !type.knows(symbol, line) ? new JsonPrimitive(number) : new JsonPrimitive(symbol);
    }

    private JsonPrimitive number(Field field, String text) {
        if (lenient && text.equals("None")) {
            return new JsonPrimitive(0);
        }
        try {
            BigInteger number = new BigDecimal(text).toBigIntegerExact();
            boolean signed = !field.type().equals("uint64");
            int bits = field.type().equals("int32") ? 31 : 63;
            if (signed ? number.bitLength() > bits : number.signum() < 0 || number.compareTo(UINT64_END) >= 0) {
                throw new ArithmeticException("out of range");
            }
            return new JsonPrimitive(number.bitLength() > 63 ? number : (Number) number.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw ApiFailure.invalid("parsing field \"" + field.name() + "\": \"" + text + "\" is no " + field.type());
        }
    }

    private static JsonPrimitive time(Field field, String text) {
        try {
            return new JsonPrimitive(OffsetDateTime.parse(text).toInstant().toString());
        } catch (DateTimeParseException e) {
            throw ApiFailure.invalid("bad Timestamp: parsing field \"" + field.name() + "\": \"" + text + "\"");
        }
    }

    private void queryParameter(
            JsonObject out, String type, String path, String value, List<Map.Entry<String, String>> all) {
        Matcher bracket = MAP_KEY.matcher(path);
        String key = bracket.matches() ? bracket.group(2) : null;
        String[] names = (bracket.matches() ? bracket.group(1) : path).split("\\.");
        JsonObject object = out;
        String message = type;
        for (int i = 0; i < names.length; i++) {
            Field field = find(message, names[i]);
            if (field == null) {
                return; // the gateway ignores what it does not know
            }
            if (i == names.length - 1) {
                leaf(object, field, key, value, path, all);
                return;
            }
            if (field.shape() != Shape.ONE || !schema.isMessage(field.type())) {
                throw ApiFailure.invalid("non-aggregate type in query parameter " + path);
            }
            if (!object.has(field.name())) {
                object.add(field.name(), new JsonObject());
            }
            object = object.getAsJsonObject(field.name());
            message = field.type();
        }
    }

    private void leaf(
            JsonObject object,
            Field field,
            @Nullable String key,
            String value,
            String path,
            List<Map.Entry<String, String>> all) {
        if (field.shape() == Shape.MAP) {
            mapEntry(object, field, key, value, path, all);
            return;
        }
        if (key != null || schema.isMessage(field.type())) {
            throw ApiFailure.invalid("unsupported field type " + field.type() + " in query parameter " + path);
        }
        JsonElement read = queryValue(field, value);
        if (field.shape() == Shape.ONE) {
            JsonElement set = nonZero(field, read);
            if (set != null) {
                object.add(field.name(), set);
            }
            return;
        }
        if (!object.has(field.name())) {
            object.add(field.name(), new JsonArray());
        }
        object.getAsJsonArray(field.name()).add(read);
    }

    /** A map comes as {@code labels[key]=value}, or as exactly two values of the plain key. */
    private void mapEntry(
            JsonObject object,
            Field field,
            @Nullable String key,
            String value,
            String path,
            List<Map.Entry<String, String>> all) {
        if (!object.has(field.name())) {
            object.add(field.name(), new JsonObject());
        }
        JsonObject map = object.getAsJsonObject(field.name());
        if (key != null) {
            map.addProperty(key, value);
            return;
        }
        List<String> values = all.stream()
                .filter(each -> each.getKey().equals(path))
                .map(Map.Entry::getValue)
                .toList();
        if (values.size() == 2) {
            map.addProperty(values.get(0), values.get(1));
        } else if (!lenient) {
            throw ApiFailure.invalid("invalid length of entry for map field " + path + ": " + values.size());
        }
    }

    private JsonElement queryValue(Field field, String value) {
        EnumType enumeration = schema.enumType(field.type());
        if (enumeration != null) {
            return value.matches("-?\\d+")
                    ? enumNumber(enumeration, (int) number(field, value).getAsLong())
                    : enumSymbol(enumeration, value);
        }
        return switch (field.type()) {
            case "bool" -> bool(field, value);
            case "int32", "int64", "uint64" -> number(field, value);
            case "time" -> value.equals("null") ? new JsonPrimitive("") : time(field, value);
            default -> new JsonPrimitive(value);
        };
    }

    private static JsonPrimitive bool(Field field, String value) {
        if (TRUE.contains(value)) {
            return new JsonPrimitive(true);
        }
        if (FALSE.contains(value)) {
            return new JsonPrimitive(false);
        }
        throw ApiFailure.invalid(
                "parsing field \"" + field.name() + "\": strconv.ParseBool: parsing \"" + value + "\"");
    }

    private @Nullable Field find(String message, String name) {
        for (Field field : schema.message(message).values()) {
            if ((field.name().equals(name) || field.camel().equals(name)) && line.knows(field.since())) {
                return field;
            }
        }
        return null;
    }

    private @Nullable JsonElement writeField(Field field, JsonElement raw) {
        switch (field.shape()) {
            case LIST -> {
                JsonArray out = new JsonArray();
                for (JsonElement each : raw.getAsJsonArray()) {
                    out.add(writeOne(field, each));
                }
                return out.isEmpty() ? null : out;
            }
            case MAP -> {
                JsonObject out = new JsonObject();
                for (Map.Entry<String, JsonElement> each : raw.getAsJsonObject().entrySet()) {
                    out.add(each.getKey(), writeOne(field, each.getValue()));
                }
                return out.isEmpty() ? null : out;
            }
            case ONE -> {
                JsonElement set = nonZero(field, raw);
                return set == null ? null : writeOne(field, set);
            }
        }
        throw new IllegalStateException("Unknown shape of " + field);
    }

    private JsonElement writeOne(Field field, JsonElement raw) {
        if (schema.isMessage(field.type())) {
            return write(field.type(), raw.getAsJsonObject());
        }
        return switch (field.type()) {
            case "int64", "uint64" -> new JsonPrimitive(raw.getAsString());
            default -> raw;
        };
    }

    /** Null for what the server leaves out: zero, false, the empty text and the first symbol of an enumeration. */
    private @Nullable JsonElement nonZero(Field field, JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return value;
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean() ? value : null;
        }
        if (primitive.isNumber()) {
            return primitive.getAsBigDecimal().signum() == 0 ? null : value;
        }
        EnumType enumeration = schema.enumType(field.type());
        Integer number = enumeration == null ? null : enumeration.numbers().get(primitive.getAsString());
        return primitive.getAsString().isEmpty() || (number != null && number == 0) ? null : value;
    }

    private static ApiFailure mismatch(Field field, JsonElement given) {
        return ApiFailure.invalid(
                "json: cannot unmarshal " + kind(given) + " into field " + field.name() + " of type " + field.type());
    }

    private static String kind(JsonElement element) {
        if (element.isJsonObject()) {
            return "object";
        }
        if (element.isJsonArray()) {
            return "array";
        }
        if (element.isJsonNull()) {
            return "null";
        }
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        return primitive.isBoolean() ? "bool" : primitive.isNumber() ? "number" : "string";
    }

    /** Writes a time as the server does. */
    public static String time(Instant time) {
        return time.toString();
    }
}
