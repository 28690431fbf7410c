/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloudstackbackup.store.SchedulesTest.backups;
import static org.cloudstackbackup.store.SchedulesTest.events;
import static org.cloudstackbackup.store.SchedulesTest.put;
import static org.cloudstackbackup.store.SchedulesTest.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many backups of a schedule are kept, and which. */
class RetentionTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theNewestGoodBackupsAreKeptAndBadOnesPushNoneOut(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            world.settings.put(FrameworkSettings.SCHEDULE_ATTEMPTS.key(), "1");
            put(world, "HOURLY", "0", 2);
            hours(world, 1, 2);
            world.product.fails = true;
            hours(world, 3, 5);
            assertThat(backups(world, "BackedUp"))
                    .as("while nothing better came")
                    .isEqualTo(2);
            assertThat(backups(world, "Failed")).isEqualTo(3);
            world.product.fails = false;
            world.product.losesVolumes = true;
            hours(world, 6, 6);
            assertThat(backups(world, "Error")).isEqualTo(1);
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
            world.product.losesVolumes = false;
            hours(world, 7, 8);
            assertThat(slots(world)).as("the newest two").containsExactly("2026-11-21 17:00", "2026-11-21 18:00");
            assertThat(backups(world, "Failed") + backups(world, "Error"))
                    .as("bad ones stay visible")
                    .isEqualTo(4);
            assertThat(world.product.points)
                    .as("two good ones and the flawed one")
                    .hasSize(3);
            assertThat(world.product.work.stream().filter("delete"::equals)).hasSize(2);
            assertThat(world.number("SELECT COUNT(*) FROM backup_removal")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aFailedRemovalIsTriedAgainAndToldAndNeverCountedTwice(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            world.settings.put(FrameworkSettings.RETENTION_RETRY_DELAY.key(), "600");
            put(world, "HOURLY", "0", 1);
            hours(world, 1, 1);
            world.product.failsToDelete = true;
            hours(world, 2, 2);
            String first = world.text("SELECT uuid FROM backups ORDER BY id LIMIT 1");
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
            assertThat(world.alerts.get("RETENTION_FAILED backup:" + first))
                    .contains("The restore point is locked", "failed 1 time");
            world.clock.set(START.plus(Duration.ofHours(2)).plusSeconds(300));
            world.run();
            assertThat(deletions(world)).as("before the pause is over").isEqualTo(1);
            world.clock.set(START.plus(Duration.ofHours(2)).plusSeconds(900));
            world.run();
            assertThat(deletions(world)).as("after it").isEqualTo(2);
            assertThat(world.alerts).hasSize(1);
            hours(world, 3, 3);
            assertThat(backups(world, "BackedUp"))
                    .as("new ones are made all the same")
                    .isEqualTo(3);
            world.product.failsToDelete = false;
            hours(world, 4, 5);
            assertThat(slots(world)).containsExactly("2026-11-21 15:00");
            assertThat(world.product.points).hasSize(1);
            assertThat(world.alerts).isEmpty();
            assertThat(world.number("SELECT COUNT(*) FROM event WHERE type = 'BACKUP.DELETE' AND state = 'Completed'"
                            + " AND level = 'INFO'"))
                    .isEqualTo(4);
        }
    }

    @Test
    void aBackupThatIsRestoredFromIsLeftUntilLater() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", 1);
            hours(world, 1, 2);
            long kept = world.number("SELECT id FROM backups WHERE removed IS NULL");
            world.framework
                    .restores()
                    .restoreVolume(world.shop, kept, "volume-1-1", BackupWorld.OTHER, 77, BackupWorld.uuid());
            world.clock.set(START.plus(Duration.ofHours(3)));
            world.scheduling.runs().poll();
            String restore = world.text("SELECT uuid FROM backup_operation WHERE kind = 'RESTORE_VOLUME'");
            for (int i = 0; i < 20; i++) {
                world.framework.operations().openOperationUuids().stream()
                        .filter(uuid -> !uuid.equals(restore))
                        .forEach(world.framework.runner()::step);
                world.clock.advance(Duration.ofSeconds(20));
                world.scheduling.runs().poll();
            }
            assertThat(backups(world, "BackedUp") + backups(world, "Restoring"))
                    .as("the old one is still read")
                    .isEqualTo(2);
            assertThat(world.alerts).isEmpty();
            world.settle();
            world.clock.advance(Duration.ofMinutes(2));
            world.settle();
            assertThat(slots(world)).hasSize(1);
            assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE path LIKE '/restored/%'"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void endedOperationsAreForgottenUnlessARemovalNamesThem(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            var done = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, done.id(), false, 1, BackupWorld.uuid());
            world.finish();
            world.framework.backups().delete(world.shop, done.id(), false, 2, BackupWorld.uuid());
            world.finish();
            var open = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, open.id(), false, 3, BackupWorld.uuid());
            String operations = "SELECT GROUP_CONCAT(kind ORDER BY id) FROM backup_operation";
            assertThat(world.text(operations)).isEqualTo("BACKUP,DELETE,BACKUP");
            put(world, "HOURLY", "0", 1);
            world.execute("INSERT INTO backup_removal (backup_id, schedule_id, operation_uuid, failures)"
                    + " SELECT p.backup_id, (SELECT MAX(s.id) FROM backup_schedule s), p.uuid, 0 FROM backup_operation p"
                    + " WHERE p.kind = 'DELETE'");
            world.framework.operations().purge(world.clock.instant().minus(Duration.ofDays(1)));
            assertThat(world.text(operations)).isEqualTo("BACKUP,DELETE,BACKUP");
            world.framework.operations().purge(world.clock.instant().plusSeconds(1));
            assertThat(world.text(operations)).isEqualTo("DELETE,BACKUP");
            world.execute("DELETE FROM backup_removal");
            world.framework.operations().purge(world.clock.instant().plusSeconds(1));
            assertThat(world.text(operations)).isEqualTo("BACKUP");
            world.finish();
            assertThat(world.jobs()).containsEntry(3L, "succeeded");
        }
    }

    @Test
    void aLowerNumberAppliesAtOnceAndNoneKeepsAll() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", 0);
            hours(world, 1, 4);
            assertThat(slots(world)).hasSize(4);
            put(world, "HOURLY", "0", 2);
            world.run();
            assertThat(slots(world)).containsExactly("2026-11-21 13:00", "2026-11-21 14:00");
            put(world, "HOURLY", "0", null);
            hours(world, 5, 6);
            assertThat(slots(world)).hasSize(4);
        }
    }

    @Test
    void backupsOnRequestAndOfOtherSchedulesAreNotTouched() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            var manual = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, manual.id(), false, 1000, BackupWorld.uuid());
            world.finish();
            world.clock.set(START);
            put(world, "HOURLY", "0", 1);
            put(world, "DAILY", "30:10", 1);
            world.clock.set(START.plusSeconds(1800));
            world.run();
            hours(world, 1, 3);
            assertThat(
                            world.number(
                                    "SELECT COUNT(DISTINCT COALESCE(backup_schedule_id, 0)) FROM backups WHERE removed IS NULL"))
                    .isEqualTo(3);
            assertThat(slots(world)).hasSize(3);
        }
    }

    @Test
    void whatAUserDeletesCountsOnce() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", 2);
            hours(world, 1, 2);
            world.framework
                    .backups()
                    .delete(
                            world.shop,
                            world.number("SELECT MIN(id) FROM backups WHERE removed IS NULL"),
                            false,
                            1000,
                            BackupWorld.uuid());
            world.finish();
            hours(world, 3, 3);
            assertThat(slots(world)).containsExactly("2026-11-21 12:00", "2026-11-21 13:00");
            hours(world, 4, 4);
            assertThat(slots(world)).containsExactly("2026-11-21 13:00", "2026-11-21 14:00");
        }
    }

    @Test
    void aDeletedSchedulesBackupsStayAndItsAlertsGo() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", 1);
            world.product.failsToDelete = true;
            hours(world, 1, 2);
            assertThat(world.alerts).hasSize(1);
            world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB);
            world.product.failsToDelete = false;
            hours(world, 5, 6);
            assertThat(slots(world)).hasSize(2);
            assertThat(world.alerts).isEmpty();
            assertThat(events(world, "BACKUP.SCHEDULE.DELETE")).isEqualTo(1);
        }
    }

    private static void hours(BackupWorld world, int from, int to) {
        for (int hour = from; hour <= to; hour++) {
            world.clock.set(START.plus(Duration.ofHours(hour)));
            world.run();
        }
    }

    private static long deletions(BackupWorld world) {
        return world.number("SELECT COUNT(*) FROM backup_operation WHERE kind = 'DELETE' AND ended IS NOT NULL");
    }

    /** When the good backups there are were taken, to the minute, oldest first. */
    private static List<String> slots(BackupWorld world) {
        return world.database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT CAST(date AS CHAR(30)) FROM backups WHERE removed IS NULL"
                                        + " AND status = 'BackedUp' ORDER BY date")
                                .mapTo(String.class)
                                .map(text -> text.substring(0, 16))
                                .list());
    }
}
