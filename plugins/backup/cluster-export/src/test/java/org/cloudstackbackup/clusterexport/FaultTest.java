/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a run, and how honestly the run tells. */
@SuppressWarnings("NullAway.Init")
class FaultTest {
    private ClusterServer cluster;
    private StoreServer store;
    private Program program;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        cluster = new ClusterServer();
        store = new StoreServer();
        program = new Program(cluster, store, folder);
        cluster.put("namespaces", "", "shop", Map.of());
        for (int i = 0; i < 10; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", String.valueOf(i))));
        }
        cluster.put("secrets", "shop", "db", Map.of("data", Map.of("password", "aHVzaA==")));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        store.close();
    }

    @Test
    void anErrorInAnUploadEndsTheRunAndDeletesNothing() throws Exception {
        program.with("LOG_LEVEL", "debug");
        assertThat(program.run("run")).isZero();
        String latest = store.text("clusterexport/east/latest.json");
        cluster.put("configmaps", "shop", "c3", Map.of("data", Map.of("i", "new")));
        int code = program.runWithErrorAt(line -> line.contains("resource_uploaded") && line.contains("\"c3\""), "run");
        assertThat(code).isEqualTo(1);
        assertThat(JsonTree.text(program.records("backup_failed").get(0), "error"))
                .contains("OutOfMemoryError: of the test");
        assertThat(program.records("backup_unforeseen")).hasSize(1);
        assertThat(store.text("clusterexport/east/latest.json")).isEqualTo(latest);
        assertThat(store.keys("clusterbackup/east/shop/configmaps/")).hasSize(10);
        assertThat(program.run("run")).isZero();
        assertThat(store.text("clusterbackup/east/shop/configmaps/c3.yaml")).contains("i: new");
    }

    @Test
    void everyWrongSettingIsNamedAtOnceAndNothingStarts() throws Exception {
        Files.writeString(
                folder.resolve("map.yaml"), "filtering-mod: hybrid\nbatch-size: many\nmax-resource-size: 10Mb\n");
        program.with("CONFIG_FILE", folder.resolve("map.yaml").toString())
                .with("RETRY_DELAY", "5")
                .with("RETRY_ATTEMPTS", "11")
                .with("MINIO_USE_SSL", "yes")
                .with("LABEL_SELECTOR", "app=production,,")
                .without("CLUSTER_NAME");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors())
                .contains("CLUSTER_NAME", "BATCH_SIZE", "MAX_RESOURCE_SIZE", "RETRY_DELAY", "RETRY_ATTEMPTS")
                .contains("MINIO_USE_SSL", "LABEL_SELECTOR", "did you mean 'filtering-mode'?");
        assertThat(cluster.requests()).isEmpty();
        assertThat(store.puts()).isZero();
    }

    @Test
    void anUnreadableKubeconfigIsNamed() throws Exception {
        program.with("KUBECONFIG", folder.resolve("absent").toString());
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("KUBECONFIG").contains("absent");
        Files.writeString(folder.resolve("broken"), "{{{");
        assertThat(program.with("KUBECONFIG", folder.resolve("broken").toString())
                        .run("check-config"))
                .isEqualTo(2);
        assertThat(program.errors()).contains("KUBECONFIG");
    }

    @Test
    void aMissingConfigMapIsAnErrorAndNotTheDefaults() {
        program.with("POD_NAMESPACE", "backup-system");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors())
                .contains("CONFIG_MAP")
                .contains("backup-config")
                .contains("404");
        assertThat(store.puts()).isZero();
        cluster.put(
                "configmaps",
                "backup-system",
                "backup-config",
                Map.of("data", Map.of("include-resources", "secrets", "filtering-mode", "whitelist")));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).containsExactly("clusterbackup/east/shop/secrets/db.yaml");
    }

    @Test
    void aMissingBucketFailsTheRunWithoutRetries() {
        program.with("MINIO_BUCKET", "not-there");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.records("minio_bucket_missing")).hasSize(1);
        assertThat(program.records("retry_attempt")).isEmpty();
    }

    @Test
    void wrongKeysFailTheRunAndAreNotLogged() {
        program.with("MINIO_SECRET_KEY", "another-secret-nobody-logs");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.data("minio_connect")).containsEntry("error_class", "forbidden");
        assertThat(program.output() + program.errors()).doesNotContain("nobody-logs");
    }

    @Test
    void aFullBucketFailsTheRunAndLeavesTheLastOneReadable() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c1", Map.of("data", Map.of("i", "new")));
        store.refuse(key -> key.startsWith("clusterbackup/"), 507, "InsufficientStorage");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.data("backup_failed")).containsEntry("outcome", "failed");
        store.accept();
        assertThat(program.run("list", "latest")).isEqualTo(0);
        assertThat(program.output().lines()).hasSize(13);
        assertThat(program.run("run")).isEqualTo(0);
    }

    @Test
    void putsThatFailNowAndThenAreTriedAgain() {
        AtomicInteger count = new AtomicInteger();
        store.refuse(key -> key.startsWith("clusterbackup/") && count.incrementAndGet() % 3 == 0, 503, "SlowDown");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("retry_attempt")).isNotEmpty();
        assertThat(store.keys("clusterbackup/")).hasSize(12);
    }

    @Test
    void anObjectThatCannotBeStoredMakesTheRunPartialAndIsTried() throws Exception {
        store.refuse(key -> key.endsWith("/c3.yaml"), 500, "InternalError");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(program.data("backup_complete"))
                .containsEntry("outcome", "partial")
                .containsEntry("failed", 1L);
        Map<String, ?> latest = JsonTree.readObject(store.text("clusterexport/east/latest.json"));
        assertThat(JsonTree.text(latest, "completeRun")).isEmpty();
        store.accept();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("backup_complete")).containsEntry("uploaded", 1L);
    }

    @Test
    void aListThatIsCutInTheMiddleIsReadAgain() {
        AtomicInteger cuts = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || cuts.incrementAndGet() > 2) {
                return false;
            }
            byte[] half =
                    "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"c0\",\"namespace\":\"shop\",\"uid\":\"u"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, half.length + 1000);
            exchange.getResponseBody().write(half);
            exchange.getResponseBody().flush();
            return true;
        });
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).hasSize(12);
        assertThat(cuts.get()).isGreaterThan(2);
    }

    @Test
    void aForbiddenTypeIsAskedOnceAndMakesTheRunPartialWithoutTombstones() {
        assertThat(program.run("run")).isEqualTo(0);
        AtomicInteger asked = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/secrets")) {
                return false;
            }
            asked.incrementAndGet();
            ClusterServer.status(exchange, 403, "forbidden: User cannot list secrets");
            return true;
        });
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(asked).hasValue(1);
        assertThat(program.records("resource_list").get(0))
                .containsEntry("resource", "secrets")
                .containsKey("error");
        assertThat(program.data("backup_complete"))
                .containsEntry("vanished", 0L)
                .containsEntry("total_resources", 12L);
        assertThat(store.keys("clusterbackup/")).contains("clusterbackup/east/shop/secrets/db.yaml");
    }

    @Test
    void aBrokenAggregatedApiDoesNotStopTheOthers() {
        cluster.serve(new ClusterServer.Type("example.org", "v1", "widgets", "Widget", true));
        cluster.put("widgets", "shop", "w", Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        cluster.breakApi("example.org/v1");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(program.records("api_discovery_partial")).hasSize(1);
        assertThat(store.keys("clusterbackup/")).hasSize(13);
        cluster.old();
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).hasSize(13);
    }

    @Test
    void objectsThatAreBeingDeletedAreLeftOut() {
        cluster.put("namespaces", "", "going", Map.of("deletionTimestamp", "2026-01-01T00:00:00Z"), Map.of());
        cluster.put("configmaps", "going", "left", Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/"))
                .contains("clusterbackup/east/going/configmaps/left.yaml")
                .noneMatch(key -> key.endsWith("namespaces/going.yaml"));
    }

    @Test
    void namesNeverEscapeTheirFolder() {
        cluster.put("clusterroles", "", "..", Map.of());
        cluster.put("clusterroles", "", "a/../../b", Map.of());
        cluster.put("clusterroles", "", "system:a..b", Map.of());
        cluster.put("clusterroles", "", "50%", Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/east/_cluster/clusterroles/"))
                .containsExactlyInAnyOrder(
                        "clusterbackup/east/_cluster/clusterroles/%2E%2E.yaml",
                        "clusterbackup/east/_cluster/clusterroles/a%2F..%2F..%2Fb.yaml",
                        "clusterbackup/east/_cluster/clusterroles/system:a..b.yaml",
                        "clusterbackup/east/_cluster/clusterroles/50%25.yaml");
    }

    @Test
    void objectsOverTheLimitAreSkippedOrMakeTheRunPartial() {
        cluster.put("configmaps", "shop", "big", Map.of("data", Map.of("text", "x".repeat(2000))));
        program.with("MAX_RESOURCE_SIZE", "1Ki");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("resource_invalid_skipped")).containsEntry("resource_name", "big");
        assertThat(program.data("backup_complete")).containsEntry("invalid", 1L).containsEntry("uploaded", 12L);
        assertThat(program.with("SKIP_INVALID_RESOURCES", "false").run("run")).isEqualTo(3);
        assertThat(program.records("resource_invalid_fatal")).hasSize(1);
    }

    @Test
    void aListThatExpiresInTheMiddleStartsAgain() {
        program.with("BATCH_SIZE", "3");
        AtomicInteger pages = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || pages.incrementAndGet() != 3) {
                return false;
            }
            cluster.remove("configmaps", "shop", "c0");
            ClusterServer.status(exchange, 410, "The provided continue parameter is too old");
            return true;
        });
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("backup_complete")).containsEntry("total_resources", 11L);
        // What was stored before the list began anew, and is gone since, does not stay behind.
        assertThat(store.keys("clusterbackup/")).hasSize(11).noneMatch(key -> key.endsWith("/c0.yaml"));
    }

    /** Who may not list the whole cluster any more lists the namespaces that were asked for, and counts nothing twice. */
    @Test
    void aListThatIsForbiddenInTheMiddleStartsAgainInTheNamespaces() {
        StringJoiner namespaces = new StringJoiner(",").add("shop");
        for (int i = 0; i < 10; i++) {
            cluster.put("namespaces", "", "n" + i, Map.of());
            namespaces.add("n" + i);
        }
        program.with("INCLUDE_NAMESPACES", namespaces.toString()).with("BATCH_SIZE", "3");
        assertThat(program.run("run")).isEqualTo(0);
        AtomicInteger pages = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.equals("/api/v1/configmaps") || pages.incrementAndGet() != 2) {
                return false;
            }
            ClusterServer.status(exchange, 403, "forbidden: User cannot list configmaps");
            return true;
        });
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(pages).hasValue(2);
        assertThat(program.data("backup_complete"))
                .containsEntry("total_resources", 22L)
                .containsEntry("unchanged", 22L);
    }

    @Test
    void anOverloadedServerIsGivenTheTimeItAsksFor() {
        AtomicInteger asked = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (!path.endsWith("/configmaps") || asked.incrementAndGet() > 1) {
                return false;
            }
            exchange.getResponseHeaders().set("Retry-After", "1");
            ClusterServer.status(exchange, 429, "too many requests");
            return true;
        });
        long began = System.nanoTime();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(JsonTree.map(program.records("retry_attempt").get(0), "data"))
                .containsEntry("backoff_delay_ms", 1000L)
                .containsEntry("error_class", "throttled");
    }

    @Test
    void aRunThatIsKilledLeavesTheLastOneReadableAndTheNextOneRepairsTheFiles() throws Exception {
        program.with("LOCK_EXPIRY", "15s");
        assertThat(program.run("run")).isEqualTo(0);
        for (int i = 0; i < 10; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "changed")));
        }
        cluster.put("configmaps", "shop", "brief", Map.of());
        kill();
        assertThat(program.run("list", "latest-complete")).isEqualTo(0);
        assertThat(program.output().lines()).hasSize(13);
        assertThat(program.run("run")).as("its lock is there for a while").isEqualTo(4);
        // Back to what the manifest says, so that only a look at the files tells that they are others.
        for (int i = 0; i < 10; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", String.valueOf(i))));
        }
        cluster.remove("configmaps", "shop", "brief");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        int code = 4;
        while (code == 4 && System.nanoTime() < end) {
            code = program.run("run");
        }
        assertThat(code).isEqualTo(0);
        assertThat(program.records("run_unfinished")).hasSize(1);
        assertThat(store.keys("clusterbackup/")).hasSize(12).noneMatch(key -> key.contains("brief"));
        for (int i = 0; i < 10; i++) {
            assertThat(store.text("clusterbackup/east/shop/configmaps/c" + i + ".yaml"))
                    .contains("i: \"" + i + "\"");
        }
    }

    /** Starts the program as a process of its own, and kills it once it has written some of its files. */
    private void kill() throws Exception {
        CountDownLatch half = new CountDownLatch(8);
        CountDownLatch dead = new CountDownLatch(1);
        store.beforePut(() -> {
            half.countDown();
            if (half.getCount() == 0) {
                try {
                    assertThat(dead.await(120, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        Process process = program.start(folder.resolve("killed.log"));
        assertThat(half.await(120, TimeUnit.SECONDS)).isTrue();
        process.destroyForcibly().waitFor();
        store.beforePut(() -> {});
        dead.countDown();
    }

    @Test
    void aClockThatJumpsNeitherReordersRunsNorDeletesThem() {
        Clock future = Clock.offset(Clock.systemUTC(), Duration.ofDays(400));
        assertThat(program.at(future).run("run")).isEqualTo(0);
        assertThat(program.at(Clock.systemUTC()).run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c1", Map.of("data", Map.of("i", "new")));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.run("list")).isEqualTo(0);
        List<String> runs = program.output()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, 7))
                .toList();
        assertThat(runs).containsExactly("r000001", "r000002", "r000003");
        assertThat(program.at(future).run("run")).isEqualTo(0);
        assertThat(program.run("list")).isEqualTo(0);
        assertThat(program.output().lines().skip(1).map(line -> line.substring(0, 7)))
                .containsExactly("r000001", "r000002", "r000003", "r000004");
        for (String run : List.of("r000001", "r000002", "r000003", "r000004")) {
            String id = store.keys("clusterexport/east/runs/" + run).get(0).split("/")[3];
            assertThat(program.run("list", id)).isEqualTo(0);
            assertThat(program.output().lines()).hasSize(13);
        }
        assertThat(program.run("list", "latest-complete")).isEqualTo(0);
        assertThat(program.output().lines()).hasSize(13);
    }

    @Test
    void aRunThatIsAskedToStopGivesItsLockBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/configmaps")) {
                inside.countDown();
                try {
                    assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return false;
        });
        Process process = program.start(folder.resolve("stopped.log"));
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        cluster.heal();
        assertThat(Files.readString(folder.resolve("stopped.log")))
                .contains("backup_failed")
                .contains("topped");
        assertThat(store.keys("clusterexport/east/lock.json")).isEmpty();
        assertThat(program.run("run")).isEqualTo(0);
    }

    @Test
    void aCleanupThatFailsIsCountedAndFailsNoRun() throws Exception {
        store.put("clusterexport/east/runs/r000000-x/run.json", "no JSON");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_failed")).hasSize(1);
        assertThat(JsonTree.readObject(store.text("clusterexport/east/totals.json")))
                .containsEntry("cleanup_errors", 1L);
    }

    @Test
    void oneRunAtATime() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/configmaps")) {
                inside.countDown();
                try {
                    assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return false;
        });
        Process first = program.start(folder.resolve("first.log"));
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.run("run")).isEqualTo(4);
        assertThat(program.run("prune")).isEqualTo(4);
        go.countDown();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(program.run("run")).isEqualTo(0);
    }
}
