/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a parameter's value looks like: checks it and gives it the form it is sent in. */
@FunctionalInterface
interface Shape {
    /**
     * Reads a value.
     *
     * @param name the parameter's, for the message
     * @throws PxBackupException naming the parameter, what is wrong and what is allowed
     */
    JsonNode read(String name, JsonNode value);

    /** Any text that is not blank. */
    Shape TEXT = (name, value) -> {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(name, value, "a text that is not empty");
        }
        return value;
    };

    /** An object's name: what can stand in a path. */
    Shape NAME = (name, value) -> {
        String text = TEXT.read(name, value).asText();
        if (text.length() > 253 || !text.matches("[^/:?#%\\s\\p{Cntrl}]+") || text.matches("\\.+")) {
            throw wrong(name, value, "up to 253 characters without blanks and without / : ? # %");
        }
        return value;
    };

    /** A flag. */
    Shape FLAG = (name, value) -> {
        if (value.isTextual()
                && (value.asText().equals("true") || value.asText().equals("false"))) {
            return BooleanNode.valueOf(value.asText().equals("true"));
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value;
    };

    /** A Kubernetes label selector, such as {@code a=b,c in (d, e)}. */
    Shape SELECTOR = (name, value) -> {
        if (!LabelSyntax.isSelector(TEXT.read(name, value).asText())) {
            throw wrong(name, value, "a label selector such as a=b,c!=d,e in (f,g),h notin (i)");
        }
        return value;
    };

    /** A point in time. */
    Shape TIME = (name, value) -> {
        try {
            return TextNode.valueOf(OffsetDateTime.parse(value.asText())
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant()
                    .toString());
        } catch (DateTimeException e) {
            throw wrong(name, value, "a time such as 2026-11-21T08:00:00Z");
        }
    };

    /** Texts, each at most once; a single text stands for a list of one. */
    Shape TEXTS = texts(TEXT);

    /** Texts by text. */
    Shape TEXT_MAP = (name, value) -> textMap(name, value, false);

    /** Labels by name, as Kubernetes wants them. */
    Shape LABELS = (name, value) -> textMap(name, value, true);

    /** A reference by name, uid or both. */
    Shape REF = (name, value) -> {
        JsonNode ref = object(name, value, Map.of("name", NAME, "uid", TEXT), Set.of());
        if (ref.isEmpty()) {
            throw wrong(name, value, "an object with name, uid or both");
        }
        return ref;
    };

    /** A reference by name and, where known, uid. */
    Shape NAMED_REF = fields(Map.of("name", NAME, "uid", TEXT), "name");

    /** What names a Kubernetes object. */
    Map<String, Shape> RESOURCE_PARTS =
            Map.of("name", TEXT, "namespace", TEXT, "group", TEXT, "kind", TEXT, "version", TEXT);

    /** A Kubernetes object with a kind or a name at least. */
    Shape RESOURCE = (name, value) -> {
        JsonNode resource = object(name, value, RESOURCE_PARTS, Set.of());
        if (!resource.has("name") && !resource.has("kind")) {
            throw wrong(name, value, "an object with name, namespace, group, kind, version");
        }
        return resource;
    };

    /** A Kubernetes object with all five parts. */
    Shape WHOLE_RESOURCE = fields(RESOURCE_PARTS, "name", "namespace", "group", "kind", "version");

    /** A whole number from 1 or 0, as the server wants 64 bits: in quotes. */
    static Shape number(long least) {
        return (name, value) -> {
            String text = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
            if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least) {
                throw wrong(name, value, "a whole number from " + least);
            }
            return TextNode.valueOf(text);
        };
    }

    /** One of some words. */
    static Shape oneOf(String... words) {
        return (name, value) -> {
            if (!value.isTextual() || !List.of(words).contains(value.asText())) {
                throw wrong(name, value, "one of " + String.join(", ", words));
            }
            return value;
        };
    }

    /** One of some words, or an object whose member {@code type} is one; sent as the word. */
    static Shape typed(String... words) {
        Shape word = oneOf(words);
        return (name, value) -> {
            if (!value.isObject()) {
                return word.read(name, value);
            }
            JsonNode read = object(name, value, Map.of("type", word), Set.of());
            return read.has("type") ? read.get("type") : TextNode.valueOf("Invalid");
        };
    }

    /** A list, each entry at most once; a single text stands for a list of one. */
    static Shape texts(Shape entry) {
        Shape list = list(entry);
        return (name, value) -> {
            JsonNode read = list.read(name, value.isTextual() ? Json.tree(List.of(value.asText())) : value);
            Set<String> seen = new HashSet<>();
            for (JsonNode each : read) {
                if (!seen.add(each.asText())) {
                    throw PxBackupException.parameter(name, "names " + each.asText() + " twice");
                }
            }
            return read;
        };
    }

    static Shape list(Shape entry) {
        return (name, value) -> {
            if (!value.isArray() || value.isEmpty()) {
                throw wrong(name, value, "a list that is not empty");
            }
            ArrayNode read = Json.object().arrayNode();
            for (int i = 0; i < value.size(); i++) {
                read.add(entry.read(name + "[" + i + "]", value.get(i)));
            }
            return read;
        };
    }

    /** An object of known members, some of which must be there. */
    static Shape fields(Map<String, Shape> members, String... required) {
        return (name, value) -> object(name, value, members, Set.of(required));
    }

    private static ObjectNode object(String name, JsonNode value, Map<String, Shape> members, Set<String> required) {
        if (!value.isObject()) {
            throw wrong(name, value, "an object with " + String.join(", ", sorted(members.keySet())));
        }
        ObjectNode read = Json.object();
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            Shape member = members.get(each.getKey());
            if (member == null) {
                throw PxBackupException.parameter(
                        name + "." + each.getKey(),
                        "is unknown; " + name + " has " + String.join(", ", sorted(members.keySet())));
            }
            boolean absent = each.getValue().isNull()
                    || (each.getValue().isTextual() && each.getValue().asText().isEmpty());
            if (!absent) {
                read.set(each.getKey(), member.read(name + "." + each.getKey(), each.getValue()));
            }
        }
        for (String each : sorted(required)) {
            if (!read.has(each)) {
                throw PxBackupException.parameter(name + "." + each, "is missing");
            }
        }
        return read;
    }

    private static JsonNode textMap(String name, JsonNode value, boolean labels) {
        if (!value.isObject() || value.isEmpty()) {
            throw wrong(name, value, "a map of texts that is not empty");
        }
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            String text = each.getValue().asText();
            boolean good = !each.getKey().isBlank() && each.getValue().isTextual();
            if (!good || (labels && !(LabelSyntax.isKey(each.getKey()) && LabelSyntax.isValue(text)))) {
                throw wrong(
                        name + "." + each.getKey(),
                        each.getValue(),
                        labels ? "a label: up to 63 letters, digits and - _ ." : "a text by a name");
            }
        }
        return value;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static PxBackupException wrong(String name, JsonNode value, String allowed) {
        return PxBackupException.parameter(name, "is " + Answer.shorten(value.toString()) + "; allowed is " + allowed);
    }

    /** What several shapes share. */
    final class Parts {
        private Parts() {}

        /** Entries of who may do what. */
        static Shape access(String... levels) {
            return list(fields(Map.of("id", TEXT, "access", oneOf(levels)), "id", "access"));
        }
    }

    /** The words of Kubernetes' labels. */
    final class LabelSyntax {
        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
        private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
        private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
        private static final Pattern SAME = Pattern.compile("([^\\s=!]+)\\s*(==|=|!=)\\s*([^\\s=!]*)");

        private LabelSyntax() {}

        static boolean isKey(String text) {
            int slash = text.indexOf('/');
            boolean prefix =
                    slash < 0 || PREFIX.matcher(text.substring(0, slash)).matches();
            return prefix && WORD.matcher(text.substring(slash + 1)).matches();
        }

        static boolean isValue(String text) {
            return text.isEmpty() || WORD.matcher(text).matches();
        }

        static boolean isSelector(String text) {
            return Arrays.stream(text.split(",(?![^(]*\\))", -1)).allMatch(each -> isRequirement(each.strip()));
        }

        private static boolean isRequirement(String text) {
            var set = SET.matcher(text);
            if (set.matches()) {
                return isKey(set.group(1))
                        && Arrays.stream(set.group(3).split(",", -1)).allMatch(each -> isValue(each.strip()));
            }
            var same = SAME.matcher(text);
            if (same.matches()) {
                return isKey(same.group(1)) && isValue(same.group(3));
            }
            return isKey(text.startsWith("!") ? text.substring(1) : text);
        }
    }
}
