/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.emulator.pxbackup.wire.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the emulator against the published contract; the other tests do so as well with each of their calls. */
class ContractTest {
    @BeforeAll
    static void theContractLiesBesideTheProject() {
        assumeTrue(
                Contract.find().isPresent(),
                "Skipped: the published contract is not at " + Contract.file()
                        + "; without it the emulator's messages are not compared with it");
    }

    @Test
    void everyMessageAndEnumerationIsThatOfTheContract() {
        JsonObject definitions = Contract.find().orElseThrow().definitions();
        Schema schema = Schema.get();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonElement> each : definitions.entrySet()) {
            JsonObject definition = each.getValue().getAsJsonObject();
            if (each.getKey().equals("protobufAny")) {
                continue; // only in the details of errors, which are never sent
            }
            if (definition.has("enum")) {
                List<String> symbols = new ArrayList<>();
                definition.getAsJsonArray("enum").forEach(symbol -> symbols.add(symbol.getAsString()));
                if (!schema.symbols(each.getKey()).equals(symbols)) {
                    wrong.add(each.getKey() + " has " + symbols);
                }
            } else {
                compare(each.getKey(), definition, schema, wrong);
            }
        }
        Set<String> own = new HashSet<>(schema.messageNames());
        own.removeAll(definitions.keySet());
        assertThat(own)
                .as("messages for queries, which the contract describes parameter by parameter")
                .allMatch(name -> name.endsWith("Query") || name.equals("BackupLocationEnumerateOptions"));
        assertThat(wrong).isEmpty();
    }

    private static void compare(String name, JsonObject definition, Schema schema, List<String> wrong) {
        Map<String, Schema.Field> fields = schema.message(name);
        JsonObject properties =
                definition.has("properties") ? definition.getAsJsonObject("properties") : new JsonObject();
        for (Map.Entry<String, JsonElement> each : properties.entrySet()) {
            Schema.Field field = fields.get(each.getKey());
            String told = type(each.getValue().getAsJsonObject());
            boolean leftOut = each.getKey().equals("_unused") || each.getKey().equals("details");
            if (!leftOut && (field == null || !written(field).equals(told))) {
                wrong.add(name + "." + each.getKey() + " is " + told + ", not " + field);
            }
        }
        fields.keySet().stream()
                .filter(each -> !properties.has(each))
                .forEach(each -> wrong.add(name + " has no " + each));
    }

    private static String written(Schema.Field field) {
        return switch (field.shape()) {
            case ONE -> field.type();
            case LIST -> field.type() + "[]";
            case MAP -> "{" + field.type() + "}";
        };
    }

    private static String type(JsonObject schema) {
        if (schema.has("$ref")) {
            return schema.get("$ref").getAsString().replace("#/definitions/", "");
        }
        if (schema.get("type").getAsString().equals("array")) {
            return type(schema.getAsJsonObject("items")) + "[]";
        }
        if (schema.has("additionalProperties")) {
            return "{" + type(schema.getAsJsonObject("additionalProperties")) + "}";
        }
        String type = schema.has("format")
                ? schema.get("format").getAsString()
                : schema.get("type").getAsString();
        return switch (type) {
            case "boolean" -> "bool";
            case "date-time" -> "time";
            default -> type;
        };
    }

    @Test
    void everyOperationOfTheContractIsServedAndItsBodiesFit() {
        Contract contract = Contract.find().orElseThrow();
        contract.used().clear();
        try (Rig rig = Rig.of("3.1")) {
            Tour.everywhere(rig);
        }
        Set<String> missing = new HashSet<>(contract.operations());
        missing.removeAll(contract.used());
        assertThat(missing).as("operations without a checked good answer").isEmpty();
    }

    @Test
    void everyParameterOfAQueryIsUnderstood() {
        Contract contract = Contract.find().orElseThrow();
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            for (String kind : List.of("backup", "backupschedule", "cluster")) {
                String all =
                        "enumerate_options.max_objects=5&enumerate_options.time_range.start_time=2026-01-01T00:00:00Z"
                                + "&enumerate_options.time_range.end_time=2027-01-01T00:00:00Z&enumerate_options.name_filter=b"
                                + "&enumerate_options.cluster_name_filter=c&enumerate_options.object_index=0"
                                + "&enumerate_options.include_detailed_resources=true&enumerate_options.cluster_uid_filter=-"
                                + "&enumerate_options.owners=x&enumerate_options.backup_object_type=All"
                                + "&enumerate_options.status=Success&enumerate_options.sort_option.sortBy.type=Name"
                                + "&enumerate_options.sort_option.sortOrder.type=Ascending"
                                + "&enumerate_options.resource_info.name=a&enumerate_options.resource_info.kind=b"
                                + "&enumerate_options.vm_volume_name=v&enumerate_options.exclude_failed_resource=true"
                                + "&enumerate_options.labels[a]=b";
                assertThat(contract.request("GET", "/v1/" + kind + "/default", all, ""))
                        .isEmpty();
                rig.client()
                        .get("/v1/" + kind + "/default?"
                                + all.replace("[", "%5B").replace("]", "%5D"))
                        .ok();
            }
        }
    }

    @Test
    void aWrongBodyIsFound() {
        Contract contract = Contract.find().orElseThrow();
        String wrong = "{\"backups\":[{\"metadata\":{\"name\":\"\",\"create_time_in_sec\":5,\"create_time\":\"now\"},"
                + "\"backup_info\":{\"namespaces\":[],\"status\":{\"status\":\"Done\"},\"stage\":\"Invalid\","
                + "\"direct_kdmp\":false,\"label_selectors\":{},\"other\":1}}],\"total_count\":null}";
        assertThat(contract.answer("GET", "/v1/backup/default", 200, wrong))
                .hasSize(10)
                .anyMatch(each -> each.contains("create_time_in_sec is no int64"))
                .anyMatch(each -> each.contains("create_time is no date-time"))
                .anyMatch(each -> each.contains("metadata.name is zero"))
                .anyMatch(each -> each.contains("namespaces is an empty list"))
                .anyMatch(each -> each.contains("status is no symbol"))
                .anyMatch(each -> each.contains("stage is the zero symbol"))
                .anyMatch(each -> each.contains("direct_kdmp is zero"))
                .anyMatch(each -> each.contains("label_selectors is an empty map"))
                .anyMatch(each -> each.contains("other is unknown"))
                .anyMatch(each -> each.contains("total_count is null"));
        assertThat(contract.request("POST", "/v1/backup", "", "{\"metadata\":{\"nam\":\"x\"}}"))
                .containsExactly("body.metadata.nam is unknown");
        assertThat(contract.request("GET", "/v1/backup/default", "max_objects=1", ""))
                .containsExactly("query parameter max_objects is unknown");
    }
}
