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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a message by dotted path; what is absent is empty, zero or false, as in the product's language of messages. */
final class Tree {
    private Tree() {}

    static @Nullable JsonElement at(JsonObject object, String path) {
        JsonElement found = object;
        for (String name : path.split("\\.")) {
            if (!(found instanceof JsonObject parent) || !parent.has(name)) {
                return null;
            }
            found = parent.get(name);
        }
        return found;
    }

    static boolean has(JsonObject object, String path) {
        return at(object, path) != null;
    }

    static String text(JsonObject object, String path) {
        JsonElement found = at(object, path);
        return found == null ? "" : found.getAsString();
    }

    static long number(JsonObject object, String path) {
        JsonElement found = at(object, path);
        return found == null ? 0 : found.getAsLong();
    }

    static boolean flag(JsonObject object, String path) {
        JsonElement found = at(object, path);
        return found != null && found.getAsBoolean();
    }

    static JsonObject object(JsonObject object, String path) {
        return at(object, path) instanceof JsonObject found ? found : new JsonObject();
    }

    static List<JsonObject> objects(JsonObject object, String path) {
        List<JsonObject> all = new ArrayList<>();
        if (at(object, path) instanceof JsonArray array) {
            array.forEach(each -> all.add(each.getAsJsonObject()));
        }
        return all;
    }

    static List<String> texts(JsonObject object, String path) {
        List<String> all = new ArrayList<>();
        if (at(object, path) instanceof JsonArray array) {
            array.forEach(each -> all.add(each.getAsString()));
        }
        return all;
    }

    static Map<String, String> map(JsonObject object, String path) {
        Map<String, String> all = new LinkedHashMap<>();
        object(object, path)
                .entrySet()
                .forEach(each -> all.put(each.getKey(), each.getValue().getAsString()));
        return all;
    }

    static JsonArray array(Collection<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    static JsonArray arrayOfTexts(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    static JsonObject ref(String name, String uid) {
        JsonObject ref = new JsonObject();
        ref.addProperty("name", name);
        ref.addProperty("uid", uid);
        return ref;
    }

    static JsonObject status(String status, String reason) {
        JsonObject told = new JsonObject();
        told.addProperty("status", status);
        told.addProperty("reason", reason);
        return told;
    }

    static JsonObject of(String name, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }

    static JsonObject type(String value) {
        JsonObject object = new JsonObject();
        object.addProperty("type", value);
        return object;
    }

    /** Copies the named members that are there. */
    static void copy(JsonObject from, JsonObject into, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                into.add(name, from.get(name).deepCopy());
            }
        }
    }

    /** Lets another object have the named members too, without a copy. */
    static void share(JsonObject from, JsonObject into, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                into.add(name, from.get(name));
            }
        }
    }
}
