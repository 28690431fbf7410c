/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run in which nearly nothing changed reads metadata, and of the objects only what changed: by whatever way the server offers. */
class ChangedObjectsTest extends ProgramFixture {
    private static final int OBJECTS = 100;
    private static final String PATH = "/api/v1/configmaps";

    @BeforeEach
    void prepare() {
        program.with("BATCH_SIZE", "10");
        cluster.put("namespaces", "", "shop", Map.of());
        IntStream.range(0, OBJECTS).forEach(i -> put(i, "old"));
        run();
        cluster.requests().clear();
    }

    private void put(int i, String value) {
        cluster.put("configmaps", "shop", "c%03d".formatted(i), Map.of("data", Map.of("value", value)));
    }

    /** Changes the last objects, as the first page is always read whole. */
    private void change(int count) {
        IntStream.range(OBJECTS - count, OBJECTS).forEach(i -> put(i, "new"));
    }

    private void run() {
        assertThat(program.run("run")).as(program.output() + program.errors()).isEqualTo(0);
    }

    private List<String> lists() {
        return cluster.requests().stream()
                .filter(request -> request.startsWith("GET " + PATH + "?"))
                .toList();
    }

    private List<String> watches() {
        return lists().stream()
                .filter(request -> request.contains("watch=true"))
                .toList();
    }

    private List<String> named() {
        return cluster.requests().stream()
                .filter(request -> request.contains("/configmaps?fieldSelector=metadata.name"))
                .toList();
    }

    /** The last so many objects are stored as they are now, all others as they were, and no more than the changed ones were uploaded. */
    private void thereAreNew(int count) throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            assertThat(store.text(file(i))).contains(i < OBJECTS - count ? "value: old" : "value: new");
        }
        assertThat(program.data("backup_complete")).containsEntry("unchanged", OBJECTS + 1L - uploaded());
    }

    private long uploaded() {
        return Long.parseLong(JsonTree.text(program.data("backup_complete"), "uploaded"));
    }

    private static String file(int i) {
        return "clusterbackup/east/shop/configmaps/c%03d.yaml".formatted(i);
    }

    @Test
    void nothingButMetadataIsReadWhenNothingChanged() throws Exception {
        run();
        thereAreNew(0);
        assertThat(uploaded()).isEqualTo(0);
        // One page of whole objects, and three of metadata with all the others.
        assertThat(lists()).hasSize(4);
        assertThat(watches()).isEmpty();
    }

    @Test
    void newObjectsStandWhereTheyBelong() throws Exception {
        cluster.put("configmaps", "shop", "a", Map.of());
        cluster.put("configmaps", "shop", "c050x", Map.of());
        cluster.put("configmaps", "shop", "z", Map.of());
        cluster.remove("configmaps", "shop", "c000");
        run();
        String manifest = JsonTree.text(JsonTree.readObject(store.text("clusterexport/east/latest.json")), "manifest");
        List<String> keys =
                List.copyOf(Manifest.of(store.bytes(manifest)).entries().keySet());
        assertThat(keys).hasSize(OBJECTS + 3).isSorted().doesNotHaveDuplicates();
        assertThat(keys).contains(file(50), file(50).replace("c050", "c050x")).doesNotContain(file(0));
    }

    @Test
    void manyChangesAreReadByOneWatch() throws Exception {
        change(8);
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(watches()).hasSize(1);
        assertThat(lists()).hasSize(5);
        assertThat(named()).isEmpty();
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(0);
    }

    @Test
    void fewChangesAreReadByTheirNames() throws Exception {
        change(3);
        run();
        thereAreNew(3);
        assertThat(uploaded()).isEqualTo(3);
        assertThat(watches()).isEmpty();
        assertThat(named()).hasSize(3);
    }

    @Test
    void aServerThatForgotWhatChangedIsAskedForTheNames() throws Exception {
        change(8);
        cluster.forget();
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(named()).hasSize(8);
    }

    @Test
    void oneThatMayNotWatchAsksForTheNames() throws Exception {
        change(8);
        cluster.fault((exchange, path, query) -> {
            boolean watch = query.containsKey("watch");
            if (watch) {
                ClusterServer.status(exchange, 403, "forbidden: it may list only");
            }
            return watch;
        });
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(named()).hasSize(8);
        assertThat(program.with("LOG_LEVEL", "debug").run("run")).isEqualTo(0);
        assertThat(program.records("changes_unknown")).isEmpty();
        change(8);
        run();
        assertThat(program.data("changes_unknown"))
                .containsEntry("resource", "configmaps")
                .containsEntry("unread", 8L);
        assertThat(String.valueOf(program.data("changes_unknown").get("error"))).contains("it may list only");
    }

    /** Every fifth object but for the first page. */
    private void changeAllOver() {
        IntStream.range(10, OBJECTS).filter(i -> i % 5 == 0).forEach(i -> put(i, "new"));
    }

    private void allOverAreNew() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            assertThat(store.text(file(i))).contains(i < 10 || i % 5 > 0 ? "value: old" : "value: new");
        }
        assertThat(uploaded()).isEqualTo(18);
        assertThat(named()).isEmpty();
    }

    @Test
    void aServerThatKnowsWhatChangedIsAskedOnceWhetherItDoes() throws Exception {
        changeAllOver();
        run();
        allOverAreNew();
        assertThat(watches()).hasSize(2);
        assertThat(lists().indexOf(watches().get(0)))
                .as("after the second page")
                .isLessThan(4);
        assertThat(lists()).hasSize(4 + 2);
    }

    @Test
    void oneThatForgotSendsWholeObjectsFromThenOn() throws Exception {
        program.with("BATCH_SIZE", "15");
        changeAllOver();
        cluster.forget();
        run();
        allOverAreNew();
        assertThat(watches()).hasSize(1);
        // The first page, metadata of the next sixty objects, two pages of the rest; then again as far as metadata was
        // read.
        assertThat(lists()).hasSize(4 + 1 + 5);
    }

    @Test
    void whereMostChangedWholeObjectsAreListed() throws Exception {
        IntStream.range(10, OBJECTS).forEach(i -> put(i, "new"));
        cluster.forget();
        run();
        assertThat(program.data("backup_complete")).containsEntry("uploaded", (long) OBJECTS - 10);
        thereAreNew(OBJECTS - 10);
    }

    @Test
    void aServerThatKnowsNoMetadataAloneSendsAllAndThatIsTaken() throws Exception {
        cluster.neverBrief();
        change(8);
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(watches()).isEmpty();
        assertThat(named()).isEmpty();
    }

    @Test
    void aServerThatCannotChooseByNameIsListed() throws Exception {
        change(8);
        cluster.forget();
        cluster.fault((exchange, path, query) -> {
            // As one that knows no field selectors: it passes over them, and gives what it has.
            boolean selected = path.endsWith("/configmaps") && query.containsKey("fieldSelector");
            if (selected) {
                ClusterServer.send(exchange, 200, first());
            }
            return selected;
        });
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(named()).hasSize(1);
    }

    @Test
    void aServerThatRefusesNamesIsListed() throws Exception {
        change(8);
        cluster.forget();
        cluster.fault((exchange, path, query) -> {
            boolean selected = path.endsWith("/configmaps") && query.containsKey("fieldSelector");
            if (selected) {
                ClusterServer.status(exchange, 400, "field label not supported: metadata.name");
            }
            return selected;
        });
        run();
        thereAreNew(8);
        assertThat(named()).hasSize(1);
        assertThat(program.data("backup_complete")).containsEntry("outcome", "complete");
    }

    @Test
    void whatAServerDoesNotFindByItsNameIsNotTakenForDeleted() throws Exception {
        change(2);
        cluster.fault((exchange, path, query) -> {
            boolean selected = path.endsWith("/configmaps") && query.containsKey("fieldSelector");
            if (selected) {
                Map<String, Object> list = JsonTree.ordered(
                        "kind", "ConfigMapList", "metadata", Map.of("resourceVersion", "1"), "items", List.of());
                ClusterServer.send(exchange, 200, list);
            }
            return selected;
        });
        run();
        thereAreNew(2);
        assertThat(program.data("backup_complete")).containsEntry("vanished", 0L);
    }

    private Map<String, Object> first() {
        Map<String, Object> object = cluster.object("configmaps", "shop", "c000");
        return JsonTree.ordered(
                "kind",
                "ConfigMapList",
                "metadata",
                Map.of("resourceVersion", "1", "continue", "more"),
                "items",
                List.of(object == null ? Map.of() : object));
    }

    @Test
    void whatIsDeletedAfterItWasListedCountsAsVanished() throws Exception {
        change(2);
        cluster.fault((exchange, path, query) -> {
            if (query.getOrDefault("fieldSelector", "").endsWith("=c099")) {
                cluster.remove("configmaps", "shop", "c099");
            }
            return false;
        });
        run();
        assertThat(program.data("backup_complete"))
                .containsEntry("outcome", "complete")
                .containsEntry("uploaded", 1L)
                .containsEntry("vanished", 1L);
        assertThat(store.keys("clusterbackup/")).doesNotContain(file(99)).contains(file(98));
    }

    @Test
    void whatChangesAgainAfterItWasListedIsStoredAsItWasListed() throws Exception {
        change(8);
        AtomicBoolean once = new AtomicBoolean();
        cluster.fault((exchange, path, query) -> {
            if (query.containsKey("watch") && once.compareAndSet(false, true)) {
                put(95, "newer");
                cluster.remove("configmaps", "shop", "c096");
                cluster.put(
                        "configmaps",
                        "shop",
                        "c096",
                        Map.of("deletionTimestamp", "2026-01-01T00:00:00Z"),
                        Map.of("data", Map.of("value", "ending")));
            }
            return false;
        });
        run();
        // The watch tells all states, and what was listed is one of them.
        assertThat(store.text(file(95))).contains("value: new\n");
        assertThat(store.text(file(96))).contains("value: new\n");
        assertThat(program.data("backup_complete")).containsEntry("outcome", "complete");
        run();
        assertThat(store.text(file(95))).contains("value: newer");
        assertThat(store.keys("clusterbackup/")).doesNotContain(file(96));
    }

    @Test
    void whatIsReadByItsNameIsStoredAsItIsThen() throws Exception {
        change(2);
        AtomicBoolean once = new AtomicBoolean();
        cluster.fault((exchange, path, query) -> {
            if (query.getOrDefault("fieldSelector", "").endsWith("=c099") && once.compareAndSet(false, true)) {
                put(99, "newer");
            }
            return false;
        });
        run();
        assertThat(store.text(file(98))).contains("value: new\n");
        assertThat(store.text(file(99))).contains("value: newer");
        // It is known as what it was when it was read.
        run();
        assertThat(uploaded()).isEqualTo(0);
        assertThat(named()).hasSize(2);
    }

    @Test
    void aListThatExpiresAmongItsMetadataBeginsAnew() throws Exception {
        change(8);
        AtomicBoolean once = new AtomicBoolean();
        cluster.fault((exchange, path, query) -> {
            boolean expires = path.equals(PATH) && query.containsKey("continue") && once.compareAndSet(false, true);
            if (expires) {
                ClusterServer.status(exchange, 410, "the provided continue parameter is too old");
            }
            return expires;
        });
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        // What was listed before it expired, and then everything with its watch.
        assertThat(lists()).hasSize(2 + 5);
    }

    @Test
    void whileMoreIsListedWhatIsKnownToHaveChangedIsRead() throws Exception {
        int all = 3000;
        program.with("BATCH_SIZE", "50").with("UPLOAD_CONCURRENCY", "16");
        IntStream.range(OBJECTS, all).forEach(i -> put(i, "old"));
        run();
        cluster.requests().clear();
        IntStream.range(OBJECTS, all).filter(i -> i % 8 == 0).forEach(i -> put(i, "new"));
        run();
        assertThat(uploaded()).isEqualTo((all - OBJECTS) / 8);
        // Whether it knows, what is known to have changed by then, and the rest.
        assertThat(watches()).hasSize(3);
        assertThat(lists().indexOf(watches().get(1))).isLessThan(lists().size() - 2);
        assertThat(named()).isEmpty();
    }

    @Test
    void anObjectThatCouldNotBeStoredIsReadAgain() throws Exception {
        change(8);
        store.refuse(key -> key.endsWith("c097.yaml"), 400, "BadRequest");
        assertThat(program.run("run")).isEqualTo(3);
        store.accept();
        cluster.requests().clear();
        run();
        assertThat(store.text(file(97))).contains("value: new");
        assertThat(named()).hasSize(1);
    }

    @Test
    void otherContentSettingsReadEverything() throws Exception {
        program.with("INCLUDE_STATUS", "true");
        run();
        assertThat(lists()).hasSize(OBJECTS / 10);
    }

    @Test
    void objectsOfControllersAreNotReadForNothing() throws Exception {
        IntStream.range(0, OBJECTS)
                .forEach(i -> cluster.put(
                        "deployments",
                        "shop",
                        "d%03d".formatted(i),
                        Map.of("ownerReferences", List.of(Map.of("uid", "u", "controller", true))),
                        Map.of()));
        run();
        assertThat(cluster.requests().stream()
                        .filter(request -> request.contains("/deployments?"))
                        .toList())
                .hasSize(4);
    }

    @Test
    void aListOfAFewNamespacesNeedsNoWatch() throws Exception {
        program.with("INCLUDE_NAMESPACES", "shop");
        run();
        cluster.requests().clear();
        change(8);
        run();
        thereAreNew(8);
        assertThat(uploaded()).isEqualTo(8);
        assertThat(watches()).isEmpty();
        assertThat(named()).hasSize(8);
    }
}
