/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.cloudstackbackup.clusterexport.export.UploadQueue.Upload;
import org.cloudstackbackup.clusterexport.kube.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits is bounded, all that was submitted ends, and what goes wrong is known before anything counts as stored. */
@Timeout(60)
class UploadQueueTest {
    private static final int MIB = 1 << 20;

    private final TypeProgress progress =
            new TypeProgress(new ResourceType("", "v1", "configmaps", "ConfigMap", true, Set.of("list")));
    /** Of what is listed only; where it stands still no burst ends by itself. */
    private final AtomicLong clock = new AtomicLong();

    private final UploadQueue queue = new UploadQueue(4, () -> {}, new QueueRoom(40 << 10, clock::get));

    @AfterEach
    void close() {
        queue.close();
    }

    /** No pack is written here. */
    @SuppressWarnings("NullAway")
    private static RunContext run() {
        return new RunContext("r1", "uid", () -> {}, null, Manifest.none("east"), Map.of(), true, Set.of());
    }

    private static Supplier<Optional<Upload>> making(long bytes, Runnable upload) {
        return () -> Optional.of(new Upload() {
            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public void run() {
                upload.run();
            }
        });
    }

    /** Completes when all of the type is stored, with whether the run was aborted by then. */
    private CompletableFuture<Boolean> stored(RunContext run) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        queue.whenStored(progress, () -> {
            try {
                run.check();
                stored.complete(false);
            } catch (RuntimeException e) {
                stored.complete(true);
            }
        });
        return stored;
    }

    @Test
    void filesThatWaitForTheStoreAreBounded() throws Exception {
        RunContext run = run();
        AtomicInteger made = new AtomicInteger();
        AtomicInteger uploaded = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(40);
        for (int i = 0; i < 40; i++) {
            Supplier<Optional<Upload>> making = making(7 * MIB, () -> {
                awaitOpen(open);
                uploaded.incrementAndGet();
            });
            queue.submit(
                    progress,
                    100,
                    () -> {
                        made.incrementAndGet();
                        all.countDown();
                        return making.get();
                    },
                    run);
        }
        assertThat(all.await(300, TimeUnit.MILLISECONDS)).isFalse();
        // Two of seven in sixteen, and one that waits for each thread that makes them.
        assertThat(made.get()).isLessThanOrEqualTo(2 + Runtime.getRuntime().availableProcessors());
        open.countDown();
        assertThat(stored(run).get()).isFalse();
        assertThat(made).hasValue(40);
        assertThat(uploaded).hasValue(40);
    }

    private static void awaitOpen(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until as many may go on as are allowed. */
    private void warmUp(RunContext run) throws Exception {
        for (int i = 0; i < 20; i++) {
            queue.submit(progress, 100, making(1, UploadQueueTest::nap), run);
            stored(run).get();
        }
    }

    @Test
    void oneUploadThatDoesNotEndKeepsNoOtherWaitingForLong() throws Exception {
        RunContext run = run();
        warmUp(run);
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(7);
        queue.submit(progress, 100, making(1, () -> awaitOpen(open)), run);
        try (QueueRoom.Turn turn = queue.awaitTurn()) {
            // So large that many wait at once.
            for (int i = 0; i < 7; i++) {
                queue.submit(progress, 2 * MIB, making(1, others::countDown), run);
            }
            clock.addAndGet(QueueRoom.BURST_NANOS);
            assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
        }
        open.countDown();
        assertThat(stored(run).get()).isFalse();
    }

    @Test
    void oneUploadGoesOnWhileManyObjectsCome() throws Exception {
        RunContext run = run();
        warmUp(run);
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch open = new CountDownLatch(1);
        submitAndAwaitMade(run, 4, 100, () -> {
            begun.countDown();
            awaitOpen(open);
        });
        begun.await();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(6);
        submitAndAwaitMade(run, 6, 100, () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            nap();
            running.decrementAndGet();
            ended.countDown();
        });
        try (QueueRoom.Turn turn = queue.awaitTurn()) {
            queue.submit(progress, 6 * MIB, Optional::empty, run);
            open.countDown();
            ended.await();
            assertThat(most).hasValue(1);
        }
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(stored(run).get()).isFalse();
    }

    /** So many objects of a size, of which all files are made when this returns. */
    private void submitAndAwaitMade(RunContext run, int count, long bytes, Runnable upload) throws Exception {
        CountDownLatch made = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            queue.submit(progress, bytes, counting(made, making(1, upload)), run);
        }
        made.await();
    }

    private static Supplier<Optional<Upload>> counting(CountDownLatch made, Supplier<Optional<Upload>> making) {
        return () -> {
            made.countDown();
            return making.get();
        };
    }

    /** Nobody computes who could notice the end of the burst. */
    @Test
    void oneUploadThatDoesNotEndIsNotWaitedForWhenAllFilesAreMade() throws Exception {
        RunContext run = run();
        warmUp(run);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(9);
        submitAndAwaitMade(run, 10, 2 * MIB, () -> {
            if (begun.incrementAndGet() == 1) {
                awaitOpen(never);
            } else {
                awaitOpen(open);
                ended.countDown();
            }
        });
        try (QueueRoom.Turn turn = queue.awaitTurn()) {
            open.countDown();
            assertThat(ended.await(500, TimeUnit.MILLISECONDS)).isFalse();
            clock.addAndGet(QueueRoom.BURST_NANOS);
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        never.countDown();
        assertThat(stored(run).get()).isFalse();
    }

    @Test
    void nothingIsComputedWhileManyObjectsCome() throws Exception {
        RunContext run = run();
        CountDownLatch made = new CountDownLatch(1);
        try (QueueRoom.Turn turn = queue.awaitTurn()) {
            // So large that it counts as many.
            queue.submit(progress, 6 * MIB, counting(made, Optional::empty), run);
            assertThat(made.await(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        made.await();
        assertThat(stored(run).get()).isFalse();
    }

    /** As long as it takes twenty to get places for more than one. */
    private static void nap() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatGoesWrongIsKnownBeforeTheTypeCountsAsStored() throws Exception {
        for (int i = 0; i < 200; i++) {
            RunContext run = run();
            queue.submit(
                    progress,
                    100,
                    making(1, () -> {
                        throw new OutOfMemoryError("of the test");
                    }),
                    run);
            assertThat(stored(run).get()).isTrue();
            assertThatThrownBy(run::check).hasMessageContaining("of the test");
        }
    }

    @Test
    void whatCannotBeMadeEndsTheRunToo() throws Exception {
        RunContext run = run();
        queue.submit(
                progress,
                100,
                () -> {
                    throw new OutOfMemoryError("of the test");
                },
                run);
        assertThat(stored(run).get()).isTrue();
    }

    @Test
    void whatNeedsNoUploadEnds() throws Exception {
        RunContext run = run();
        for (int i = 0; i < 10_000; i++) {
            queue.submit(progress, 100, Optional::empty, run);
        }
        assertThat(stored(run).get()).isFalse();
    }
}
