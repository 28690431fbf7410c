/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Room is taken as it comes, and for much at once only when it is nearly empty. */
@Timeout(60)
class QueueRoomTest {
    private final QueueRoom room = new QueueRoom(100);

    /** One who waits in there; returns when they wait. */
    private static CompletableFuture<Integer> waiting(Supplier<Integer> work) throws InterruptedException {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> taken.complete(work.get()), "waiting");
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING && !taken.isDone()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return taken;
    }

    private CompletableFuture<Integer> taking(int amount) throws InterruptedException {
        return waiting(() -> room.take(amount));
    }

    private CompletableFuture<Integer> awaiting() throws InterruptedException {
        return waiting(() -> {
            room.awaitMuch();
            return 0;
        });
    }

    @Test
    void whoeverBringsMuchWaitsUntilItIsNearlyEmpty() throws Exception {
        room.take(50);
        room.awaitMuch();
        room.take(10);
        CompletableFuture<Integer> much = awaiting();
        for (int used = 60; used > 30; used -= 10) {
            assertThat(much).isNotDone();
            room.give(10);
        }
        assertThat(much).isNotDone();
        room.give(5);
        assertThat(much.get()).isZero();
    }

    @Test
    void oneAtATimeComesInAsSoonAsItFits() throws Exception {
        room.take(90);
        CompletableFuture<Integer> late = taking(20);
        assertThat(late).isNotDone();
        room.give(10);
        assertThat(late.get()).isEqualTo(20);
    }

    @Test
    void whatIsLargerThanAllTakesAll() throws Exception {
        room.take(10);
        CompletableFuture<Integer> large = taking(1_000);
        assertThat(large).isNotDone();
        room.give(10);
        assertThat(large.get()).isEqualTo(100);
        CompletableFuture<Integer> next = taking(1);
        assertThat(next).isNotDone();
        room.give(100);
        assertThat(next.get()).isEqualTo(1);
    }

    @Test
    void whoWaitsCanBeStopped() {
        room.take(100);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> room.take(1)).isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
