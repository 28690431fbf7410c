/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API server does to a run, and how honestly the run tells. */
class ApiServerFaultTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        putShop(10);
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
}
