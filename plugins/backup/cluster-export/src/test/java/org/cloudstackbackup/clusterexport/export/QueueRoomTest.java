/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Room is taken as it comes, and for much at once only when it is nearly empty; others can wait meanwhile. With a clock of its own. */
@Timeout(60)
class QueueRoomTest {
    private static final long MILLI = 1_000_000;
    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final AtomicLong clock = new AtomicLong(17);
    private final QueueRoom room = new QueueRoom(100, clock::get);

    /** One who waits in there; returns when they wait. */
    private static <T> CompletableFuture<T> waiting(Supplier<T> work) throws InterruptedException {
        CompletableFuture<T> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> taken.complete(work.get()), "waiting");
        thread.setDaemon(true);
        thread.start();
        while (!WAITING.contains(thread.getState()) && !taken.isDone()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return taken;
    }

    private CompletableFuture<Integer> taking(int amount) throws InterruptedException {
        return waiting(() -> room.take(amount));
    }

    private CompletableFuture<QueueRoom.Turn> awaiting() throws InterruptedException {
        return waiting(room::awaitTurn);
    }

    @Test
    void whoeverBringsMuchWaitsUntilItIsNearlyEmpty() throws Exception {
        room.take(75);
        room.awaitTurn().close();
        room.take(5);
        CompletableFuture<QueueRoom.Turn> much = awaiting();
        for (int used = 80; used > 20; used -= 10) {
            assertThat(much).isNotDone();
            room.give(10);
        }
        assertThat(much).isNotDone();
        room.give(8);
        much.get().close();
    }

    @Test
    void oneAfterAnotherBringsMuchWhileMuchWaits() throws Exception {
        room.take(50);
        QueueRoom.Turn first = room.awaitTurn();
        CompletableFuture<QueueRoom.Turn> second = awaiting();
        CompletableFuture<QueueRoom.Turn> third = awaiting();
        assertThat(List.of(second, third)).allMatch(turn -> !turn.isDone());
        first.close();
        CompletableFuture.anyOf(second, third).get();
        assertThat(List.of(second, third)).filteredOn(CompletableFuture::isDone).hasSize(1);
        (second.isDone() ? second : third).get().close();
        second.get();
        third.get();
    }

    @Test
    void whatWasFilledMeanwhileIsWaitedForToo() throws Exception {
        room.take(50);
        QueueRoom.Turn first = room.awaitTurn();
        CompletableFuture<QueueRoom.Turn> second = awaiting();
        room.take(40);
        first.close();
        for (int used = 90; used > 20; used -= 10) {
            TimeUnit.MILLISECONDS.sleep(2);
            assertThat(second).isNotDone();
            room.give(10);
        }
        room.give(10);
        second.get().close();
    }

    @Test
    void whoeverTakesLongKeepsNobodyWaitingWhoFindsHardlyAnything() throws Exception {
        QueueRoom.Turn first = room.awaitTurn();
        QueueRoom.Turn second = room.awaitTurn();
        room.take(50);
        CompletableFuture<QueueRoom.Turn> third = awaiting();
        second.close();
        assertThat(third).isNotDone();
        room.give(46);
        assertThat(third).isNotDone();
        room.give(1);
        third.get().close();
        first.close();
    }

    @Test
    void aBurstIsWhileMuchIsBroughtAndMuchWaits() {
        room.take(12);
        QueueRoom.Turn turn = room.awaitTurn();
        assertThat(room.isBurst()).isFalse();
        int more = room.take(1);
        assertThat(room.isBurst()).isTrue();
        room.give(more);
        assertThat(room.isBurst()).isFalse();
        room.take(1);
        assertThat(room.isBurst()).isTrue();
        turn.close();
        clock.addAndGet(49 * MILLI);
        // The next page comes at once, or none does.
        assertThat(room.isBurst()).isTrue();
        clock.addAndGet(MILLI);
        assertThat(room.isBurst()).isFalse();
    }

    @Test
    void whatTricklesInWithoutATurnIsNoBurst() {
        room.take(50);
        assertThat(room.isBurst()).isFalse();
    }

    @Test
    void aBurstEndsAfterThreeSecondsUntilMostWasTakenAway() {
        room.awaitTurn();
        room.take(20);
        clock.addAndGet(QueueRoom.BURST_NANOS - 1);
        assertThat(room.isBurst()).isTrue();
        clock.addAndGet(1);
        assertThat(room.isBurst()).isFalse();
        room.take(20);
        assertThat(room.isBurst()).isFalse();
        room.give(30);
        room.take(10);
        assertThat(room.isBurst()).isTrue();
    }

    @Test
    void whoeverBringsAndFindsNoRoomMakesNoBurstUntilTheNext() throws Exception {
        QueueRoom.Turn turn = room.awaitTurn();
        room.take(90);
        CompletableFuture<Boolean> waiting = waiting(room::awaitBurst);
        assertThat(waiting).isNotDone();
        CompletableFuture<Integer> held = taking(20);
        assertThat(waiting.get()).isTrue();
        assertThat(held).isNotDone();
        room.give(30);
        assertThat(held.get()).isEqualTo(20);
        assertThat(room.isBurst()).isFalse();
        turn.close();
        room.give(60);
        room.awaitTurn();
        assertThat(room.isBurst()).isTrue();
    }

    @Test
    void whoWaitsForTheEndOfABurstGoesOnWhenLittleIsLeft() throws Exception {
        assertThat(room.awaitBurst()).isFalse();
        room.awaitTurn();
        room.take(50);
        CompletableFuture<Boolean> waiting = waiting(room::awaitBurst);
        assertThat(waiting).isNotDone();
        room.give(40);
        assertThat(waiting.get()).isTrue();
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
        room.awaitTurn();
        room.take(100);
        for (ThrowingCallable wait : List.<ThrowingCallable>of(room::awaitBurst, () -> room.take(1), room::awaitTurn)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(wait).isInstanceOf(Stopped.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
