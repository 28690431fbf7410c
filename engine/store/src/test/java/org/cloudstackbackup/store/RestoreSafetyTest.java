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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Memberships;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoredMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a restore may not do: to VMs that run, to what others own, to what was thrown away, and to the backup it reads. */
class RestoreSafetyTest {
    private static final String BACKUP = "SELECT status FROM backups WHERE removed IS NULL AND name = 'b'";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBackupIsRestoringAsLongAsAnyRestoreReadsIt(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Backup backup = backUp(world);
            String place = BackupWorld.uuid();
            world.framework.restores().restore(world.shop, backup.id(), 2, place);
            world.framework
                    .restores()
                    .restoreVolume(world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 3, BackupWorld.uuid());
            assertThat(world.text(BACKUP)).isEqualTo("Restoring");
            refused(
                    ErrorKind.CONFLICT,
                    "Restoring",
                    () -> world.framework.backups().delete(world.shop, backup.id(), true, 4, BackupWorld.uuid()));

            String first =
                    world.framework.operations().ofJob(place).orElseThrow().uuid();
            while (world.framework.runner().step(first).isPresent()) {
                assertThat(world.text(BACKUP)).isEqualTo("Restoring");
            }
            assertThat(world.text(BACKUP)).as("while the other one reads").isEqualTo("Restoring");
            world.finish();
            assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
            assertThat(world.jobs()).containsEntry(2L, "succeeded").containsEntry(3L, "succeeded");
            world.framework.backups().delete(world.shop, backup.id(), false, 5, BackupWorld.uuid());
            world.finish();
            assertThat(world.text("SELECT status FROM backups WHERE name = 'b'"))
                    .isEqualTo("Removed");
        }
    }

    @Test
    void aFailedRestoreLeavesTheBackupAsGoodAsItWas() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world);
            world.product.fails = true;
            world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs().get(2L)).contains("The disk is full");
            assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
        }
    }

    @Test
    void aRestoreInPlaceThatMadeAnotherMachineIsNoSuccess() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world);
            String job = BackupWorld.uuid();
            world.framework.restores().restore(world.shop, backup.id(), 2, job);
            String operation =
                    world.framework.operations().ofJob(job).orElseThrow().uuid();
            world.framework.runner().step(operation);
            RestoredMachine elsewhere = new RestoredMachine(Map.of("kubevirt.namespace", "elsewhere"), Map.of());
            world.product.operations.put(operation, OperationStatus.Succeeded.machine(elsewhere));
            world.finish();
            assertThat(world.jobs().get(2L)).contains("to another machine", "elsewhere", "not over VM");
            assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1")).isEqualTo("Stopped");
            assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
        }
    }

    @Test
    void destroyedVolumesAreNotTouched() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.database
                    .jdbi()
                    .useHandle(
                            handle -> handle.execute("INSERT INTO volumes (uuid, name, volume_type, state, size, path,"
                                    + " instance_id, device_id, disk_offering_id, data_center_id, account_id, domain_id, created)"
                                    + " SELECT 'thrown-away', name, volume_type, 'Destroy', size, '/gone', instance_id, 7,"
                                    + " disk_offering_id, data_center_id, account_id, domain_id, created"
                                    + " FROM volumes WHERE uuid = 'volume-1-1'"));
            Backup backup = backUp(world);
            for (boolean fails : new boolean[] {false, true}) {
                world.product.fails = fails;
                world.framework.restores().restore(world.shop, backup.id(), fails ? 3 : 2, BackupWorld.uuid());
                assertThat(thrownAway(world)).isEqualTo("Destroy");
                world.finish();
                assertThat(thrownAway(world)).isEqualTo("Destroy");
            }
            assertThat(world.jobs()).containsEntry(2L, "succeeded");
        }
    }

    @Test
    void bothEndsOfARestoreMustBelongToTheCaller() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world);
            give(world, "vm_instance", BackupWorld.OTHER);
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework
                            .restores()
                            .restoreVolume(
                                    world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 2, BackupWorld.uuid()));
            give(world, "vm_instance", BackupWorld.WEB);
            refused(
                    ErrorKind.NOT_FOUND,
                    "not yours",
                    () -> world.framework.restores().restore(world.shop, backup.id(), 3, BackupWorld.uuid()));
            assertThat(world.product.work).containsExactly("backup");
            assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
        }
    }

    @Test
    void whatAProjectOwnsIsRestoredByItsMembersOnly() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world);
            give(world, "vm_instance", BackupWorld.WEB);
            give(world, "backups", backup.id());
            Caller member = new Caller(
                    world.shop.user(),
                    world.shop.account(),
                    world.shop.domain(),
                    world.shop.role(),
                    new Memberships(() -> Set.of(TestTenants.ADMIN.accountId())));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid()));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework
                            .restores()
                            .restoreVolume(
                                    world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 3, BackupWorld.uuid()));
            world.framework.restores().restore(member, backup.id(), 4, BackupWorld.uuid());
            world.finish();
            world.framework
                    .restores()
                    .restoreVolume(member, backup.id(), "volume-1-1", BackupWorld.OTHER, 5, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs()).containsEntry(4L, "succeeded").containsEntry(5L, "succeeded");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void twoNodesNeverWorkOnOneVmAtOnce(DatabaseKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (BackupWorld world = new BackupWorld(kind);
                Database second = Database.open(world.url, 4)) {
            List<BackupFramework> nodes = List.of(world.framework, world.node(second));
            Backup backup = backUp(world);
            for (int round = 0; round < 10; round++) {
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> begun = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    BackupFramework node = nodes.get(i);
                    long job = 10 + 2L * round + i;
                    begun.add(threads.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        try {
                            node.restores().restore(world.shop, backup.id(), job, BackupWorld.uuid());
                            return true;
                        } catch (ProviderException e) {
                            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
                            return false;
                        }
                    }));
                }
                assertThat(List.of(
                                begun.get(0).get(60, TimeUnit.SECONDS),
                                begun.get(1).get(60, TimeUnit.SECONDS)))
                        .as("round %d: exactly one restore begins", round)
                        .containsExactlyInAnyOrder(true, false);
                world.finish();
                assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
                assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1"))
                        .isEqualTo("Stopped");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatAnUnrecordedEndLeftBehindIsFreed(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Backup backup = backUp(world);
            Backup queued = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "q", null, false);
            world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid());
            world.framework.backups().settleStrays();
            assertThat(world.text(BACKUP))
                    .as("as long as the operation is open")
                    .isEqualTo("Restoring");
            assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1")).isEqualTo("Restoring");
            world.database.jdbi().useHandle(handle -> {
                handle.execute("UPDATE backup_operation SET ended = created, vm_lock = NULL, phase = 'FAILED'");
                handle.execute("UPDATE backups SET status = 'Queued' WHERE id = ?", queued.id());
            });
            world.framework.backups().settleStrays();
            assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
            assertThat(world.text("SELECT status FROM backups WHERE name = 'q'"))
                    .isEqualTo("Failed");
            assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1")).isEqualTo("Stopped");
            assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE state <> 'Ready'"))
                    .isZero();
        }
    }

    @Test
    void aBackupWhoseJobWaitsIsNotForgotten() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup waiting = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "waits", null, false);
            world.framework.backups().allocate(world.shop, BackupWorld.WEB, "lost", null, false);
            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO async_job (uuid, user_id, account_id, domain_id, job_cmd, job_cmd_info,"
                                    + " instance_type, instance_id, job_init_msid, created, last_updated)"
                                    + " VALUES ('j', 3, 3, 2, 'c', '{}', 'Backup', ?, 'n', ?, ?)",
                            waiting.id(),
                            TestTenants.CREATED,
                            TestTenants.CREATED));
            world.clock.advance(java.time.Duration.ofMinutes(11));
            world.framework.backups().failForgotten();
            assertThat(world.text("SELECT status FROM backups WHERE name = 'waits'"))
                    .isEqualTo("Allocated");
            assertThat(world.text("SELECT status FROM backups WHERE name = 'lost'"))
                    .isEqualTo("Failed");
            assertThat(world.text("SELECT failure FROM backups WHERE name = 'lost'"))
                    .contains("never begun");
        }
    }

    private static void give(BackupWorld world, String table, long id) {
        world.database
                .jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE " + table + " SET account_id = 2, domain_id = 1 WHERE id = ?", id));
    }

    private static String thrownAway(BackupWorld world) {
        return world.text("SELECT state FROM volumes WHERE uuid = 'thrown-away'");
    }

    private static Backup backUp(BackupWorld world) {
        Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "b", null, false);
        world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
        world.finish();
        assertThat(world.text(BACKUP)).isEqualTo("BackedUp");
        return row;
    }

    private static void refused(ErrorKind kind, String words, Runnable body) {
        assertThatThrownBy(body::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }
}
