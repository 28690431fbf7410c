/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs: what ends up in the bucket, and what does not. */
class ExportRunTest extends ProgramFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("on", "yes", "text", "a\nb\n")));
        cluster.put("secrets", "shop", "db", Map.of("type", "Opaque", "data", Map.of("password", "aHVzaA==")));
        cluster.put("clusterroles", "", "system:view..all", Map.of("rules", List.of()));
        cluster.put("configmaps", "kube-system", "hidden", Map.of());
    }

    @Test
    void theFirstRunStoresEveryObjectUnderItsDocumentedKey() throws Exception {
        assertThat(program.run("cluster-export", "run")).as(program.output()).isEqualTo(0);
        assertThat(store.keys("clusterbackup/"))
                .containsExactlyInAnyOrder(
                        "clusterbackup/east/_cluster/namespaces/shop.yaml",
                        "clusterbackup/east/_cluster/clusterroles/system:view..all.yaml",
                        "clusterbackup/east/shop/configmaps/web.yaml",
                        "clusterbackup/east/shop/secrets/db.yaml");
        assertThat(store.text("clusterbackup/east/shop/configmaps/web.yaml")).isEqualTo("""
                        apiVersion: v1
                        data:
                          "on": "yes"
                          text: |
                            a
                            b
                        kind: ConfigMap
                        metadata:
                          name: web
                          namespace: shop
                        """);
        assertThat(program.data("backup_complete"))
                .containsEntry("outcome", "complete")
                .containsEntry("uploaded", 4L);
    }

    @Test
    void aSecondRunUploadsOnlyWhatChangedAndRemovesWhatVanished() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        int before = store.puts();
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("text", "new")));
        cluster.put("secrets", "shop", "db", Map.of("type", "Opaque", "data", Map.of("password", "aHVzaA==")));
        cluster.remove("clusterroles", "", "system:view..all");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("backup_complete"))
                .containsEntry("uploaded", 1L)
                .containsEntry("unchanged", 2L)
                .containsEntry("vanished", 1L);
        assertThat(store.keys("clusterbackup/")).hasSize(3).noneMatch(key -> key.contains("clusterroles"));
        assertThat(store.text("clusterbackup/east/shop/configmaps/web.yaml")).contains("text: new");
        // The file, its pack, marker, manifest, record, latest, totals, and the lock.
        assertThat(store.puts() - before).isLessThanOrEqualTo(8);
        assertThat(program.run("diff", runs().get(0))).isEqualTo(0);
        assertThat(program.output())
                .contains("changed  clusterbackup/east/shop/configmaps/web.yaml")
                .contains("removed  clusterbackup/east/_cluster/clusterroles/system:view..all.yaml");
    }

    @Test
    void theClusterIsAskedWhileTheStoreIs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        cluster.fault((exchange, path, query) -> {
            asked.countDown();
            return false;
        });
        AtomicBoolean inTime = new AtomicBoolean();
        store.beforePut(() -> {
            // The first is that of the lock, before which a run does not even know whether it may go on.
            try {
                inTime.compareAndSet(false, asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            store.beforePut(() -> {});
        });
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(inTime).isTrue();
    }

    @Test
    void aRunThatTheStoreEndsDoesNotWaitForTheCluster() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        cluster.fault((exchange, path, query) -> {
            try {
                end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        program.with("MINIO_BUCKET", "not-there").with("CONFIG_MAP", "none");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(end.getCount()).as("nobody has answered").isEqualTo(1);
        end.countDown();
        assertThat(program.records("minio_bucket_missing")).hasSize(1);
        assertThat(program.records("api_discovery_failed")).isEmpty();
        assertThat(program.records("cluster_uid_unknown")).isEmpty();
        assertThat(store.puts()).isZero();
    }

    private List<String> runs() {
        assertThat(program.run("list")).isEqualTo(0);
        return program.output().lines().skip(1).map(line -> line.split(" ")[0]).toList();
    }
}
