/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restore by the program that loses its lock in the middle: nothing more is written, and it says why; by each policy. */
class RestoreCommandLockTest extends ProgramFixture {
    private static final String LOCK = "clusterexport/east/lock.json";
    private static final String ANOTHER = "{\"holder\":\"run another\",\"expirySeconds\":600}";
    private static final int OBJECTS = 60;
    /** As many threads write at once. */
    private static final int MOST_UNDER_WAY = 8;

    private static final long LONGEST_SECONDS = 120;

    private final AtomicInteger writes = new AtomicInteger();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeEach
    void prepare() {
        program.with("LOCK_EXPIRY", "20s");
        cluster.put("namespaces", "", "shop", Map.of());
        for (int i = 0; i < OBJECTS; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "exported")));
        }
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
    }

    private void wipe() {
        for (int i = 0; i < OBJECTS; i++) {
            cluster.remove("configmaps", "shop", "c" + i);
        }
    }

    private long restored() {
        return java.util.stream.IntStream.range(0, OBJECTS)
                .filter(i -> String.valueOf(cluster.object("configmaps", "shop", "c" + i))
                        .contains("exported"))
                .count();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds real writes of a method until the test says so. */
    private void hold(String method) {
        cluster.fault((exchange, path, query) -> {
            if (isWrite(exchange, path, query) && exchange.getRequestMethod().equals(method)) {
                writes.incrementAndGet();
                inside.countDown();
                awaited(go);
            }
            return false;
        });
    }

    private static boolean isWrite(HttpExchange exchange, String path, Map<String, String> query) {
        return path.contains("/configmaps")
                && !exchange.getRequestMethod().equals("GET")
                && !query.containsKey("dryRun");
    }

    /** Puts another's lock in place, and waits until the restore has noticed: it renews its own no more. */
    private void takeTheLock() {
        store.put(LOCK, ANOTHER);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("lock-renewal"))) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private int restoreAndLoseTheLock(String... arguments) throws Exception {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> program.run(arguments));
        awaited(inside);
        takeTheLock();
        go.countDown();
        int ended = code.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        cluster.heal();
        return ended;
    }

    @Test
    void aRestoreThatLostItsLockWritesNoMoreObjectsAndGoesOnLater() throws Exception {
        wipe();
        hold("POST");
        String[] chosen = {"restore", "--conflict", "fail", "--type", "configmaps"};
        assertThat(restoreAndLoseTheLock(chosen))
                .as(program.output() + program.errors())
                .isEqualTo(1);
        assertThat(program.data("command_failed")).containsEntry("error_class", "conflict");
        assertThat(JsonTree.text(program.records("command_failed").get(0), "error"))
                .contains(LOCK)
                .contains("taken over by another run");
        assertThat(writes).hasValueLessThanOrEqualTo(MOST_UNDER_WAY);
        long before = restored();
        assertThat(before).isBetween(1L, (long) MOST_UNDER_WAY);
        assertThat(program.output())
                .as("no object is to blame")
                .doesNotContain("taken over")
                .contains("Restore restore-");
        assertThat(store.text(LOCK)).as("it is the other's").isEqualTo(ANOTHER);
        String id = JsonTree.text(program.data("restore_start"), "restore");
        String[] again = {"restore", "--conflict", "fail", "--type", "configmaps", "--resume", id};
        assertThat(program.run(again)).isEqualTo(4);
        assertThat(restored()).isEqualTo(before);
        store.delete(LOCK);
        assertThat(program.run(again)).as(program.output()).isEqualTo(0);
        assertThat(restored()).isEqualTo(OBJECTS);
    }

    @Test
    void whatWasDeletedForItsSuccessorIsMadeAgainAlthoughTheLockIsLost() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "changed")));
        }
        hold("DELETE");
        assertThat(restoreAndLoseTheLock("restore", "--conflict", "recreate", "--type", "configmaps"))
                .as(program.output() + program.errors())
                .isEqualTo(1);
        assertThat(writes).hasValueLessThanOrEqualTo(MOST_UNDER_WAY);
        for (int i = 0; i < OBJECTS; i++) {
            assertThat(cluster.object("configmaps", "shop", "c" + i)).isNotNull();
        }
        assertThat(restored()).isEqualTo(writes.get());
    }

    @Test
    void updatesEndToo() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "changed")));
        }
        hold("PUT");
        assertThat(restoreAndLoseTheLock("restore", "--conflict", "update", "--type", "configmaps"))
                .isEqualTo(1);
        assertThat(writes).hasValueLessThanOrEqualTo(MOST_UNDER_WAY);
        assertThat(restored()).isEqualTo(writes.get());
    }
}
