/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurableWorkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int POSTPONED = 19;

    private final JobWorld world = new JobWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobIsExecutedAndForgotten() {
        Queue<String> executed = new ConcurrentLinkedQueue<>();
        try (DurableWork work = work("node-a", executed::add, uuid -> Optional.empty())) {
            work.start();
            work.runJob("job-1");
            await().atMost(PATIENCE).until(() -> executed.contains("job-1") && tasks("async-job") == 0);
        }
        assertThat(executed).containsExactly("job-1");
    }

    @Test
    void aPostponedJobIsExecutedAnewAndNoThreadWaitsForIt() {
        Queue<String> executed = new ConcurrentLinkedQueue<>();
        Consumer<String> job = uuid -> {
            executed.add(uuid);
            if (executed.size() <= POSTPONED) {
                throw new JobPostponed(Duration.ofMillis(1), "its turn");
            }
        };
        try (DurableWork work = work("node-a", job, uuid -> Optional.empty())) {
            work.start();
            work.runJob("job-1");
            // A failed job would be repeated after five seconds each time, and so would end too late.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> executed.size() == POSTPONED + 1 && tasks("async-job") == 0);
        }
    }

    @Test
    void anOperationIsSteppedUntilItHasEnded() {
        Queue<Instant> steps = new ConcurrentLinkedQueue<>();
        Function<String, Optional<Instant>> step = uuid -> {
            steps.add(Instant.now());
            return steps.size() < 3 ? Optional.of(Instant.now()) : Optional.empty();
        };
        try (DurableWork work = work("node-a", uuid -> {}, step)) {
            work.start();
            work.stepOperation("operation-1", Instant.now().plus(Duration.ofHours(1)));
            work.stepOperation("operation-1", Instant.now());
            work.ensureOperation("operation-1");
            await().atMost(PATIENCE).until(() -> steps.size() == 3 && tasks("backup-operation") == 0);
        }
    }

    @Test
    void aNodeThatComesBackTakesUpAtOnceWhatItHadBegun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Queue<String> executed = new ConcurrentLinkedQueue<>();
        DurableWork killed = work(
                "node-a",
                uuid -> {
                    begun.countDown();
                    awaitInterrupt(never);
                },
                uuid -> Optional.empty());
        killed.start();
        killed.runJob("job-1");
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Instant back = Instant.now();
        try (DurableWork again = work("node-a", executed::add, uuid -> Optional.empty())) {
            again.start();
            await().atMost(DurableWork.DEAD_AFTER).until(() -> executed.contains("job-1"));
        }
        assertThat(Duration.between(back, Instant.now())).isLessThan(DurableWork.DEAD_AFTER);
        killed.close();
    }

    @Test
    void arrangingAnOperationThatIsBeingSteppedNeverFails() {
        Queue<String> steps = new ConcurrentLinkedQueue<>();
        try (DurableWork work = work("node-a", uuid -> {}, uuid -> {
            steps.add(uuid);
            return Optional.empty();
        })) {
            work.start();
            for (int round = 0; round < 300; round++) {
                work.stepOperation("operation-" + round / 3, Instant.now());
            }
            await().atMost(PATIENCE).until(() -> tasks("backup-operation") == 0);
        }
        assertThat(steps).contains("operation-0", "operation-99");
    }

    @Test
    void aFailingExecutionIsRepeated() {
        Queue<String> attempts = new ConcurrentLinkedQueue<>();
        Consumer<String> failingOnce = uuid -> {
            attempts.add(uuid);
            if (attempts.size() == 1) {
                throw new IllegalStateException("the database was away");
            }
        };
        try (DurableWork work = work("node-a", failingOnce, uuid -> Optional.empty())) {
            work.start();
            work.runJob("job-1");
            await().atMost(PATIENCE).until(() -> attempts.size() == 2);
        }
    }

    private DurableWork work(String node, Consumer<String> job, Function<String, Optional<Instant>> step) {
        return new DurableWork(world.database, Clock.systemUTC(), new Node(node), 4, job, step, List.of());
    }

    private int tasks(String name) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM scheduled_tasks WHERE task_name = ?")
                        .bind(0, name)
                        .mapTo(Integer.class)
                        .one());
    }

    private static void awaitInterrupt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
