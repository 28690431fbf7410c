/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store does to a run, and how honestly the run tells. */
class StoreFaultTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        putShop(10);
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
    void aCleanupThatFailsIsCountedAndFailsNoRun() throws Exception {
        store.put("clusterexport/east/runs/r000000-x/run.json", "no JSON");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_failed")).hasSize(1);
        assertThat(JsonTree.readObject(store.text("clusterexport/east/totals.json")))
                .containsEntry("cleanup_errors", 1L);
    }
}
