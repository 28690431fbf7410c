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
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that runs by a schedule, and what becomes of runs that are told to end. */
class ServiceModeTest extends ProgramFixture {
    private static final String LOCK = "clusterexport/east/lock.json";
    private static final long LONGEST_SECONDS = 60;
    /** Kubernetes kills a container 30 s after it was told to end. */
    private static final Duration PROMPTLY = Duration.ofSeconds(20);

    private final StandingClock clock = new StandingClock();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger code = new AtomicInteger(-1);

    /** Stands still until it is set. */
    private static final class StandingClock extends Clock {
        private final AtomicInteger reads = new AtomicInteger();
        private volatile Instant now = Instant.EPOCH;

        void set(String time) {
            now = Instant.parse("2026-11-" + time + "Z");
        }

        int reads() {
            return reads.get();
        }

        @Override
        public Instant instant() {
            reads.incrementAndGet();
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void prepare() {
        for (int i = 0; i < 10; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "first")));
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Counts lists of config maps; the first goes on once the test says so. */
    private CountDownLatch holdTheFirstList(CountDownLatch inside) {
        CountDownLatch go = new CountDownLatch(1);
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/configmaps") && lists.incrementAndGet() == 1) {
                inside.countDown();
                awaited(go);
            }
            return false;
        });
        return go;
    }

    private Thread service(String schedule) {
        program.at(clock).with("SCHEDULE", schedule);
        Thread service = new Thread(() -> code.set(program.run("run")));
        service.start();
        return service;
    }

    /** Whether the service waits for its next run. */
    private static boolean sleeps(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("slept"));
    }

    private void end(Thread service) throws Exception {
        service.interrupt();
        service.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        assertThat(service.isAlive()).isFalse();
    }

    @Test
    void aScheduleStartsOneRunAtATimeAndWhatComesMeanwhileIsLeftOut() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = holdTheFirstList(inside);
        clock.set("21T02:59:59.500");
        Thread service = service("* 3 * * *");
        await(() -> sleeps(service));
        assertThat(lists).as("it is not time yet").hasValue(0);
        clock.set("21T03:00:00");
        awaited(inside);
        clock.set("21T03:07:59.500");
        go.countDown();
        await(() -> sleeps(service));
        assertThat(lists).as("seven times passed while the run went on").hasValue(1);
        clock.set("21T03:08:00");
        await(() -> lists.get() == 2);
        await(() -> sleeps(service));
        end(service);
        assertThat(code).as(program.output() + program.errors()).hasValue(0);
        assertThat(program.records("backup_start"))
                .extracting(record -> JsonTree.text(record, "timestamp").replaceFirst("\\..*|Z", ""))
                .containsExactly("2026-11-21T03:00:00", "2026-11-21T03:08:00");
        assertThat(program.records("backup_complete")).hasSize(2);
        assertThat(program.records("schedule"))
                .extracting(record -> JsonTree.text(JsonTree.map(record, "data"), "at"))
                .containsExactly("2026-11-21T03:00:00Z", "2026-11-21T03:08:00Z", "2026-11-21T03:09:00Z");
        assertThat(program.records("shutdown")).hasSize(1);
        assertThat(store.keys("clusterexport/east/runs/"))
                .filteredOn(key -> key.endsWith("/run.json"))
                .hasSize(2);
        assertThat(store.keys(LOCK)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheNextRunOffForLong() throws Exception {
        clock.set("21T02:59:59.500");
        Thread service = service("0 3 * * *");
        await(() -> sleeps(service));
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/configmaps")) {
                lists.incrementAndGet();
            }
            return false;
        });
        clock.set("11T02:59:59.500");
        int before = clock.reads();
        // It reads the clock once before each nap and once after it.
        await(() -> clock.reads() >= before + 4);
        clock.set("11T03:00:00");
        await(() -> lists.get() == 1);
        await(() -> sleeps(service));
        end(service);
        assertThat(code).hasValue(0);
        assertThat(program.records("backup_complete")).hasSize(1);
    }

    @Test
    void aServiceThatIsToldToEndInTheMiddleOfARunSaysThatTheRunFailed() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String latest = store.text("clusterexport/east/latest.json");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = holdTheFirstList(inside);
        clock.set("21T02:59:59.500");
        Thread service = service("0 3 * * *");
        await(() -> sleeps(service));
        clock.set("21T03:00:00");
        awaited(inside);
        end(service);
        go.countDown();
        assertThat(code).as(program.output() + program.errors()).hasValue(1);
        assertThat(program.data("backup_failed")).containsEntry("outcome", "failed");
        assertThat(program.records("shutdown")).hasSize(1);
        assertThat(program.records("schedule")).as("no other run is planned").hasSize(1);
        assertThat(store.keys(LOCK)).isEmpty();
        assertThat(store.text("clusterexport/east/latest.json")).isEqualTo(latest);
    }

    /** Tells the process to end, as Kubernetes does, and gives its exit code. */
    private static int endPromptly(Process process) throws Exception {
        process.destroy();
        assertThat(process.waitFor(PROMPTLY.toSeconds(), TimeUnit.SECONDS))
                .as("ended within " + PROMPTLY)
                .isTrue();
        return process.exitValue();
    }

    private static void awaitLog(Process process, Path log, String operation) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!Files.readString(log).contains("\"operation\":\"" + operation + "\"")) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("it ended: " + Files.readString(log))
                    .isFalse();
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void theProcessOfAServiceEndsWithZeroWhenNoRunGoesOn() throws Exception {
        program.with("SCHEDULE", "0 3 29 2 *");
        Path log = folder.resolve("service.log");
        Process process = program.start(log);
        try {
            awaitLog(process, log, "schedule");
            assertThat(endPromptly(process)).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log))
                    .contains("\"operation\":\"shutdown\"")
                    .doesNotContain("\"level\":\"error\"");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsToldToEndInTheMiddleOfItsUploadsLeavesTheLastRunReadableAndNoLock() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String latest = store.text("clusterexport/east/latest.json");
        for (int i = 0; i < 10; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", "second")));
        }
        CountDownLatch uploads = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        store.refuse(
                key -> {
                    if (key.startsWith("clusterbackup/")) {
                        uploads.countDown();
                        awaited(told);
                    }
                    return false;
                },
                500,
                "");
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/secrets")) {
                // So that the run cannot end by itself.
                awaited(ended);
            }
            return false;
        });
        Path log = folder.resolve("ended.log");
        Process process = program.start(log);
        try {
            awaited(uploads);
            process.destroy();
            told.countDown();
            assertThat(endPromptly(process)).as(Files.readString(log)).isEqualTo(1);
        } finally {
            process.destroyForcibly();
            ended.countDown();
        }
        cluster.heal();
        store.accept();
        assertThat(Files.readString(log)).contains("\"operation\":\"backup_failed\"");
        assertThat(store.keys(LOCK)).isEmpty();
        assertThat(store.text("clusterexport/east/latest.json")).isEqualTo(latest);
        assertThat(program.run("list", "latest-complete")).isEqualTo(0);
        assertThat(program.output().lines()).hasSize(11);
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(store.text("clusterbackup/east/shop/configmaps/c9.yaml")).contains("i: second");
    }
}
