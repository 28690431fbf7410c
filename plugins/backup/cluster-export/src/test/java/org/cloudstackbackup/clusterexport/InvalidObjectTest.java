/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects of which no file can be made: skipped or fatal, and told and counted either way. */
class InvalidObjectTest extends ProgramFixture {
    private static final String FILES = "clusterbackup/east/shop/configmaps/";
    /** Half a character, which JSON can hold and YAML cannot. */
    private static final String HALF = "\\ud800";

    @BeforeEach
    void prepare() {
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("k", "v")));
        cluster.put("secrets", "shop", "db", Map.of());
    }

    /** Lists config maps that no real server would give. */
    private void list(String... items) {
        cluster.heal();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps")) {
                return false;
            }
            byte[] page = ("{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                            + String.join(",", items) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            return true;
        });
    }

    private static String item(String name, String namespace, String version, String text) {
        return "{\"metadata\":{" + (name.isEmpty() ? "" : "\"name\":\"" + name + "\",")
                + (namespace.isEmpty() ? "" : "\"namespace\":\"" + namespace + "\",")
                + "\"uid\":\"u-" + name + "\",\"resourceVersion\":\"" + version + "\"},\"data\":{\"k\":\"" + text
                + "\"}}";
    }

    private void run(int expected) {
        assertThat(program.run("run")).as(program.output()).isEqualTo(expected);
    }

    private List<String> files() {
        return store.keys(FILES).stream()
                .map(key -> key.substring(FILES.length()))
                .toList();
    }

    @Test
    void invalidObjectsAreSkippedWithAWarningAndTheRunIsComplete() {
        list(
                item("web", "shop", "1", "v"),
                item("", "shop", "1", "v"),
                item("nowhere", "", "1", "v"),
                item("half", "shop", "1", HALF),
                item("late", "shop", "1", "v"));
        run(0);
        List<Map<String, @Nullable Object>> skipped = program.records("resource_invalid_skipped");
        assertThat(skipped)
                .allMatch(record -> JsonTree.text(record, "level").equals("warn"))
                .allMatch(record -> JsonTree.text(record, "resource").equals("configmaps"))
                .extracting(record ->
                        JsonTree.text(record, "namespace") + "/" + JsonTree.text(data(record), "resource_name") + " "
                                + JsonTree.text(data(record), "validation_error"))
                .containsExactlyInAnyOrder(
                        "shop/ it has no name",
                        "/nowhere it has no namespace",
                        "shop/half a text holds half a character (an unpaired surrogate)");
        assertThat(skipped)
                .allMatch(record ->
                        JsonTree.text(record, "error").equals(JsonTree.text(data(record), "validation_error")));
        assertThat(program.records("resource_invalid_fatal")).isEmpty();
        assertThat(files()).containsExactlyInAnyOrder("web.yaml", "late.yaml");
        assertThat(program.data("backup_complete"))
                .containsEntry("outcome", "complete")
                .containsEntry("invalid", 3L)
                .containsEntry("failed", 0L)
                .containsEntry("failed_types", 0L)
                .containsEntry("total_resources", 3L);
        assertThat(ended("configmaps")).containsEntry("invalid", 3L).containsEntry("backed_up", 2L);
    }

    private static Map<String, @Nullable Object> data(Map<String, @Nullable Object> record) {
        return JsonTree.map(record, "data");
    }

    /** The data of the record that a type ended with. */
    private Map<String, @Nullable Object> ended(String type) {
        return program.records("resource_backup_complete").stream()
                .filter(record -> JsonTree.text(record, "resource").equals(type))
                .map(InvalidObjectTest::data)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereTheyAreNotSkippedTheirTypeHasFailedAndTheOthersAreStored() {
        program.with("SKIP_INVALID_RESOURCES", "false");
        list(item("web", "shop", "1", "v"), item("half", "shop", "1", HALF), item("late", "shop", "1", "v"));
        run(3);
        Map<String, @Nullable Object> fatal =
                program.records("resource_invalid_fatal").get(0);
        assertThat(fatal).containsEntry("level", "error").containsEntry("namespace", "shop");
        assertThat(data(fatal)).containsEntry("resource_name", "half");
        assertThat(program.records("resource_invalid_fatal")).hasSize(1);
        assertThat(program.records("resource_invalid_skipped")).isEmpty();
        Map<String, @Nullable Object> failed = program.records("resource_list").get(0);
        assertThat(failed).containsEntry("level", "error").containsEntry("resource", "configmaps");
        assertThat(JsonTree.text(failed, "error"))
                .startsWith("the object shop/half cannot be exported")
                .contains("half a character");
        assertThat(files()).containsExactlyInAnyOrder("web.yaml", "late.yaml");
        assertThat(program.data("backup_complete"))
                .containsEntry("outcome", "partial")
                .containsEntry("invalid", 1L)
                .containsEntry("failed_types", 1L)
                .containsEntry("total_resources", 3L);
    }

    @Test
    void whatBecomesInvalidKeepsItsOldStateAndIsToldAsMissing() throws Exception {
        for (String skip : List.of("true", "false")) {
            program.with("SKIP_INVALID_RESOURCES", skip);
            list(item("web", "shop", "1", "old"), item("gone", "shop", "1", "v"));
            run(0);
            list(item("web", "shop", "2", HALF));
            run(3);
            assertThat(program.data("backup_complete"))
                    .as(skip)
                    .containsEntry("invalid", 1L)
                    .containsEntry("outdated", 1L)
                    // A type with an object that is fatal counts as one that was not listed to its end.
                    .containsEntry("vanished", skip.equals("true") ? 1L : 0L);
            assertThat(store.text(FILES + "web.yaml")).contains("k: old");
            list(item("web", "shop", "3", "mended"));
            run(0);
            assertThat(program.data("backup_complete"))
                    .containsEntry("invalid", 0L)
                    .containsEntry("uploaded", 1L);
            assertThat(store.text(FILES + "web.yaml")).contains("k: mended");
        }
    }

    @Test
    void withoutValidationOnlyWhatYamlCannotHoldIsInvalid() {
        program.with("VALIDATE_YAML", "false");
        list(item("web", "shop", "1", "v"), item("", "shop", "1", "v"), item("half", "shop", "1", HALF));
        run(0);
        assertThat(program.data("resource_invalid_skipped")).containsEntry("resource_name", "half");
        assertThat(program.data("backup_complete")).containsEntry("invalid", 1L);
        assertThat(files()).containsExactlyInAnyOrder("web.yaml", ".yaml");
        program.with("VALIDATE_YAML", "true");
        run(3);
        assertThat(program.data("backup_complete"))
                .as("the nameless one is read again, as another setting made its file")
                .containsEntry("invalid", 2L)
                .containsEntry("outdated", 1L);
    }
}
