/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloudstackbackup.store.SchedulesTest.backups;
import static org.cloudstackbackup.store.SchedulesTest.put;
import static org.cloudstackbackup.store.SchedulesTest.request;
import static org.cloudstackbackup.store.SchedulesTest.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.framework.schedule.ScheduleFramework;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Death at any point of a scheduled run and of retention, and two nodes that follow the same schedules at once. */
class ScheduleCrashTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final int VMS = 40;
    private static final int FIRST_VM = 100;

    @Test
    void aScheduledRunAndItsRetentionSurviveDeathAtAnyPoint() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", 1);
            int deaths = 0;
            for (int call = 1; ; call++) {
                world.product.work.clear();
                world.clock.set(START.plus(Duration.ofHours(call)));
                if (call == 1) {
                    world.settle();
                    continue;
                }
                boolean died = followedUntilDeath(world, call - 1);
                assertThat(world.product.work)
                        .as("what the product did for one slot, death at call %d", call - 1)
                        .containsExactly("backup", "delete");
                assertThat(world.product.points).hasSize(1);
                assertThat(backups(world, "BackedUp")).isEqualTo(1);
                assertThat(backups(world, "Allocated") + backups(world, "Failed") + backups(world, "Queued"))
                        .isZero();
                assertThat(world.number("SELECT COUNT(*) FROM backup_removal")).isZero();
                assertThat(world.number("SELECT COUNT(*) FROM async_job")).isEqualTo(call);
                assertThat(world.jobs().values())
                        .as("ends of jobs")
                        .hasSize(call)
                        .containsOnly("succeeded");
                assertThat(world.number(
                                "SELECT COUNT(*) FROM event WHERE type = 'BACKUP.CREATE' AND state = 'Completed'"))
                        .isEqualTo(call);
                assertThat(world.number("SELECT COUNT(*) FROM backup_schedule WHERE async_job_id IS NULL"
                                + " AND wake_at = scheduled_timestamp"))
                        .as("the schedule waits for its next slot")
                        .isEqualTo(1);
                if (!died) {
                    break;
                }
                deaths++;
            }
            assertThat(deaths).isGreaterThan(60);
        }
    }

    /** Whether the process died; when this returns, everything has come to its end. */
    private static boolean followedUntilDeath(BackupWorld world, int call) {
        world.fuse.burnAt(call);
        boolean died = false;
        try {
            world.settle();
        } catch (BackupWorld.Killed e) {
            died = true;
        }
        world.restart();
        for (int i = 0; i < 3; i++) {
            world.settle();
            world.clock.advance(Duration.ofSeconds(60));
        }
        return died;
    }

    @Test
    void aRunThatCannotBeginSurvivesDeathAtAnyPoint() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.settings.put(FrameworkSettings.SCHEDULE_ATTEMPTS.key(), "1");
            put(world, "HOURLY", "0", null);
            world.execute("UPDATE volumes SET state = 'Allocated' WHERE instance_id = 1");
            for (int call = 1; ; call++) {
                world.clock.set(START.plus(Duration.ofHours(call)));
                boolean died = followedUntilDeath(world, call);
                assertThat(backups(world, "Failed")).isEqualTo(call);
                assertThat(world.jobs()).hasSize(call);
                assertThat(world.number("SELECT COUNT(*) FROM backup_schedule_run"))
                        .isZero();
                if (!died) {
                    assertThat(call).as("deaths").isGreaterThan(15);
                    break;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void twoNodesMakeNoBackupTwiceAndMissNone(DatabaseKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (BackupWorld world = world(kind);
                Database second = Database.open(world.url, 4)) {
            world.addVms(FIRST_VM, FIRST_VM + VMS);
            for (int vm = FIRST_VM; vm < FIRST_VM + VMS; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", 1, null));
            }
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "7");
            List<ScheduleFramework> nodes = List.of(world.scheduling, world.schedulingNode(second));
            for (int round = 1; round <= 4; round++) {
                world.clock.set(START.plus(Duration.ofHours(round)));
                for (int look = 0; look < 100; look++) {
                    race(threads, nodes);
                    assertThat(world.number("SELECT COUNT(*) FROM backup_schedule_run WHERE running = TRUE"))
                            .as("runs at a time")
                            .isLessThanOrEqualTo(7);
                    if (world.number("SELECT COUNT(*) FROM backup_schedule_run") == 0
                            && world.framework.operations().openOperationUuids().isEmpty()) {
                        break;
                    }
                    Instant now = world.clock.instant();
                    world.finish();
                    world.clock.set(now.plusSeconds(20));
                }
                assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo((long) round * VMS);
                assertThat(world.product.work.stream().filter("backup"::equals)).hasSize(round * VMS);
                assertThat(world.number("SELECT COUNT(*) FROM async_job")).isEqualTo((long) round * VMS);
            }
            world.clock.advance(Duration.ofMinutes(5));
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(VMS);
            assertThat(world.product.points).hasSize(VMS);
            assertThat(world.product.work.stream().filter("delete"::equals)).hasSize(3 * VMS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void race(ExecutorService threads, List<ScheduleFramework> nodes) throws Exception {
        CyclicBarrier start = new CyclicBarrier(nodes.size());
        List<Callable<Void>> looks = nodes.stream()
                .<Callable<Void>>map(node -> () -> {
                    start.await(10, TimeUnit.SECONDS);
                    node.runs().poll();
                    return null;
                })
                .toList();
        for (Future<Void> look : threads.invokeAll(looks)) {
            look.get(60, TimeUnit.SECONDS);
        }
    }
}
