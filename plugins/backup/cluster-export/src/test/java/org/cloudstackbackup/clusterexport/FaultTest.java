/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in and around the program: its settings, its end, its clock, another one. */
class FaultTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        putShop(10);
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
