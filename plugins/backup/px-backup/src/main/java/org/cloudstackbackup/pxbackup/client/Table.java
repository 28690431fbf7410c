/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of one kind of object: which operation takes which, in what shape, since which line, and where it is sent. */
final class Table {
    private static final String OPTIONS = "enumerate_options.";
    private static final Set<String> SETTINGS = Set.of(
            "api_url", "token", "operation", "validate_certs", "ssl_config", "ca_cert", "client_cert", "client_key");

    private final Map<String, Row> rows = new LinkedHashMap<>();

    Table(Row... rows) {
        Arrays.stream(rows).forEach(each -> this.rows.put(each.name, each));
    }

    static Row row(String name, Shape shape) {
        return new Row(name, shape);
    }

    Collection<Row> rows() {
        return List.copyOf(rows.values());
    }

    /** The names of what an operation takes, in alphabetical order. */
    List<String> names(Operation operation) {
        return rows.values().stream()
                .filter(each -> each.places.containsKey(operation))
                .map(each -> each.name)
                .sorted()
                .toList();
    }

    /** Reads and checks what an operation is given, as far as no server is needed for it. */
    Request read(Operation operation, Parameters parameters) {
        Request request = new Request(operation);
        flat(parameters).forEach((given, value) -> {
            Row row = row(operation, given);
            JsonNode node = Json.tree(value);
            // As in the official client, an empty text or list means that nothing is given.
            boolean empty = node.isNull()
                    || (node.isTextual() && node.asText().isEmpty())
                    || (node.isContainerNode() && node.isEmpty());
            if (!empty) {
                request.put(row, given, row.shape.read(given, node));
            }
        });
        rows.values().forEach(each -> each.complete(request));
        return request;
    }

    /** The options of a list are taken with and without their prefix. */
    private static Map<String, Object> flat(Parameters parameters) {
        Map<String, Object> all = new LinkedHashMap<>();
        parameters.values().forEach((name, value) -> {
            if (name.equals("enumerate_options") && value instanceof Map<?, ?> options) {
                options.forEach((option, each) -> {
                    if (each != null) {
                        all.put(OPTIONS + option, each);
                    }
                });
            } else {
                all.put(name, value);
            }
        });
        return all;
    }

    private Row row(Operation operation, String given) {
        String name = operation == Operation.INSPECT_ALL && given.startsWith(OPTIONS)
                ? given.substring(OPTIONS.length())
                : given;
        Row row = rows.get(name);
        if (row != null && row.places.containsKey(operation)) {
            return row;
        }
        if (SETTINGS.contains(name)) {
            throw PxBackupException.parameter(given, "is a setting of the connection, not of one call");
        }
        throw PxBackupException.parameter(
                given,
                (row == null ? "is unknown" : "does not belong to " + operation) + "; " + operation + " takes "
                        + String.join(", ", names(operation)));
    }

    /** One parameter. */
    static final class Row {
        private final String name;
        private final Shape shape;
        private final Map<Operation, String> places = new EnumMap<>(Operation.class);
        private final Set<Operation> required = EnumSet.noneOf(Operation.class);
        private @Nullable String since;
        private @Nullable JsonNode standard;
        private @Nullable Operation standardFor;

        private Row(String name, Shape shape) {
            this.name = name;
            this.shape = shape;
        }

        /** Where it goes in the message: a dotted path; empty for what the operation places by itself. */
        Row at(String path, Operation... operations) {
            Arrays.stream(operations).forEach(each -> places.put(each, path));
            return this;
        }

        Row required(Operation... operations) {
            required.addAll(List.of(operations));
            return this;
        }

        Row since(String line) {
            since = line;
            return this;
        }

        Row standard(Operation operation, String value) {
            standardFor = operation;
            standard = Json.tree(value);
            return this;
        }

        String name() {
            return name;
        }

        Set<Operation> operations() {
            return places.keySet();
        }

        private void complete(Request request) {
            if (!request.has(name) && required.contains(request.operation)) {
                throw PxBackupException.parameter(name, "is missing; " + request.operation + " needs it");
            }
            if (!request.has(name) && standard != null && standardFor == request.operation) {
                request.put(this, name, standard);
            }
        }
    }

    /** What an operation was given, checked. */
    static final class Request {
        private final Operation operation;
        private final Map<String, JsonNode> values = new LinkedHashMap<>();
        private final Map<String, Row> used = new LinkedHashMap<>();

        private Request(Operation operation) {
            this.operation = operation;
        }

        private void put(Row row, String given, JsonNode value) {
            if (values.put(row.name, value) != null) {
                throw PxBackupException.parameter(given, "is given twice");
            }
            used.put(row.name, row);
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        @Nullable
        JsonNode get(String name) {
            return values.get(name);
        }

        String text(String name) {
            JsonNode value = values.get(name);
            return value == null ? "" : value.asText();
        }

        boolean flag(String name) {
            JsonNode value = values.get(name);
            return value != null && value.asBoolean();
        }

        long number(String name, long otherwise) {
            JsonNode value = values.get(name);
            return value == null ? otherwise : Long.parseLong(value.asText());
        }

        /** Refuses what the server's line lacks. */
        void require(ServerLine line) {
            used.values().forEach(each -> {
                boolean off = values.getOrDefault(each.name, Json.object()).isBoolean() && !flag(each.name);
                if (each.since != null && !off) {
                    line.require("Parameter " + each.name, each.since);
                }
            });
        }

        /** The message of everything that has a place in it and that the line knows. */
        ObjectNode body(ServerLine line) {
            ObjectNode body = Json.object();
            used.forEach((name, row) -> {
                String path = row.places.getOrDefault(operation, "");
                boolean known = row.since == null || line.has(ServerLine.of(row.since));
                JsonNode value = values.get(name);
                if (!path.isEmpty() && known && value != null) {
                    place(body, path, value);
                }
            });
            return body;
        }

        static void place(ObjectNode body, String path, JsonNode value) {
            String[] steps = path.split("\\.");
            ObjectNode at = body;
            for (int i = 0; i < steps.length - 1; i++) {
                at = at.withObjectProperty(steps[i]);
            }
            at.set(steps[steps.length - 1], value);
        }
    }
}
