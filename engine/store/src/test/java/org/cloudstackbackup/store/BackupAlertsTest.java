/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.store.BackupWorld.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes an alert of the failures of backups. */
class BackupAlertsTest {
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmWhoseBackupsFailHasOneAlertUntilTheNextGoodOne(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            world.product.fails = true;
            backUp(world, 1);
            assertThat(alerts(world)).singleElement().satisfies(alert -> {
                assertThat(alert.name()).isEqualTo("ALERT.BACKUP.FAILED");
                assertThat(alert.cause()).isEqualTo("vm:vm-1");
                assertThat(alert.zoneUuid()).isEqualTo("zone-1");
                assertThat(alert.subject()).isEqualTo("Backup of VM web failed");
                assertThat(alert.content()).contains("web").contains(world.text("SELECT failure FROM backups"));
                assertThat(alert.resolved()).isNull();
            });
            world.product.fails = false;
            world.product.losesVolumes = true;
            backUp(world, 2);
            assertThat(world.text("SELECT status FROM backups WHERE id = 2")).isEqualTo("Error");
            assertThat(alerts(world)).singleElement().satisfies(alert -> {
                assertThat(alert.raised()).isEqualTo(2);
                assertThat(alert.content()).contains("lacks 1 of 2 volumes");
            });
            world.product.losesVolumes = false;
            backUp(world, 3);
            assertThat(alerts(world))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.resolved()).isNotNull());
            world.product.fails = true;
            backUp(world, 4);
            assertThat(alerts(world)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anOutageOfTheProviderIsOneAlertHoweverManyBackupsFail(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            new JdbcAlertStore(world.database)
                    .raise(
                            new Alerts.NewAlert(
                                    AlertType.PROVIDER_UNREACHABLE,
                                    Alerts.provider("zone-1", "fake"),
                                    "away",
                                    "Connection refused",
                                    1L),
                            world.clock.instant());
            world.addVms(100, 103);
            for (long vm = 100; vm < 103; vm++) {
                Backup backup = world.framework.backups().allocate(world.shop, vm, null, null, false);
                start(world, backup, vm);
            }
            world.product.reachable = false;
            world.finish();
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE status = 'Failed'"))
                    .isEqualTo(3);
            assertThat(world.number("SELECT COUNT(*) FROM event WHERE level = 'ERROR'"))
                    .isEqualTo(3);
            assertThat(alerts(world)).singleElement().satisfies(alert -> {
                assertThat(alert.name()).isEqualTo("ALERT.BACKUP.PROVIDER");
                assertThat(alert.raised()).isEqualTo(1 + 3);
                assertThat(alert.content())
                        .isEqualTo("Connection refused\nBackups fail because of this; each is an event of its own and"
                                + " counts in this alert.");
            });
            world.product.reachable = true;
            world.product.fails = true;
            backUp(world, 1);
            assertThat(alerts(world))
                    .as("what the provider refuses is a cause of its own")
                    .hasSize(2);
        }
    }

    @Test
    void aPersonWhoIsRefusedIsNoAlertButAScheduleIs() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup mine = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            Backup scheduled = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.database.jdbi().useHandle(handle -> {
                handle.execute("UPDATE vm_instance SET state = 'Destroyed' WHERE id = 1");
                handle.execute("UPDATE backups SET backup_schedule_id = 7 WHERE id = ?", scheduled.id());
            });
            start(world, mine, 1);
            assertThat(world.jobs().get(1L)).startsWith("failed: CONFLICT");
            assertThat(alerts(world)).isEmpty();
            start(world, scheduled, 2);
            assertThat(world.jobs().get(2L)).startsWith("failed: CONFLICT");
            assertThat(alerts(world)).hasSize(1);
        }
    }

    @Test
    void aBackupThatWasForgottenIsAnErrorEventAndAnAlert() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().failForgotten();
            assertThat(alerts(world)).isEmpty();
            world.clock.advance(Duration.ofHours(2));
            world.framework.backups().failForgotten();
            world.framework.backups().failForgotten();
            assertThat(alerts(world))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.raised()).isOne());
            assertThat(world.text("SELECT level FROM event WHERE type = 'BACKUP.CREATE'"))
                    .isEqualTo("ERROR");
        }
    }

    @Test
    void aFailureIsOneAlertWhereverTheProcessDies() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.fails = true;
            int deaths = 0;
            boolean died = true;
            for (int call = 1; died; call++) {
                Backup backup = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
                String job = BackupWorld.uuid();
                int id = call;
                world.fuse.burnAt(call);
                died = false;
                try {
                    world.job(id, () -> world.framework.backups().start(world.shop, backup.id(), false, id, job));
                    world.finish();
                } catch (Killed e) {
                    died = true;
                    deaths++;
                }
                world.restart();
                world.job(id, () -> world.framework.backups().start(world.shop, backup.id(), false, id, job));
                world.finish();
                assertThat(alerts(world))
                        .as("alerts after death at call %d", call)
                        .singleElement()
                        .satisfies(alert -> {
                            assertThat(alert.resolved()).isNull();
                            assertThat(alert.raised())
                                    .as("one for each failed backup")
                                    .isEqualTo(id);
                        });
            }
            assertThat(deaths).isGreaterThan(20);
        }
    }

    private static void backUp(BackupWorld world, long job) {
        start(world, world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false), job);
        world.finish();
    }

    private static void start(BackupWorld world, Backup backup, long job) {
        world.job(job, () -> world.framework.backups().start(world.shop, backup.id(), false, job, BackupWorld.uuid()));
    }

    private static List<Alert> alerts(BackupWorld world) {
        return new JdbcAlertStore(world.database)
                .list(new AlertStore.Filter(null, null, null, null, null), new PageRequest(0, 100))
                .items();
    }
}
