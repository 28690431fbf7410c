/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule that makes something go wrong.
 *
 * @param method regular expression for the whole method
 * @param path regular expression for the whole path, without the query
 * @param nth the first matching request that is hit, from 1
 * @param times how many are hit from there on; 0 means all
 * @param probability of a hit, 0 to 1, drawn from a generator with a fixed seed
 * @param settings what the kind needs: see each {@link Kind}
 */
public record Fault(
        Kind kind, String method, String path, int nth, int times, double probability, Map<String, String> settings) {
    private static final Set<String> OWN = Set.of("kind", "method", "path", "nth", "times", "probability");

    public Fault {
        requireNonNull(kind, "kind is null");
        Pattern.compile(method);
        Pattern.compile(path);
        if (nth < 1 || times < 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("nth is at least 1, times at least 0, probability 0 to 1");
        }
        settings = Map.copyOf(settings);
        for (String name : settings.keySet()) {
            if (!kind.takes(name)) {
                throw new IllegalArgumentException(
                        "Fault " + kind.word() + " takes " + kind.settings + ", not " + name);
            }
        }
    }

    /** Hits the first request that matches, once. */
    public static Fault on(String method, String path, Kind kind) {
        return new Fault(kind, method, path, 1, 1, 1, Map.of());
    }

    /** Reads a rule as the admin API takes it. */
    public static Fault of(JsonObject json) {
        Fault fault = on(text(json, "method", ".*"), text(json, "path", ".*"), Kind.of(text(json, "kind", "")));
        fault = fault.nth(number(json, "nth", 1)).times(number(json, "times", 1));
        fault = fault.probability(
                json.has("probability") ? json.get("probability").getAsDouble() : 1);
        for (Map.Entry<String, JsonElement> each : json.entrySet()) {
            if (!OWN.contains(each.getKey())) {
                fault = fault.with(each.getKey(), each.getValue().getAsString());
            }
        }
        return fault;
    }

    public Fault nth(int changed) {
        return new Fault(kind, method, path, changed, times, probability, settings);
    }

    /** How many requests are hit; 0 means all. */
    public Fault times(int changed) {
        return new Fault(kind, method, path, nth, changed, probability, settings);
    }

    public Fault probability(double changed) {
        return new Fault(kind, method, path, nth, times, changed, settings);
    }

    public Fault with(String name, Object value) {
        Map<String, String> changed = new java.util.HashMap<>(settings);
        changed.put(name, String.valueOf(value));
        return new Fault(kind, method, path, nth, times, probability, changed);
    }

    String setting(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    long number(String name, long otherwise) {
        String text = settings.get(name);
        return text == null ? otherwise : Long.parseLong(text);
    }

    boolean matches(Call call) {
        return Pattern.matches(method, call.method()) && Pattern.matches(path, call.path());
    }

    /** The rule as JSON. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind.word());
        json.addProperty("method", method);
        json.addProperty("path", path);
        json.addProperty("nth", nth);
        json.addProperty("times", times);
        json.addProperty("probability", probability);
        settings.forEach(json::addProperty);
        return json;
    }

    private static String text(JsonObject json, String name, String otherwise) {
        return json.has(name) ? json.get(name).getAsString() : otherwise;
    }

    private static int number(JsonObject json, String name, int otherwise) {
        return json.has(name) ? json.get(name).getAsInt() : otherwise;
    }

    /** What goes wrong. */
    public enum Kind {
        /** Answers {@code status} with {@code message} and does nothing; {@code code}, {@code retryafter}, {@code form} (json, html, text), {@code body}. */
        STATUS("status", "message", "code", "retryafter", "form", "body"),
        /** The bearer token of the request stops being good. */
        EXPIRED_TOKEN(),
        /** 200 with {@code {}}, and nothing is done. */
        EMPTY_SUCCESS(),
        /** Closes the connection and does nothing. */
        CUT_BEFORE(),
        /** Does what was asked, and closes the connection without an answer. */
        CUT_AFTER(),
        /** Does what was asked, sends {@code bytes} of the body (default: half), and resets the connection. */
        RESET("bytes"),
        /** Does what was asked; the JSON ends after {@code bytes} (default: half), the HTTP is whole. */
        TRUNCATED("bytes"),
        /** Does what was asked; the answer is no JSON. */
        MALFORMED(),
        /** Waits {@code millis} before the answer. */
        SLOW("millis"),
        /** Sends {@code bytes} of the body every {@code millis}. */
        TRICKLE("bytes", "millis"),
        /** Sends headers and {@code bytes} of the body, then nothing for {@code millis}, then closes. */
        STALL("bytes", "millis"),
        /** A JSON answer of {@code bytes}. */
        HUGE("bytes"),
        /** Does what was asked; every status in the answer is {@code value}. */
        UNKNOWN_ENUM("value"),
        /** Does what was asked; every object of the answer has members nobody knows. */
        EXTRA_FIELDS(),
        /** Does what was asked; 64-bit numbers are not quoted. */
        UNQUOTED_NUMBERS(),
        /** Does what was asked; the answer lacks {@code key}. */
        MISSING_KEY("key");

        @SuppressWarnings("ImmutableEnumChecker") // a set that cannot be changed
        private final Set<String> settings;

        Kind(String... settings) {
            this.settings = Set.of(settings);
        }

        boolean takes(String name) {
            return settings.contains(name);
        }

        /** The name in the admin API, such as {@code cut-after}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no fault \"" + word + "\"; there are "
                            + Arrays.stream(values()).map(Kind::word).toList()));
        }
    }
}
