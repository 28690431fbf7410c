/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
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

/** Who may record a run, what a recorded run still is when the store fails afterwards, and what damage to small objects does. */
class RecordedRunTest extends ProgramFixture {
    private static final EventLog LOG = new EventLog((level, line) -> {}, Clock.systemUTC(), Level.INFO, "east");
    private static final String LATEST = "clusterexport/east/latest.json";
    private static final String LOCK = "clusterexport/east/lock.json";

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
        cluster.put("configmaps", "shop", "c1", Map.of("data", Map.of("i", "1")));
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
    void aFileThatCannotBeDeletedDoesNotUnmakeTheRunAndIsDeletedByTheNext() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.remove("configmaps", "shop", "c1");
        store.keep(key -> key.endsWith("/c1.yaml"));
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(program.records("cleanup_failed")).hasSize(1);
        assertThat(program.data("backup_complete")).containsEntry("outcome", "complete");
        store.keep(key -> false);
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).noneMatch(key -> key.endsWith("/c1.yaml"));
        assertThat(store.keys("clusterexport/east/running.json")).isEmpty();
    }

    @Test
    void aLockThatCannotBeGivenBackDoesNotUnmakeTheRun() {
        store.keep(key -> key.equals(LOCK));
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(program.records("lock_release")).hasSize(1);
        assertThat(program.data("backup_complete")).containsEntry("outcome", "complete");
    }

    @Test
    void aDeletionThatFailsOnceIsTriedAgain() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.remove("configmaps", "shop", "c1");
        AtomicInteger attempts = new AtomicInteger();
        store.keep(key -> key.endsWith("/c1.yaml") && attempts.incrementAndGet() == 1);
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_failed")).isEmpty();
        assertThat(store.keys("clusterbackup/")).noneMatch(key -> key.endsWith("/c1.yaml"));
    }

    @Test
    void whoLosesTheLockBetweenTwoAttemptsStoresNothingMore() {
        try (Bucket bucket = bucket()) {
            AtomicInteger attempts = new AtomicInteger();
            store.refuse(key -> key.equals("k"), 503, "SlowDown");
            CallFailed failure = catchThrowableOfType(
                    CallFailed.class,
                    () -> bucket.put("k", new byte[1], "text/plain", sha256(), () -> {
                        if (attempts.incrementAndGet() == 2) {
                            throw new CallFailed(ErrorClass.CONFLICT, "the lock is lost", null);
                        }
                    }));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONFLICT);
            assertThat(store.puts()).isEqualTo(1);
        }
    }

    private static byte[] sha256() {
        return org.cloudstackbackup.clusterexport.content.SecretTreatment.sha256(new byte[1]);
    }

    @Test
    void latestNeverGoesBackToARunOfWhoWasTooLate() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.run("run")).isEqualTo(0);
        String latest = store.text(LATEST);
        try (Bucket bucket = bucket()) {
            Catalog catalog = new Catalog(bucket, new Layout("east"));
            try (RunLock lock = RunLock.take(bucket, LOCK, Duration.ofMinutes(1), "test", LOG)) {
                CallFailed failure = catchThrowableOfType(
                        CallFailed.class, () -> catalog.record(record("r000002-late", 2), new byte[1], lock));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONFLICT);
            }
        }
        assertThat(store.text(LATEST)).isEqualTo(latest);
    }

    @Test
    void latestIsWrittenInPlaceOfWhatWasReadOnly() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        AtomicReference<String> overtaken = new AtomicReference<>("");
        try (Bucket bucket = bucket()) {
            Catalog catalog = new Catalog(bucket, new Layout("east"));
            try (RunLock lock = RunLock.take(bucket, LOCK, Duration.ofMinutes(1), "test", LOG)) {
                // Between the last look at latest and its PUT another run is recorded.
                AtomicInteger puts = new AtomicInteger();
                store.beforePut(() -> {
                    if (puts.incrementAndGet() == 3) {
                        String other = "{\"run\":\"r000002-other\",\"completeRun\":\"r000002-other\",\"sequence\":2}";
                        store.put(LATEST, other);
                        overtaken.set(other);
                    }
                });
                CallFailed failure = catchThrowableOfType(
                        CallFailed.class, () -> catalog.record(record("r000002-late", 2), new byte[1], lock));
                store.beforePut(() -> {});
                assertThat(failure).hasMessageContaining("r000002-other");
            }
        }
        assertThat(store.text(LATEST)).isEqualTo(overtaken.get());
    }

    private static RunRecord record(String id, long sequence) {
        return new RunRecord(
                id,
                sequence,
                Outcome.COMPLETE,
                Instant.EPOCH,
                Instant.EPOCH,
                Catalog.hash(new byte[1]),
                List.of(),
                RunRecord.Source.UNKNOWN,
                Map.of());
    }

    @Test
    void aLockHoldsOthersOffAlsoWhereTheStoreIgnoresConditions() throws Exception {
        store.ignoreConditions();
        try (Bucket bucket = bucket()) {
            try (RunLock lock = RunLock.take(bucket, "lock", Duration.ofSeconds(40), "first", LOG)) {
                CallFailed failure = catchThrowableOfType(
                        CallFailed.class, () -> RunLock.take(bucket, "lock", Duration.ofSeconds(40), "second", LOG));
                assertThat(failure).hasMessageContaining("held by first");
                lock.check();
                assertThat(store.text("lock")).contains("first");
            }
            assertThat(store.keys("lock")).isEmpty();
        }
    }

    @Test
    void whoWritesALockLastHasItWhereTheStoreIgnoresConditions() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String latest = store.text(LATEST);
        store.ignoreConditions();
        try (Bucket bucket = bucket()) {
            Catalog catalog = new Catalog(bucket, new Layout("east"));
            try (RunLock lock = RunLock.take(bucket, LOCK, Duration.ofMinutes(10), "ours", LOG)) {
                // Another run found no lock either, and wrote its own after ours was read back.
                store.put(LOCK, "{\"holder\":\"other\",\"expirySeconds\":600}");
                CallFailed failure = catchThrowableOfType(
                        CallFailed.class, () -> catalog.record(record("r000002-late", 2), new byte[1], lock));
                assertThat(failure.errorClass()).isEqualTo(ErrorClass.CONFLICT);
                assertThat(failure).hasMessageContaining("other");
            }
        }
        assertThat(store.keys("clusterexport/east/runs/")).hasSize(2).noneMatch(key -> key.contains("late"));
        assertThat(store.text(LATEST)).isEqualTo(latest);
        assertThat(store.text(LOCK)).contains("other");
    }

    @Test
    void aDamagedLockExpires() throws Exception {
        store.put(LOCK, "no JSON");
        program.with("LOCK_EXPIRY", "10s");
        assertThat(program.run("run")).as(program.output()).isEqualTo(4);
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        int code = 4;
        while (code == 4 && System.nanoTime() < end) {
            code = program.run("run");
        }
        assertThat(code).isEqualTo(0);
    }

    @Test
    void aDamagedLatestIsFoundAgainInTheRecords() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        for (String damage : List.of("no JSON", "{}", "{\"run\":\"\",\"sequence\":7}", "")) {
            store.put(LATEST, damage);
            assertThat(program.run("list", "latest-complete")).as(damage).isEqualTo(0);
            assertThat(program.run("run")).as(damage + program.output()).isEqualTo(0);
            assertThat(program.data("backup_complete")).containsEntry("uploaded", 0L);
        }
        assertThat(JsonTree.readObject(store.text(LATEST))).containsEntry("sequence", 5L);
    }

    @Test
    void aDamagedRecordOfARunIsNamed() {
        assertThat(program.run("run")).isEqualTo(0);
        for (String damage : List.of("{}", "{\"id\":\"r000000-x\",\"sequence\":0,\"outcome\":\"complete\"}")) {
            store.put("clusterexport/east/runs/r000000-x/run.json", damage);
            assertThat(program.run("list")).isEqualTo(1);
            assertThat(program.errors()).contains("runs/r000000-x/run.json is damaged");
            assertThat(program.run("run")).isEqualTo(0);
            assertThat(program.records("cleanup_failed")).hasSize(1);
        }
    }
}
