/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.catalog.Outcome;
import org.cloudstackbackup.clusterexport.catalog.RunRecord;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be known to be gone is neither told as gone nor deleted. */
class NothingIsLostTest extends ProgramFixture {
    private static final EventLog LOG = new EventLog((level, line) -> {}, Clock.systemUTC(), Level.INFO, "east");
    private static final ClusterServer.Type WIDGETS =
            new ClusterServer.Type("example.org", "v1", "widgets", "Widget", true);
    private static final ClusterServer.Type DEFINITIONS = new ClusterServer.Type(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);
    private static final String WIDGET = "clusterbackup/east/shop/widgets/w.yaml";

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
        cluster.put("configmaps", "shop", "c1", Map.of("data", Map.of("i", "1")));
    }

    @Test
    void anObjectThatIsCutAfterItsMetadataIsReadAgain() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "new")));
        AtomicInteger cuts = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || cuts.incrementAndGet() > 1) {
                return false;
            }
            byte[] half = ("{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"c0\",\"namespace\":\"shop\","
                            + "\"uid\":\"u\",\"resourceVersion\":\"7\"},\"data\":{\"i\":\"")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, half.length + 1000);
            exchange.getResponseBody().write(half);
            exchange.getResponseBody().flush();
            return true;
        });
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(cuts.get()).isGreaterThan(1);
        assertThat(program.data("backup_complete"))
                .containsEntry("vanished", 0L)
                .containsEntry("uploaded", 1L);
        assertThat(store.keys("clusterbackup/east/shop/configmaps/")).hasSize(2);
    }

    @Test
    void aPackThatCannotBeStoredFailsTheRun() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String latest = store.text("clusterexport/east/latest.json");
        Random random = new Random(1);
        for (int i = 0; i < 14; i++) {
            byte[] noise = new byte[700_000];
            random.nextBytes(noise);
            cluster.put(
                    "configmaps",
                    "shop",
                    "noise" + i,
                    Map.of("data", Map.of("text", Base64.getEncoder().encodeToString(noise))));
        }
        store.refuse(key -> key.contains("/packs/") && key.endsWith("00000.gz"), 500, "InternalError");
        assertThat(program.with("MAX_RESOURCE_SIZE", "5Mi").run("run"))
                .as(program.output())
                .isEqualTo(1);
        assertThat(store.text("clusterexport/east/latest.json")).isEqualTo(latest);
        store.accept();
        assertThat(program.run("run")).isEqualTo(0);
    }

    @Test
    void runsStayWhenTheObjectThatNamesTheLatestIsLost() {
        program.with("RETENTION_DAYS", "7");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.run("run")).isEqualTo(0);
        store.delete("clusterexport/east/latest.json");
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(program.run("list", "latest-complete")).isEqualTo(0);
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.run("list")).isEqualTo(0);
        assertThat(program.output().lines().skip(1).map(line -> line.substring(0, 7)))
                .containsExactly("r000001", "r000002", "r000003");
    }

    private Bucket bucket() {
        Retry retry = new Retry(3, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        StoreSettings settings = new StoreSettings(
                URI.create("http://" + store.endpoint()),
                "access",
                "a-secret-nobody-logs",
                StoreServer.BUCKET,
                "us-east-1",
                "",
                false);
        return Bucket.open(settings, 4, Duration.ofSeconds(10), retry);
    }

    @Test
    void aLockOutlivesAnswersThatAreLost() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch renewed = new CountDownLatch(5);
        store.loseAnswers(key -> {
            renewed.countDown();
            int write = writes.incrementAndGet();
            return write == 1 || write == 3;
        });
        try (Bucket bucket = bucket();
                RunLock lock = RunLock.take(bucket, "lock", Duration.ofSeconds(20), "test", LOG)) {
            assertThat(renewed.await(120, TimeUnit.SECONDS)).isTrue();
            awaitHeld(lock);
        }
        assertThat(store.keys("lock"))
                .as("its tag is known, so it was given back")
                .isEmpty();
    }

    @Test
    void aLockThatIsAbandonedStaysUntilItExpires() {
        try (Bucket bucket = bucket()) {
            try (RunLock lock = RunLock.take(bucket, "lock", Duration.ofSeconds(60), "test", LOG)) {
                lock.abandon();
            }
            assertThat(store.keys("lock")).containsExactly("lock");
            assertThatThrownBy(() -> RunLock.take(bucket, "lock", Duration.ofSeconds(60), "other", LOG))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageContaining("is held by test");
            try (RunLock lock = RunLock.take(bucket, "another", Duration.ofSeconds(60), "test", LOG)) {
                lock.check();
            }
            assertThat(store.keys("another")).isEmpty();
        }
    }

    @Test
    void aLockIsTakenAlthoughTheStoreIsBusyAtFirst() {
        AtomicInteger writes = new AtomicInteger();
        store.refuse(key -> key.endsWith("/lock.json") && writes.incrementAndGet() == 1, 503, "SlowDown");
        assertThat(program.run("run")).isEqualTo(0);
    }

    @Test
    void aListThatFallsSilentIsReadAgain() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger lists = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || lists.incrementAndGet() > 1) {
                return false;
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"items\":[{\"metadata\":{".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        assertThat(program.with("REQUEST_TIMEOUT", "1s").run("run"))
                .as(program.output())
                .isEqualTo(0);
        end.countDown();
        assertThat(JsonTree.map(program.records("retry_attempt").get(0), "data"))
                .containsEntry("error_class", "timeout");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void anObjectWhoseKeyIsTooLongIsNamed() {
        cluster.put("clusterroles", "", "n".repeat(1000), Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("resource_invalid_skipped")).hasSize(1);
        assertThat(program.with("SKIP_INVALID_RESOURCES", "false").run("run")).isEqualTo(3);
    }

    @Test
    void aSourceOfSettingsThatIsEmptyIsAnError(@TempDir Path empty) {
        assertThat(program.with("CONFIG_FILE", empty.toString()).run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("CONFIG_FILE").contains("holds no setting");
        cluster.put("configmaps", "shop", "backup-config", Map.of());
        assertThat(program.without("CONFIG_FILE").with("POD_NAMESPACE", "shop").run("run"))
                .isEqualTo(2);
        assertThat(program.errors()).contains("CONFIG_MAP").contains("holds no setting");
    }

    @Test
    void whoLostTheLockNeitherRecordsNorDeletes() {
        assertThat(program.run("run")).isEqualTo(0);
        try (Bucket bucket = bucket()) {
            Catalog catalog = new Catalog(bucket, new Layout("east"));
            try (RunLock lock = RunLock.take(bucket, catalog.layout().lock(), Duration.ofSeconds(20), "test", LOG)) {
                List<RunRecord> all = catalog.runs();
                store.put("clusterexport/east/packs/r000002-other/00000.gz", "of a run that is not known here");
                catalog.delete(Set.of(), all, lock);
                assertThat(store.keys("clusterexport/east/packs/r000002-other/"))
                        .hasSize(1);
                assertThatThrownBy(() -> catalog.delete(Set.of(), List.of(), lock))
                        .isInstanceOf(CallFailed.class)
                        .hasMessageContaining("no run is known");
                store.put(catalog.layout().lock(), "{\"holder\":\"another\",\"expirySeconds\":60}");
                awaitLoss(lock);
                Set<String> ids = Set.of(all.get(0).id());
                assertThatThrownBy(() -> catalog.delete(ids, all, lock)).isInstanceOf(CallFailed.class);
                Instant now = Instant.EPOCH;
                RunRecord late = new RunRecord(
                        "r000002-late",
                        2,
                        Outcome.COMPLETE,
                        now,
                        now,
                        "",
                        List.of(),
                        RunRecord.Source.UNKNOWN,
                        Map.of());
                assertThatThrownBy(() -> catalog.record(late, new byte[1], lock))
                        .isInstanceOf(CallFailed.class);
            }
        }
        assertThat(store.keys("clusterexport/east/runs/")).hasSize(2).noneMatch(key -> key.contains("late"));
    }

    @Test
    void nothingIsDeletedByAListOfRunsThatLacksOne() {
        for (int i = 0; i < 3; i++) {
            cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("run", "" + i)));
            assertThat(program.run("run")).isEqualTo(0);
        }
        List<String> before = store.keys("clusterexport/east/");
        try (Bucket bucket = bucket()) {
            Catalog catalog = new Catalog(bucket, new Layout("east"));
            try (RunLock lock = RunLock.take(bucket, "lock", Duration.ofSeconds(60), "test", LOG)) {
                List<RunRecord> all = catalog.runs();
                assertThatThrownBy(() -> catalog.delete(Set.of(), all.subList(1, 3), lock))
                        .isInstanceOf(CallFailed.class)
                        .hasMessageContaining("Nothing is deleted")
                        .hasMessageContaining(all.get(0).id() + "/run.json is there, but was not read");
                assertThatThrownBy(() -> catalog.delete(Set.of(), all.subList(0, 2), lock))
                        .isInstanceOf(CallFailed.class)
                        .hasMessageContaining("Nothing is deleted")
                        .hasMessageContaining("names the run " + all.get(2).id());
                assertThat(store.keys("clusterexport/east/")).isEqualTo(before);
                catalog.delete(Set.of(all.get(0).id()), all, lock);
            }
        }
        assertThat(store.keys("clusterexport/east/").size()).isLessThan(before.size());
    }

    /** A renewal that comes late is made up for; a lock that is lost stays lost. */
    private static void awaitHeld(RunLock lock) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                lock.check();
                return;
            } catch (CallFailed e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitLoss(RunLock lock) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < end) {
            try {
                lock.check();
                Thread.onSpinWait();
            } catch (CallFailed e) {
                return;
            }
        }
        throw new AssertionError("the lock is still held");
    }

    @Test
    void objectsOfATypeThatIsNotServedStayUntilItsDefinitionIsGone() {
        cluster.serve(DEFINITIONS);
        cluster.serve(WIDGETS);
        cluster.put("customresourcedefinitions", "", "widgets.example.org", Map.of());
        cluster.put("widgets", "shop", "w", Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        cluster.withdraw("widgets", "example.org");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(program.data("backup_complete")).containsEntry("vanished", 0L);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
        cluster.withdraw("customresourcedefinitions", "apiextensions.k8s.io");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
        cluster.serve(DEFINITIONS);
        cluster.remove("customresourcedefinitions", "", "widgets.example.org");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).doesNotContain(WIDGET);
    }

    @Test
    void anAnswerThatIsNoDiscoveryFailsTheRun() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.fault((exchange, path, query) -> {
            if (path.equals("/apis")) {
                ClusterServer.send(exchange, 200, Map.of("status", "ok"));
            }
            return path.equals("/apis");
        });
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void filesNobodyKnowsStayUntilEveryTypeIsListed() {
        assertThat(program.run("run")).isEqualTo(0);
        store.put("clusterexport/east/running.json", "{}");
        store.put("clusterbackup/east/shop/secrets/db.yaml", "written by a run that was killed");
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/secrets")) {
                ClusterServer.status(exchange, 403, "forbidden");
            }
            return path.endsWith("/secrets");
        });
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains("clusterbackup/east/shop/secrets/db.yaml");
        cluster.heal();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).doesNotContain("clusterbackup/east/shop/secrets/db.yaml");
        assertThat(store.keys("clusterexport/east/running.json")).isEmpty();
    }

    /** Someone else put it there, or the cluster's state was set back: it may be the last copy. */
    @Test
    void aFileThatIsOlderThanTheRunThatWasKilledStays() throws Exception {
        store.put("clusterbackup/east/shop/secrets/old.yaml", "older than all runs");
        assertThat(program.run("run")).isEqualTo(0);
        awaitAge("clusterbackup/east/shop/secrets/old.yaml", Duration.ofSeconds(3));
        store.put("clusterexport/east/running.json", "{}");
        store.put("clusterbackup/east/shop/secrets/new.yaml", "written by a run that was killed");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/east/shop/secrets/"))
                .containsExactly("clusterbackup/east/shop/secrets/old.yaml");
    }

    /** A run may be killed after it was recorded, and before it deleted the files of what is gone. */
    @Test
    void aFileThatTheLastRunCalledGoneGoesAlsoAfterItsDeletionFailed() throws Exception {
        String file = "clusterbackup/east/shop/configmaps/c1.yaml";
        assertThat(program.run("run")).isEqualTo(0);
        cluster.remove("configmaps", "shop", "c1");
        store.keep(file::equals);
        awaitAge(file, Duration.ofSeconds(3));
        assertThat(program.with("RETRY_ATTEMPTS", "0").run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_failed")).hasSize(1);
        assertThat(store.keys("clusterbackup/")).contains(file);
        store.keep(key -> false);
        cluster.forbid("/api/v1/secrets");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).doesNotContain(file);
    }

    /** Dates in the store are whole seconds, and two of them are allowed for. */
    private void awaitAge(String key, Duration age) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            if (store.modified(key).plus(age).isBefore(Instant.now())) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(key + " is too young");
    }

    @Test
    void anObjectWithoutAVersionIsReadEachTime() throws Exception {
        String file = "clusterbackup/east/shop/configmaps/c0.yaml";
        cluster.put("configmaps", "shop", "c0", Map.of("resourceVersion", ""), Map.of("data", Map.of("i", "0")));
        assertThat(program.run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c0", Map.of("resourceVersion", ""), Map.of("data", Map.of("i", "new")));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.text(file)).contains("i: new");
    }

    @Test
    void anObjectThatIsPutBackWhileItsListBeginsAnewHasTheFileOfItsEntry() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "between")));
        program.with("BATCH_SIZE", "1");
        AtomicInteger pages = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || pages.incrementAndGet() != 2) {
                return false;
            }
            cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
            ClusterServer.status(exchange, 410, "The provided continue parameter is too old");
            return true;
        });
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.text("clusterbackup/east/shop/configmaps/c0.yaml")).contains("i: \"0\"");
    }
}
