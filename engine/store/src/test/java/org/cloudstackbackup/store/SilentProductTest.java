/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupsInUse;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.spi.BackupDriver;
import org.junit.jupiter.api.Test;

/** A product that takes calls and never answers, as many threads as it may get. */
class SilentProductTest {
    private static final int VMS = 20;
    private static final int WORKERS = Drivers.STEPS;
    private static final int FAR_TOO_MANY_STEPS = 50;

    @Test
    void leavesThreadsForOtherProductsAndJobs() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(Drivers.STEPS_PER_TARGET);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.wrapping = driver -> silentAtStatus(driver, asked, answer);
            BackupSyncTest.offering(world, 2, "second", "gold", false);
            world.addVms(100, 100 + VMS);
            world.insertVm(99, "elsewhere", TestTenants.SHOP, 2L);
            for (int i = 0; i < VMS; i++) {
                start(world, 100 + i);
            }
            List<String> open = world.framework.operations().openOperationUuids();
            open.forEach(world.framework.runner()::step);

            List<Future<Optional<java.time.Instant>>> steps = new ArrayList<>();
            open.forEach(uuid ->
                    steps.add(workers.submit(() -> world.framework.runner().step(uuid))));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(workers.submit(() -> "a job that needs no product").get(30, TimeUnit.SECONDS))
                    .startsWith("a job");
            String without = open.get(VMS - 1);
            assertThat(world.framework.runner().step(without)).isPresent();
            world.clock.advance(Duration.ofSeconds(20));
            assertThat(world.framework.runner().step(without).orElseThrow())
                    .as("the longer a product is silent, the rarer it is tried")
                    .isBetween(
                            world.clock.instant().plusSeconds(14),
                            world.clock.instant().plusSeconds(26));
            start(world, 99);
            String elsewhere = world.framework.operations().openOperationUuids().stream()
                    .filter(uuid -> !open.contains(uuid))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < FAR_TOO_MANY_STEPS; i++) {
                if (workers.submit(() -> world.framework.runner().step(elsewhere))
                        .get(30, TimeUnit.SECONDS)
                        .isEmpty()) {
                    break;
                }
            }
            assertThat(world.text("SELECT status FROM backups WHERE vm_id = 99"))
                    .isEqualTo("BackedUp");
            assertThat(world.number("SELECT COUNT(*) FROM backup_operation WHERE ended IS NULL AND attempts > 0"))
                    .as("waiting for a thread is no failed attempt")
                    .isZero();

            new BackupsInUse(
                            new JdbcBackupStore(world.database),
                            new JdbcVms(world.database),
                            world.framework.protection())
                    .volumesChanged(BackupWorld.WEB);
            assertThat(world.framework
                            .runner()
                            .step(world.text("SELECT uuid FROM backup_operation WHERE kind = 'RENEW'")))
                    .isPresent();
            assertThat(world.product.told)
                    .as("what calls the product at its end waits too")
                    .isEmpty();

            answer.countDown();
            for (Future<Optional<java.time.Instant>> step : steps) {
                assertThat(step.get(30, TimeUnit.SECONDS))
                        .as("each is stepped again")
                        .isPresent();
            }
            world.finish();
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE status = 'BackedUp'"))
                    .isEqualTo(VMS + 1);
        } finally {
            answer.countDown();
            workers.shutdownNow();
        }
    }

    private static void start(BackupWorld world, long vm) {
        Backup row = world.framework.backups().allocate(world.admin, vm, null, null, false);
        world.framework.backups().start(world.admin, row.id(), false, vm, BackupWorld.uuid());
    }

    private static BackupDriver silentAtStatus(BackupDriver driver, CountDownLatch asked, CountDownLatch answer) {
        return (BackupDriver) Proxy.newProxyInstance(
                BackupDriver.class.getClassLoader(),
                new Class<?>[] {BackupDriver.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("status")) {
                        asked.countDown();
                        assertThat(answer.await(60, TimeUnit.SECONDS)).isTrue();
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
