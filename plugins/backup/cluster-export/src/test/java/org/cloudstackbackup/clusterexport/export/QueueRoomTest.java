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
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing more comes in between full and nearly empty. */
@Timeout(60)
class QueueRoomTest {
    private final QueueRoom room = new QueueRoom(100, 25);

    /** One who waits for room; returns when they wait. */
    private CompletableFuture<Integer> waiting(int amount) throws InterruptedException {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> taken.complete(room.take(amount)), "waiting");
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING && !taken.isDone()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return taken;
    }

    @Test
    void onceFullItHasToBeNearlyEmpty() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(room.take(10)).isEqualTo(10);
        }
        CompletableFuture<Integer> late = waiting(10);
        for (int used = 90; used >= 30; used -= 10) {
            room.give(10);
            // Others do not come in before either.
            assertThat(waiting(1)).isNotDone();
        }
        assertThat(late).isNotDone();
        room.give(10);
        assertThat(late.get()).isEqualTo(10);
        assertThat(room.take(1)).isEqualTo(1);
    }

    @Test
    void whatIsLargerThanAllTakesAll() throws Exception {
        assertThat(room.take(10)).isEqualTo(10);
        CompletableFuture<Integer> large = waiting(1_000);
        assertThat(large).isNotDone();
        room.give(10);
        assertThat(large.get()).isEqualTo(100);
        CompletableFuture<Integer> next = waiting(1);
        assertThat(next).isNotDone();
        room.give(100);
        assertThat(next.get()).isEqualTo(1);
    }

    @Test
    void aLargeOneWaitsUntilItFits() throws Exception {
        room.take(10);
        room.take(5);
        CompletableFuture<Integer> large = waiting(95);
        room.give(5);
        assertThat(large).isNotDone();
        room.give(10);
        assertThat(large.get()).isEqualTo(95);
    }

    @Test
    void whoWaitsCanBeStopped() {
        room.take(100);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> room.take(1)).isInstanceOf(Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
