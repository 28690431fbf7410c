/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cloudstackbackup.emulator.http.Call;
import org.jspecify.annotations.Nullable;

/** The published contract of the product, read from the folder beside the project; knows nothing of the emulator's own list. */
final class Contract {
    private static final String FILE = "reference/px-backup.swagger-slim.json";
    private static final Optional<Contract> FOUND = load();

    private final JsonObject paths;
    private final JsonObject definitions;
    private final Set<String> used = new TreeSet<>();

    private Contract(JsonObject swagger) {
        this.paths = swagger.getAsJsonObject("paths");
        this.definitions = swagger.getAsJsonObject("definitions");
    }

    static Optional<Contract> find() {
        return FOUND;
    }

    static Path file() {
        return Path.of(System.getProperty("shared.folder", "../../../shared")).resolve(FILE);
    }

    private static Optional<Contract> load() {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Contract(
                    JsonParser.parseString(Files.readString(file())).getAsJsonObject()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject definitions() {
        return definitions;
    }

    /** Every call of the contract, as {@code GET /v1/...}. */
    Set<String> operations() {
        Set<String> all = new TreeSet<>();
        for (String path : paths.keySet()) {
            paths.getAsJsonObject(path)
                    .keySet()
                    .forEach(method -> all.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
        }
        return all;
    }

    /** The calls that were checked with a good answer. */
    Set<String> used() {
        return used;
    }

    /** What is wrong with a request; a path of an older line counts as the one it became. */
    List<String> request(String method, String path, String query, String body) {
        List<String> wrong = new ArrayList<>();
        JsonObject operation = operation(method, path);
        if (operation == null) {
            return List.of("there is no " + method + " " + path);
        }
        Set<String> known = new HashSet<>();
        for (JsonElement each : array(operation, "parameters")) {
            JsonObject parameter = each.getAsJsonObject();
            known.add(parameter.get("name").getAsString());
            if (parameter.get("in").getAsString().equals("body") && !body.isEmpty()) {
                check(parameter.getAsJsonObject("schema"), JsonParser.parseString(body), "body", false, wrong);
            }
        }
        for (Map.Entry<String, String> each : Call.form(query)) {
            // The contract's language cannot describe maps in a query; they are labels[key]=value.
            if (!known.contains(each.getKey()) && !each.getKey().contains("labels[")) {
                wrong.add("query parameter " + each.getKey() + " is unknown");
            }
        }
        return wrong;
    }

    /** What is wrong with an answer. */
    List<String> answer(String method, String path, int status, String body) {
        List<String> wrong = new ArrayList<>();
        JsonObject operation = operation(method, path);
        if (operation == null) {
            return List.of("there is no " + method + " " + path);
        }
        JsonObject schema;
        if (status == 200) {
            schema = operation
                    .getAsJsonObject("responses")
                    .getAsJsonObject("200")
                    .getAsJsonObject("schema");
            used.add(method + " " + template(method, path));
        } else {
            schema = new JsonObject();
            schema.addProperty("$ref", "#/definitions/runtimeError");
        }
        check(schema, JsonParser.parseString(body), "answer", true, wrong);
        return wrong;
    }

    private @Nullable JsonObject operation(String method, String path) {
        String template = template(method, path);
        if (template == null) {
            return null;
        }
        JsonObject methods = paths.getAsJsonObject(template);
        return methods.getAsJsonObject(methods.has(lower(method)) ? lower(method) : "post");
    }

    private @Nullable String template(String method, String path) {
        if (method.equals("GET") && path.startsWith("/v1/backup/getbackupresourcedetails/")) {
            return template("POST", "/v1/backup/getbackupresourcedetails");
        }
        String[] segments = path.split("/");
        String best = null;
        for (String each : paths.keySet()) {
            if (paths.getAsJsonObject(each).has(lower(method)) && fits(each.split("/"), segments)) {
                best = best == null || variables(each) < variables(best) ? each : best;
            }
        }
        boolean uidInPath = best == null && segments.length > 4;
        return uidInPath ? template(method, path.substring(0, path.lastIndexOf('/'))) : best;
    }

    private static boolean fits(String[] template, String[] segments) {
        if (template.length != segments.length) {
            return false;
        }
        for (int i = 0; i < template.length; i++) {
            if (!template[i].startsWith("{") && !template[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static long variables(String template) {
        return template.chars().filter(each -> each == '{').count();
    }

    private void check(JsonObject schema, JsonElement value, String where, boolean answer, List<String> wrong) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replace("#/definitions/", "");
            check(definitions.getAsJsonObject(name), value, where, answer, wrong);
        } else if (value.isJsonNull()) {
            if (answer) {
                wrong.add(where + " is null");
            }
        } else if (schema.has("enum")) {
            enumeration(schema, value, where, answer, wrong);
        } else {
            switch (schema.get("type").getAsString()) {
                case "object" -> object(schema, value, where, answer, wrong);
                case "array" -> list(schema, value, where, answer, wrong);
                default -> scalar(schema, value, where, answer, wrong);
            }
        }
    }

    private void object(JsonObject schema, JsonElement value, String where, boolean answer, List<String> wrong) {
        if (!value.isJsonObject()) {
            wrong.add(where + " is no object: " + value);
            return;
        }
        JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        JsonObject others = schema.has("additionalProperties") ? schema.getAsJsonObject("additionalProperties") : null;
        for (Map.Entry<String, JsonElement> each : value.getAsJsonObject().entrySet()) {
            String inner = where + "." + each.getKey();
            if (others != null) {
                check(others, each.getValue(), inner, false, wrong);
            } else if (properties.has(each.getKey())) {
                check(properties.getAsJsonObject(each.getKey()), each.getValue(), inner, answer, wrong);
            } else {
                wrong.add(inner + " is unknown");
            }
        }
        if (answer && others != null && value.getAsJsonObject().isEmpty()) {
            wrong.add(where + " is an empty map");
        }
    }

    private void list(JsonObject schema, JsonElement value, String where, boolean answer, List<String> wrong) {
        if (!value.isJsonArray()) {
            wrong.add(where + " is no list: " + value);
            return;
        }
        if (answer && value.getAsJsonArray().isEmpty()) {
            wrong.add(where + " is an empty list");
        }
        // What is zero is left out of messages, but stands in lists.
        boolean messages = schema.getAsJsonObject("items").has("$ref");
        for (JsonElement each : value.getAsJsonArray()) {
            check(schema.getAsJsonObject("items"), each, where + "[]", answer && messages, wrong);
        }
    }

    private static void enumeration(
            JsonObject schema, JsonElement value, String where, boolean answer, List<String> wrong) {
        boolean symbol = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        if (symbol && !schema.getAsJsonArray("enum").contains(value)) {
            wrong.add(where + " is no symbol: " + value);
        } else if (!symbol && answer) {
            wrong.add(where + " is no string: " + value);
        } else if (answer && schema.getAsJsonArray("enum").get(0).equals(value)) {
            wrong.add(where + " is the zero symbol");
        }
    }

    private static void scalar(JsonObject schema, JsonElement value, String where, boolean answer, List<String> wrong) {
        if (!(value instanceof JsonPrimitive primitive)) {
            wrong.add(where + " is no plain value: " + value);
            return;
        }
        String format = schema.has("format") ? schema.get("format").getAsString() : "";
        String type =
                format.isEmpty() || format.equals("byte") ? schema.get("type").getAsString() : format;
        boolean fits = switch (type) {
            case "boolean" -> primitive.isBoolean();
            case "int32" -> primitive.isNumber();
            case "int64" -> wide(primitive, answer, "-?\\d+");
            case "uint64" -> wide(primitive, answer, "\\d+");
            case "date-time" -> primitive.isString() && isTime(primitive.getAsString());
            default -> primitive.isString();
        };
        if (!fits) {
            wrong.add(where + " is no " + type + ": " + value);
        }
        boolean zero = primitive.isBoolean()
                ? !primitive.getAsBoolean()
                : primitive.getAsString().isEmpty() || (primitive.getAsString().equals("0") && !type.equals("string"));
        if (answer && zero) {
            wrong.add(where + " is zero and should be absent");
        }
    }

    private static boolean wide(JsonPrimitive value, boolean answer, String pattern) {
        return (value.isString() || (value.isNumber() && !answer))
                && value.getAsString().matches(pattern);
    }

    private static boolean isTime(String text) {
        try {
            return text.endsWith("Z") && Instant.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.has(name) ? object.getAsJsonArray(name) : new JsonArray();
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
