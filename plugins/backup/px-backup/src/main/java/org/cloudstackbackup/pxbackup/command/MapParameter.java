/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads parameters that are written as {@code name[0].member=value}. Only the form is checked here; the client checks what is in it. */
final class MapParameter {
    private static final Map<String, String> MEMBERS = Map.of(
            "starttime", "start_time",
            "endtime", "end_time",
            "sortby", "sort_by",
            "sortorder", "sort_order");

    private MapParameter() {}

    /** The only entry of a parameter such as {@code clusterref}. */
    static @Nullable Map<String, Object> one(String name, @Nullable Map<String, Map<String, String>> given) {
        List<Map<String, Object>> entries = many(given);
        if (entries == null) {
            return null;
        }
        if (entries.size() > 1) {
            throw Refusal.of(
                    "Parameter " + name + " has " + entries.size() + " entries; it takes one, " + name + "[0]");
        }
        return entries.get(0);
    }

    /** All entries of a parameter such as {@code includeresources}, in the order of their numbers. */
    static @Nullable List<Map<String, Object>> many(@Nullable Map<String, Map<String, String>> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        inOrder(given).forEach(entry -> {
            Map<String, Object> members = new LinkedHashMap<>();
            entry.forEach((member, value) -> members.put(documented(member), value));
            entries.add(members);
        });
        return entries;
    }

    /** Texts by text, written as CloudStack's tags: {@code labels[0].key=env labels[0].value=prod}. */
    static @Nullable Map<String, String> pairs(String name, @Nullable Map<String, Map<String, String>> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Map<String, String> entry : inOrder(given)) {
            String key = entry.get("key");
            String value = entry.get("value");
            if (key == null || value == null || entry.size() != 2) {
                throw Refusal.of("Parameter " + name + " has an entry with "
                        + String.join(", ", entry.keySet().stream().sorted().toList())
                        + "; each has key and value, as in "
                        + name + "[0].key=a " + name + "[0].value=b");
            }
            if (pairs.put(key, value) != null) {
                throw Refusal.of("Parameter " + name + " has the key " + key + " twice");
            }
        }
        return pairs;
    }

    /** The parts of an ownership; null when none is given. */
    static @Nullable Map<String, Object> ownership(
            @Nullable String owner,
            @Nullable Map<String, Map<String, String>> groups,
            @Nullable Map<String, Map<String, String>> collaborators,
            @Nullable String everybody) {
        Map<String, Object> ownership = new LinkedHashMap<>();
        put(ownership, "owner", isEmpty(owner) ? null : owner);
        put(ownership, "groups", many(groups));
        put(ownership, "collaborators", many(collaborators));
        put(ownership, "public", isEmpty(everybody) ? null : Map.of("type", String.valueOf(everybody)));
        return ownership.isEmpty() ? null : ownership;
    }

    /** To whom a backup is shown. Nobody has to be asked for: a forgotten parameter must not take the backup from everybody. */
    static Map<String, Object> share(
            @Nullable Map<String, Map<String, String>> collaborators,
            @Nullable Map<String, Map<String, String>> groups,
            boolean clear) {
        Map<String, Object> share = new LinkedHashMap<>();
        put(share, "collaborators", many(collaborators));
        put(share, "groups", many(groups));
        if (clear != share.isEmpty()) {
            throw Refusal.of(
                    "Give backupsharecollaborators, backupsharegroups or both, or else shareclear true for nobody");
        }
        return clear ? Map.of("collaborators", List.of(), "groups", List.of()) : share;
    }

    private static void put(Map<String, Object> to, String name, @Nullable Object value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static List<Map<String, String>> inOrder(Map<String, Map<String, String>> given) {
        return given.entrySet().stream()
                .sorted(Comparator.comparing(
                        Map.Entry::getKey,
                        Comparator.comparingInt(String::length).thenComparing(key -> key)))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** As the documents write it. */
    private static String documented(String member) {
        String plain = member.toLowerCase(Locale.ROOT).replace("_", "");
        return MEMBERS.getOrDefault(plain, plain);
    }
}
