/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState;
import org.cloudstackbackup.framework.sync.SyncState.Outcome;
import org.cloudstackbackup.framework.sync.SyncStates;
import org.cloudstackbackup.framework.sync.SyncTarget;
import org.cloudstackbackup.spi.RestorePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparisons by several nodes, and by nodes that are paused or killed at any moment. */
class SyncNodesTest {
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void oneNodeAtATimeComparesATarget(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            sync.outside(sync.world.product, 3);
            sync.world.product.sending = page -> {
                other.tick();
                return page;
            };
            assertThat(sync.sync().adopted()).isEqualTo(3);
            assertThat(sync.world.product.listings).hasValue(1);
            other.tick();
            assertThat(sync.world.product.listings)
                    .as("the interval is one for all nodes")
                    .hasValue(1);
            sync.world.clock.advance(SyncWorld.INTERVAL);
            other.tick();
            assertThat(sync.world.product.listings).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aNodeThatWasPausedForTooLongWritesNothingMore(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 3);
            sync.sync();
            RestorePoint lost = world.product.points.remove("out-1");
            sync.sync();
            // The first node has read a list without out-1, and sleeps over its answer until the other has taken over.
            world.product.sending = page -> {
                world.product.sending = next -> next;
                world.product.points.put("out-1", lost);
                world.clock.advance(Duration.ofMinutes(1));
                other.tick();
                return page;
            };
            sync.sync();
            assertThat(sync.live()).isEqualTo(3);
            assertThat(world.number("SELECT COUNT(*) FROM backup_missing"))
                    .as("the other node has seen it")
                    .isZero();
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(sync.state("fake").counts().pages()).isEqualTo(1);
            assertThat(sync.state("fake").holder()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aLongComparisonKeepsOthersAway(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            sync.outside(sync.world.product, 3);
            sync.world.product.sending = page -> {
                for (int i = 0; i < 60; i++) {
                    sync.world.clock.advance(Duration.ofSeconds(10));
                    sync.syncs.tick();
                    other.tick();
                }
                return page;
            };
            assertThat(sync.sync().adopted()).isEqualTo(3);
            assertThat(sync.world.product.listings).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRestartedNodeTakesUpAtOnceWhatItWasAtAndOthersAfterTheLease(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4)) {
            BackupWorld world = sync.world;
            Deque<Runnable> never = new ArrayDeque<>();
            BackupSyncs dead = sync.node("node-1", own, never::add);
            dead.tick();
            assertThat(never).hasSize(1);
            sync.syncs.tick();
            assertThat(world.product.listings).as("it is at it").hasValue(0);
            world.clock.advance(Duration.ofSeconds(31));
            sync.syncs.tick();
            assertThat(world.product.listings).as("it says nothing any more").hasValue(1);

            world.clock.advance(SyncWorld.INTERVAL);
            sync.node("node-1", own, never::add).tick();
            BackupSyncs restarted = sync.node("node-1", own, Runnable::run);
            restarted.recover();
            restarted.tick();
            assertThat(world.product.listings).hasValue(2);
            never.getLast().run();
            assertThat(world.product.listings).as("its lease is outdated").hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRequestOutlivesTheNodeThatTookItUp(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            BackupWorld world = sync.world;
            sync.sync();
            world.clock.advance(Duration.ofSeconds(10));
            sync.syncs.request(1);
            takenUpAndKilled(sync, own);
            other.tick();
            assertThat(world.product.listings).as("it may be at it").hasValue(1);
            world.clock.advance(Duration.ofSeconds(31));
            other.tick();
            assertThat(world.product.listings).as("it says nothing any more").hasValue(2);

            world.clock.advance(Duration.ofSeconds(10));
            other.request(1);
            takenUpAndKilled(sync, own);
            sync.syncs.recover();
            sync.syncs.tick();
            assertThat(world.product.listings).as("its next start").hasValue(3);
            other.tick();
            sync.syncs.tick();
            assertThat(world.product.listings).as("once for each request").hasValue(3);
        }
    }

    /** The clock of the node that ended the last comparison was ahead, or was set back since. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRequestOutlivesItsNodeWhateverTheClocksSay(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            BackupWorld world = sync.world;
            sync.sync();
            endedAt(sync, own, Duration.ofHours(1));
            sync.syncs.request(1);
            takenUpAndKilled(sync, own);
            assertThat(sync.state("fake").isCutShort()).isTrue();
            world.clock.advance(Duration.ofSeconds(31));
            other.tick();
            assertThat(world.product.listings).hasValue(2);
            assertThat(sync.state("fake").isCutShort()).isFalse();
            other.tick();
            sync.syncs.tick();
            assertThat(world.product.listings).as("once for the request").hasValue(2);

            endedAt(sync, own, Duration.ofMinutes(-5));
            assertThat(sync.state("fake").isCutShort()).as("set back meanwhile").isFalse();
        }
    }

    /** A comparison by a node whose clock differs by so much at its end. */
    private static void endedAt(SyncWorld sync, Database at, Duration off) {
        SyncStates states = new JdbcSyncStates(at, sync.world.clock);
        Instant now = sync.world.clock.instant();
        SyncStates.Lease lease = states.take(sync.state("fake"), "node-3", now, now.plusSeconds(30))
                .orElseThrow();
        assertThat(states.finish(lease, new SyncStates.End(now.plus(off), Outcome.COMPLETE, "", SyncCounts.NONE, null)))
                .isTrue();
    }

    private static void takenUpAndKilled(SyncWorld sync, Database at) {
        Deque<Runnable> never = new ArrayDeque<>();
        sync.node("node-1", at, never::add).tick();
        assertThat(never).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRequestThatAStoppingNodeTookUpGoesToAnotherAtOnce(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind);
                Database own = Database.open(sync.world.url, 4);
                BackupSyncs other = sync.node("node-2", own, Runnable::run)) {
            sync.sync();
            sync.world.clock.advance(Duration.ofSeconds(10));
            other.request(1);
            sync.world.product.sending = page -> {
                sync.syncs.close();
                return page;
            };
            sync.syncs.tick();
            assertThat(sync.world.product.listings).hasValue(2);
            sync.world.product.sending = page -> page;
            other.tick();
            assertThat(sync.world.product.listings).hasValue(3);
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSignOfLifeThatWaitedForTheEndChangesNothing(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            sync.outside(sync.world.product, 3);
            sync.sync();
            SyncState ended = sync.state("fake");
            SyncStates states = new JdbcSyncStates(sync.world.database, sync.world.clock);
            boolean renewed = states.renew(
                    new SyncStates.Lease(ended.target(), ended.token()),
                    sync.world.clock.instant().plusSeconds(30),
                    SyncCounts.NONE);
            assertThat(renewed).isFalse();
            assertThat(sync.state("fake")).isEqualTo(ended);
        }
    }

    @Test
    void aThreadThatCannotBeHadPutsComparisonsOffAndEndsThemNotForEver() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        CompletableFuture<SyncTarget> compared = new CompletableFuture<>();
        try (SyncWorld sync = new SyncWorld(DatabaseKind.H2);
                BackupSyncs syncs = sync.node("node-1", sync.world.database, work -> {
                    if (refusals.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                })) {
            syncs.start((target, zone, begun, end) -> compared.complete(target));
            assertThat(compared.get(30, TimeUnit.SECONDS).provider()).isEqualTo("fake");
            assertThat(refusals).hasValueGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSlowTargetHoldsUpNoOther(DatabaseKind kind) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch answered = new CountDownLatch(1);
        try (SyncWorld sync = new SyncWorld(kind);
                BackupSyncs syncs = sync.node("node-1", sync.world.database, threads)) {
            BackupSyncTest.offering(sync.world, 2, "second", "gold", false);
            sync.world.product.sending = page -> {
                try {
                    assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return page;
            };
            syncs.tick();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (sync.state("second").ended() == null && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(sync.state("second").outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(sync.state("fake").ended()).isNull();
            answered.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.COMPLETE);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Adoption, correction, first note and removal in one comparison, killed at every call of every port in turn. */
    @Test
    void aComparisonSurvivesDeathAtAnyPoint() {
        int deaths = 0;
        for (int call = 1; ; call++) {
            try (SyncWorld sync = new SyncWorld(DatabaseKind.H2)) {
                BackupWorld world = sync.world;
                sync.outside(world.product, 4);
                sync.sync();
                world.product.points.remove("out-0");
                sync.sync();
                world.product.points.remove("out-1");
                world.product.points.computeIfPresent("out-2", (id, point) -> SyncWorld.resized(point, 99));
                sync.outside(world.product, "new", BackupWorld.OTHER, "gold");
                world.fuse.burnAt(call);
                boolean died = false;
                try {
                    sync.sync();
                } catch (BackupWorld.Killed e) {
                    died = true;
                }
                world.fuse.mend();
                sync.syncs = sync.node("node-1", world.database, Runnable::run);
                sync.syncs.recover();
                sync.sync();
                sync.sync();
                assertThat(world.number(SyncWorld.LIVE + " AND external_id IN ('out-0', 'out-1')"))
                        .as("death at call %d", call)
                        .isZero();
                assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(5);
                assertThat(world.number(SyncWorld.LIVE + " AND external_id = 'new' AND vm_id = 2"))
                        .isEqualTo(1);
                assertThat(world.number("SELECT size FROM backups WHERE external_id = 'out-2'"))
                        .isEqualTo(99);
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE type = 'BACKUP.CREATE'"))
                        .isEqualTo(5);
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE type = 'BACKUP.DELETE'"))
                        .isEqualTo(2);
                assertThat(world.number("SELECT COUNT(*) FROM backup_missing")).isZero();
                if (!died) {
                    break;
                }
                deaths++;
            }
        }
        assertThat(deaths).isGreaterThan(40);
    }
}
