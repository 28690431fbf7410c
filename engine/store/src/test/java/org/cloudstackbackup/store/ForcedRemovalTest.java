/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.framework.provider.CallNotBegunException;
import org.cloudstackbackup.framework.provider.Drivers;
import org.junit.jupiter.api.Test;

/** Force is for products that fail, and not for those that were not asked. */
class ForcedRemovalTest {
    private static final String PROTECTED =
            "SELECT COUNT(*) FROM vm_instance WHERE id >= 100 AND backup_offering_id IS NOT NULL";

    @Test
    void aForcedRemovalWaitsForItsTurnToAskTheProduct() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(Drivers.REQUESTS_PER_TARGET);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            long last = 100 + Drivers.REQUESTS_PER_TARGET;
            world.addVms(100, last + 1);
            world.product.assigned.add("vm-" + last);
            world.product.duringRemove = () -> {
                asked.countDown();
                awaited(answer);
            };
            List<Future<?>> others = new ArrayList<>();
            for (long vm = 100; vm < last; vm++) {
                long id = vm;
                others.add(threads.submit(() -> remove(world, id)));
            }
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> remove(world, last))
                    .isInstanceOfSatisfying(
                            CallNotBegunException.class,
                            e -> assertThat(e.delay()).isPositive());
            assertThat(world.number(PROTECTED)).isEqualTo(Drivers.REQUESTS_PER_TARGET + 1);
            assertThat(world.number("SELECT COUNT(*) FROM event WHERE type = 'BACKUP.OFFERING.REMOVE'"))
                    .as("nothing has happened")
                    .isZero();
            answer.countDown();
            for (Future<?> each : others) {
                each.get(30, TimeUnit.SECONDS);
            }
            remove(world, last);
            assertThat(world.number(PROTECTED)).isZero();
            assertThat(world.product.assigned).isEmpty();
        } finally {
            answer.countDown();
            threads.shutdownNow();
        }
    }

    private static void remove(BackupWorld world, long vm) {
        world.framework.protection().remove(world.shop, vm, true, BackupWorld.uuid());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
