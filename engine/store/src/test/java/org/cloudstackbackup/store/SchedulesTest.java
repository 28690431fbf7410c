/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.schedule.ListedSchedule;
import org.cloudstackbackup.framework.schedule.ScheduleStore;
import org.cloudstackbackup.framework.schedule.Schedules.Request;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules from their making to their runs, retries, misses and retention, over real databases. */
class SchedulesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aScheduleIsWrittenListedAndDeleted(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            ListedSchedule made = put(world, "hourly", "15", 3);
            assertThat(made.schedule().next()).isEqualTo("2026-11-21T10:15:00Z");
            assertThat(world.text("SELECT first_slot FROM backup_schedule")).startsWith("2026-11-21 10:15:00");
            put(world, "DAILY", "30:2", null);
            ListedSchedule again = put(world, "Hourly", "45", null);
            assertThat(again.schedule().uuid()).isEqualTo(made.schedule().uuid());
            assertThat(again.schedule().next()).isEqualTo("2026-11-21T10:45:00Z");
            assertThat(world.text("SELECT first_slot FROM backup_schedule WHERE schedule_type = 0"))
                    .as("a changed schedule promises nothing before its next slot")
                    .startsWith("2026-11-21 10:45:00");
            assertThat(again.schedule().maxBackups())
                    .as("what is not given gets its default")
                    .isZero();
            assertThat(list(world, new OwnerScope.All(), null))
                    .extracting(listed -> listed.schedule().type().name() + " " + listed.vmName())
                    .containsExactly("DAILY web", "HOURLY web");
            assertThat(list(world, new OwnerScope.OneAccount(TestTenants.SHOP.accountId()), "WE"))
                    .hasSize(2);
            assertThat(list(world, new OwnerScope.OneAccount(TestTenants.ADMIN.accountId()), null))
                    .isEmpty();
            assertThat(list(world, new OwnerScope.All(), "%")).isEmpty();
            world.scheduling.schedules().delete(world.shop, made.schedule().id());
            assertThat(list(world, new OwnerScope.All(), null)).hasSize(1);
            world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB);
            assertThat(list(world, new OwnerScope.All(), null)).isEmpty();
            assertThatThrownBy(() -> world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB))
                    .hasMessageContaining("has no backup schedule");
            assertThat(events(world, "BACKUP.SCHEDULE.CONFIGURE")).isEqualTo(3);
            assertThat(events(world, "BACKUP.SCHEDULE.DELETE")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmHasOneScheduleOfATypeHoweverManyMakeItAtOnce(DatabaseKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (BackupWorld world = world(kind)) {
            for (int round = 0; round < 10; round++) {
                List<Future<ListedSchedule>> made = threads.invokeAll(List.of("1", "2", "3", "4").stream()
                        .<java.util.concurrent.Callable<ListedSchedule>>map(
                                minute -> () -> put(world, "HOURLY", minute, null))
                        .toList());
                for (Future<ListedSchedule> each : made) {
                    assertThat(each.get().vmName()).isEqualTo("web");
                }
                assertThat(world.number("SELECT COUNT(*) FROM backup_schedule")).isEqualTo(1);
                world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatCannotBeKeptIsRefusedInWords() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            assertThatThrownBy(() -> put(world, "HOURLY", "15", -1)).hasMessageContaining("Parameter maxbackups: -1");
            world.execute("UPDATE account SET type = 0");
            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "9");
            assertThatThrownBy(() -> put(world, "HOURLY", "15", 10))
                    .hasMessageContaining("Parameter maxbackups: 10 is more than the limit of 9");
            assertThat(put(world, "HOURLY", "15", 9).schedule().maxBackups()).isEqualTo(9);
            assertThatThrownBy(() -> put(world, "HOURLY", "75", 1)).hasMessageContaining("allowed are 0 to 59");
            assertThatThrownBy(() -> world.scheduling
                            .schedules()
                            .put(world.shop, request(BackupWorld.OTHER, "HOURLY", "15", null, null)))
                    .hasMessageContaining("VM other is not assigned to a backup offering");
            assertThatThrownBy(() ->
                            world.scheduling.schedules().put(world.admin, request(99, "HOURLY", "15", null, null)))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
            world.settings.put(FrameworkSettings.ENABLED.key(), "false");
            assertThatThrownBy(() -> put(world, "HOURLY", "15", 1)).hasMessageContaining("is disabled");
            world.settings.remove(FrameworkSettings.ENABLED.key());
            world.product.lacks(Capability.QUIESCE);
            assertThatThrownBy(() -> world.scheduling
                            .schedules()
                            .put(world.shop, request(BackupWorld.WEB, "HOURLY", "15", null, true)))
                    .hasMessageContaining("quiescevm");
            world.product.lacks(Capability.DELETE_RESTORE_POINT);
            assertThatThrownBy(() -> put(world, "HOURLY", "15", 1)).hasMessageContaining("maxbackups");
            assertThat(put(world, "HOURLY", "15", 0).schedule().maxBackups()).isZero();
            world.product.lacks(Capability.AD_HOC_BACKUP);
            assertThatThrownBy(() -> put(world, "HOURLY", "15", 0)).hasMessageContaining("as schedules do");
        }
    }

    @Test
    void anOfferingOfTheProvidersOwnPolicyAllowsNeitherSchedulesNorBackupsToAnybody() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.execute("UPDATE backup_offering SET user_driven_backup = FALSE");
            for (var caller : List.of(world.shop, world.admin)) {
                assertThatThrownBy(() -> world.scheduling
                                .schedules()
                                .put(caller, request(BackupWorld.WEB, "HOURLY", "15", null, null)))
                        .hasMessageContaining("does not allow backup schedules");
                assertThatThrownBy(() -> world.framework.backups().allocate(caller, BackupWorld.WEB, null, null, false))
                        .hasMessageContaining("does not allow backups on request");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSlotThatHasComeBecomesABackupWithItsJob(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            put(world, "HOURLY", "15", null);
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isZero();
            world.clock.set(START.plus(Duration.ofMinutes(15)));
            world.scheduling.runs().queueDue();
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("Allocated");
            assertThat(world.number("SELECT COUNT(*) FROM async_job WHERE user_id = 1 AND account_id = "
                            + TestTenants.SHOP.accountId() + " AND instance_type = 'Backup' AND removed IS NULL"))
                    .isEqualTo(1);
            assertThat(world.number("SELECT async_job_id FROM backup_schedule"))
                    .isEqualTo(world.number("SELECT id FROM async_job"));
            world.scheduling.runs().poll();
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("Queued");
            world.settle();
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("BackedUp");
            assertThat(world.jobs()).containsEntry(world.number("SELECT id FROM async_job"), "succeeded");
            assertThat(world.number("SELECT COUNT(*) FROM backup_schedule WHERE async_job_id IS NULL"))
                    .isEqualTo(1);
            assertThat(world.number("SELECT COUNT(*) FROM backup_details")).isGreaterThan(3);
            assertThat(world.text("SELECT backed_volumes FROM backups")).contains("volume-1-0", "volume-1-1");
            assertThat(world.text("SELECT scheduled_timestamp FROM backup_schedule"))
                    .startsWith("2026-11-21 11:15");
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aFailedRunIsTriedAgainWithGrowingPausesButNotBeyondTheNextSlot(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            world.settings.put(FrameworkSettings.SCHEDULE_RETRY_DELAY.key(), "600");
            world.settings.put(FrameworkSettings.SCHEDULE_ATTEMPTS.key(), "5");
            world.product.fails = true;
            put(world, "HOURLY", "0", null);
            world.clock.set(START.plus(HOUR));
            world.run();
            assertThat(backups(world, "Failed")).isEqualTo(1);
            assertThat(world.text("SELECT failure FROM backups")).contains("The disk is full");
            world.clock.set(START.plus(HOUR).plusSeconds(500));
            world.run();
            assertThat(backups(world, "Failed")).as("before the pause is over").isEqualTo(1);
            world.clock.set(START.plus(HOUR).plusSeconds(900));
            world.run();
            assertThat(backups(world, "Failed")).as("after 10 minutes").isEqualTo(2);
            world.clock.set(START.plus(HOUR).plusSeconds(2700));
            world.run();
            assertThat(backups(world, "Failed")).as("after 20 more").isEqualTo(3);
            world.clock.set(START.plus(HOUR).plusSeconds(3590));
            world.run();
            assertThat(backups(world, "Failed"))
                    .as("40 more are beyond the next slot")
                    .isEqualTo(3);
            world.product.fails = false;
            world.clock.set(START.plus(HOUR).plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(1);
            assertThat(world.number("SELECT failures FROM backup_schedule")).isZero();
            assertThat(events(world, "BACKUP.SCHEDULE.RETRY")).isEqualTo(2);
            assertThat(world.alerts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aGoodBackupDeletedBeforeTheNextLookIsNoFailure(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            put(world, "DAILY", "0:11", null);
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            world.finish();
            world.framework
                    .backups()
                    .delete(world.shop, world.number("SELECT id FROM backups"), false, 99, BackupWorld.uuid());
            world.finish();
            assertThat(world.number("SELECT COUNT(*) FROM backup_schedule_run"))
                    .as("runs that the scheduler has not looked at since")
                    .isEqualTo(1);
            world.clock.set(START.plus(HOUR).plus(Duration.ofMinutes(10)));
            world.run();
            world.clock.advance(HOUR);
            world.run();
            assertThat(world.number("SELECT COUNT(*) FROM backups"))
                    .as("no second backup")
                    .isEqualTo(1);
            assertThat(events(world, "BACKUP.SCHEDULE.RETRY")).isZero();
            assertThat(world.number("SELECT failures FROM backup_schedule")).isZero();
            assertThat(world.alerts).isEmpty();
        }
    }

    @Test
    void aFailedBackupDeletedBeforeTheNextLookIsTriedAgainAllTheSame() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.settings.put(FrameworkSettings.SCHEDULE_RETRY_DELAY.key(), "1");
            world.product.fails = true;
            put(world, "DAILY", "0:11", null);
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            world.finish();
            world.framework
                    .backups()
                    .delete(world.shop, world.number("SELECT id FROM backups"), false, 99, BackupWorld.uuid());
            world.product.fails = false;
            world.clock.set(START.plus(HOUR).plus(Duration.ofMinutes(10)));
            world.run();
            world.clock.advance(HOUR);
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(1);
            assertThat(world.text("SELECT description FROM event WHERE type = 'BACKUP.SCHEDULE.RETRY'"))
                    .contains("The disk is full");
        }
    }

    @Test
    void theNumberOfAttemptsIsBounded() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.settings.put(FrameworkSettings.SCHEDULE_RETRY_DELAY.key(), "1");
            world.product.fails = true;
            put(world, "DAILY", "0:11", null);
            world.clock.set(START.plus(HOUR));
            for (int i = 0; i < 10; i++) {
                world.run();
                world.clock.advance(Duration.ofMinutes(10));
            }
            assertThat(backups(world, "Failed")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void slotsMissedWhileNoServerRanAreCaughtUpOnceAndTold(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            put(world, "HOURLY", "0", null);
            String uuid = world.text("SELECT uuid FROM backup_schedule");
            world.clock.set(START.plus(Duration.ofHours(5)).plusSeconds(1800));
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(1);
            assertThat(world.alerts.get("BACKUP_MISSED schedule:" + uuid)).contains("was missed 5 times");
            assertThat(events(world, "BACKUP.SCHEDULE.MISSED")).isEqualTo(1);
            assertThat(world.text("SELECT scheduled_timestamp FROM backup_schedule"))
                    .startsWith("2026-11-21 16:00");
            world.settle();
            assertThat(world.alerts).as("after the backup that catches up").isEmpty();
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(1);
        }
    }

    @Test
    void aSlotServedInTimeIsNotMissedThoughEarlierOnesWere() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            world.clock.set(START.plus(Duration.ofHours(3)).plusSeconds(60));
            world.scheduling.runs().poll();
            assertThat(world.alerts.values()).singleElement().asString().contains("was missed 2 times");
            world.settle();
            world.clock.set(START.plus(Duration.ofHours(4)).plusSeconds(60));
            world.scheduling.runs().poll();
            assertThat(world.alerts).as("a minute late is in time").isEmpty();
        }
    }

    @Test
    void aBusyVmPutsARunOffAndDoesNotFailIt() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            var backup = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, backup.id(), false, 1000, BackupWorld.uuid());
            world.finish();
            world.clock.set(START);
            put(world, "HOURLY", "0", null);
            put(world, "DAILY", "0:11", null);
            world.framework.restores().restore(world.shop, backup.id(), 1001, BackupWorld.uuid());
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(backups(world, "Allocated")).isEqualTo(2);
            assertThat(world.text("SELECT MIN(put_off) FROM backup_schedule_run"))
                    .contains("is busy");
            world.finish();
            assertThat(world.product.work).endsWith("restore vm-1 2");
            world.clock.advance(Duration.ofMinutes(1));
            world.scheduling.runs().poll();
            assertThat(backups(world, "Queued"))
                    .as("of two schedules on one VM the second waits")
                    .isEqualTo(1);
            assertThat(backups(world, "Allocated")).isEqualTo(1);
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(3);
            assertThat(backups(world, "Failed")).isZero();
        }
    }

    @Test
    void aRunThatOutlastsItsNextSlotsIsFollowedByOne() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            for (int hour = 2; hour <= 4; hour++) {
                world.clock.set(START.plus(Duration.ofHours(hour)));
                world.scheduling.runs().poll();
                assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(1);
            }
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
            assertThat(events(world, "BACKUP.SCHEDULE.MISSED")).isEqualTo(1);
        }
    }

    @Test
    void anObstacleIsToldOnceAndPassesOverSlotsWithoutFailing() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            world.execute("UPDATE account SET state = 'disabled' WHERE id = " + TestTenants.SHOP.accountId());
            skips(world, 1, 3);
            assertThat(events(world, "BACKUP.SCHEDULE.SKIPPED")).isEqualTo(1);
            world.execute("UPDATE account SET state = 'enabled'");
            world.settings.put(FrameworkSettings.ENABLED.key(), "false");
            skips(world, 4, 6);
            assertThat(events(world, "BACKUP.SCHEDULE.SKIPPED")).isEqualTo(2);
            world.settings.remove(FrameworkSettings.ENABLED.key());
            world.execute("UPDATE backup_offering SET user_driven_backup = FALSE");
            skips(world, 7, 9);
            assertThat(events(world, "BACKUP.SCHEDULE.SKIPPED")).isEqualTo(3);
            world.execute("UPDATE backup_offering SET user_driven_backup = TRUE");
            world.clock.set(START.plus(Duration.ofHours(10)));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(1);
            assertThat(world.text("SELECT skipped FROM backup_schedule")).isEqualTo("none");
        }
    }

    @Test
    void capsOfZoneAndProviderLetRunsWaitForOthersToEnd() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(10, 20);
            for (int vm = 10; vm < 20; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", null, null));
            }
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "4");
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_PROVIDER.key(), "3");
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(backups(world, "Queued")).isEqualTo(3);
            assertThat(backups(world, "Allocated")).isEqualTo(7);
            assertThat(world.scheduling.runs().pause()).isEqualTo(Duration.ofSeconds(1));
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_PROVIDER.key(), "0");
            world.scheduling.runs().poll();
            assertThat(backups(world, "Queued")).isEqualTo(4);
            world.finish();
            world.scheduling.runs().poll();
            assertThat(backups(world, "Queued")).isEqualTo(4);
            assertThat(backups(world, "BackedUp")).isEqualTo(4);
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(10);
            assertThat(world.scheduling.runs().pause()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void aLimitThatIsReachedFailsTheRunAndNotTheOthers() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(10, 13);
            for (int vm = 10; vm < 13; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", null, null));
            }
            world.settings.put(FrameworkSettings.SCHEDULE_ATTEMPTS.key(), "1");
            world.backupLimit = 2;
            world.clock.set(START.plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
            assertThat(backups(world, "Failed")).isEqualTo(1);
            assertThat(world.jobs().values())
                    .filteredOn(end -> end.contains("The limit of 2 is reached"))
                    .hasSize(1);
            assertThat(world.alerts)
                    .hasSize(1)
                    .allSatisfy((cause, text) -> assertThat(cause).startsWith("RESOURCE_COUNT"));
            world.backupLimit = 100;
            world.clock.set(START.plus(HOUR).plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(5);
            assertThat(world.alerts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRealLimitIsOneAlertPerScheduleWhichEndsWithItsNextBackup(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            world.execute("UPDATE account SET type = 0");
            world.addVms(10, 13);
            for (int vm = 10; vm < 13; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", null, null));
            }
            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "2");
            world.clock.set(START.plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
            assertThat(refusals(world)).containsExactly("1 standing");
            assertThat(world.text("SELECT content FROM alert WHERE type = 22")).contains("Account Resource Limit = 2");

            world.clock.advance(Duration.ofMinutes(6));
            world.run();
            assertThat(backups(world, "Failed")).as("the second attempt").isEqualTo(2);
            assertThat(refusals(world)).containsExactly("2 standing");

            world.clock.set(START.plus(HOUR.multipliedBy(2)));
            world.run();
            assertThat(refusals(world))
                    .as("the other two are causes of their own")
                    .containsExactlyInAnyOrder("3 standing", "1 standing", "1 standing");

            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "5");
            world.clock.set(START.plus(HOUR.multipliedBy(3)));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(5);
            assertThat(refusals(world)).containsExactlyInAnyOrder("3 resolved", "1 resolved", "1 resolved");

            world.clock.set(START.plus(HOUR.multipliedBy(4)));
            world.run();
            assertThat(refusals(world))
                    .as("what is reached again is told again")
                    .containsExactlyInAnyOrder(
                            "3 resolved", "1 resolved", "1 resolved", "1 standing", "1 standing", "1 standing");
        }
    }

    /** How often each refusal was met, and whether it still is. */
    private static List<String> refusals(BackupWorld world) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT sent_count, resolved FROM alert WHERE type = 22")
                        .map((row, context) -> row.getLong(1) + (row.getObject(2) == null ? " standing" : " resolved"))
                        .list());
    }

    @Test
    void schedulesEndWithTheProtectionOfTheirVm() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            put(world, "DAILY", "0:0", null);
            world.framework.protection().remove(world.shop, BackupWorld.WEB, true, BackupWorld.uuid());
            assertThat(world.number("SELECT COUNT(*) FROM backup_schedule")).isZero();
            assertThat(events(world, "BACKUP.SCHEDULE.DELETE")).isEqualTo(1);
        }
    }

    @Test
    void aScheduleWhoseVmWasTakenOutOtherwiseGoesAtItsNextSlot() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            world.execute("UPDATE vm_instance SET backup_offering_id = NULL");
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backup_schedule")).isZero();
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isZero();
        }
    }

    @Test
    void aWaitingRunEndsWithItsScheduleAndARunningOneDoesNot() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "1");
            world.addVms(10, 11);
            put(world, "HOURLY", "0", null);
            world.scheduling.schedules().put(world.shop, request(10, "HOURLY", "0", null, null));
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB);
            world.scheduling.schedules().deleteOfVm(world.shop, 10);
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(1);
            assertThat(backups(world, "Failed")).isEqualTo(1);
            assertThat(world.text("SELECT failure FROM backups WHERE status = 'Failed'"))
                    .contains("schedule was deleted");
            assertThat(world.jobs()).hasSize(2);
            assertThat(world.number("SELECT COUNT(*) FROM backup_schedule_run")).isZero();
        }
    }

    /** Fails when each schedule costs statements of its own; a batch counts as one. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void manySchedulesAreQueuedWithFewStatements(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            world.addVms(10, 210);
            for (int vm = 10; vm < 210; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", 3, null));
            }
            world.clock.set(START.plus(HOUR));
            int statements = StatementCounter.of(world.database)
                    .during(() -> assertThat(world.scheduling.runs().queueDue()).isEqualTo(200));
            assertThat(statements).as("statements for 200 schedules").isLessThan(60);
        }
    }

    @Test
    void aLostJobSticksNoSchedule() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            put(world, "HOURLY", "0", null);
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            world.execute("DELETE FROM async_job");
            world.settle();
            world.clock.set(START.plus(HOUR).plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(2);
        }
    }

    @Test
    void aScheduleThatCannotBeUnderstoodHoldsUpNoOther() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(10, 11);
            put(world, "HOURLY", "0", null);
            world.scheduling.schedules().put(world.shop, request(10, "HOURLY", "0", null, null));
            world.execute("UPDATE backup_schedule SET timezone = 'Mars/Olympus' WHERE vm_id = 1");
            world.clock.set(START.plus(HOUR));
            world.run();
            assertThat(backups(world, "BackedUp")).isEqualTo(1);
            assertThat(world.text("SELECT skipped FROM backup_schedule WHERE vm_id = 1"))
                    .contains("Mars/Olympus");
        }
    }

    @Test
    void backupsOnRequestCountForTheCapsAndNeverWait() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(10, 12);
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "1");
            world.scheduling.schedules().put(world.shop, request(BackupWorld.WEB, "HOURLY", "0", null, null));
            for (long vm = 10; vm < 12; vm++) {
                var row = world.framework.backups().allocate(world.shop, vm, null, null, false);
                world.framework.backups().start(world.shop, row.id(), false, vm, BackupWorld.uuid());
            }
            assertThat(backups(world, "Queued")).isEqualTo(2);
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(world.text("SELECT status FROM backups WHERE vm_id = 1")).isEqualTo("Allocated");
            world.finish();
            world.scheduling.runs().poll();
            assertThat(world.text("SELECT status FROM backups WHERE vm_id = 1")).isEqualTo("Queued");
        }
    }

    @Test
    void backupsOnRequestLeaveHalfOfTheCapsToSchedules() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(10, 20);
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "4");
            for (long vm = 10; vm < 15; vm++) {
                world.scheduling.schedules().put(world.shop, request(vm, "HOURLY", "0", null, null));
            }
            for (long vm = 15; vm < 20; vm++) {
                var row = world.framework.backups().allocate(world.shop, vm, null, null, false);
                world.framework.backups().start(world.shop, row.id(), false, vm, BackupWorld.uuid());
            }
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE vm_id < 15 AND status = 'Queued'"))
                    .isEqualTo(2);
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE.key(), "0");
            world.settings.put(FrameworkSettings.SCHEDULE_CONCURRENCY_PROVIDER.key(), "6");
            world.scheduling.runs().poll();
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE vm_id < 15 AND status = 'Queued'"))
                    .isEqualTo(3);
            world.settle();
            assertThat(backups(world, "BackedUp")).isEqualTo(10);
        }
    }

    @Test
    void theProductIsAskedToQuiesceWhenTheScheduleOrTheRequestSaysSo() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            Map<String, Boolean> asked = new HashMap<>();
            world.product.wrapping = driver -> (BackupDriver) Proxy.newProxyInstance(
                    BackupDriver.class.getClassLoader(),
                    new Class<?>[] {BackupDriver.class},
                    (proxy, method, arguments) -> {
                        if (arguments != null && arguments[0] instanceof BackupRequest request) {
                            asked.put(request.vm().uuid(), request.quiesce());
                        }
                        try {
                            return method.invoke(driver, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
            world.addVms(10, 15);
            world.scheduling.schedules().put(world.shop, request(10, "HOURLY", "0", null, true));
            world.scheduling.schedules().put(world.shop, request(11, "HOURLY", "0", null, false));
            world.scheduling.schedules().put(world.shop, request(12, "HOURLY", "0", null, null));
            for (long vm = 13; vm < 15; vm++) {
                boolean quiesce = vm == 13;
                var row = world.framework.backups().allocate(world.shop, vm, null, null, quiesce);
                world.framework.backups().start(world.shop, row.id(), quiesce, vm, BackupWorld.uuid());
            }
            world.clock.set(START.plus(HOUR));
            world.settle();
            assertThat(asked)
                    .isEqualTo(Map.of("vm-10", true, "vm-11", false, "vm-12", false, "vm-13", true, "vm-14", false));
        }
    }

    @Test
    void aDriverThatFailsAtEverythingHoldsUpNoScheduleOfAnother() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            BackupSyncTest.offering(world, 2, "second", "gold", false);
            world.insertVm(100, "second-vm", TestTenants.SHOP, 2L);
            world.scheduling.schedules().put(world.shop, request(100, "HOURLY", "0", null, null));
            put(world, "HOURLY", "0", null);
            world.second.broken = true;
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().poll();
            assertThat(world.text("SELECT GROUP_CONCAT(vm_id) FROM backups")).isEqualTo("1");
            assertThat(world.text("SELECT skipped FROM backup_schedule WHERE vm_id = 100"))
                    .contains("bug in the driver");
        }
    }

    @Test
    void aRunThatCannotBeBegunAtAllHoldsUpNoOther() {
        try (BackupWorld world = world(DatabaseKind.H2)) {
            world.addVms(100, 101);
            put(world, "HOURLY", "0", null);
            world.scheduling.schedules().put(world.shop, request(100, "HOURLY", "0", null, null));
            world.clock.set(START.plus(HOUR));
            world.scheduling.runs().queueDue();
            world.execute("UPDATE vm_instance SET state = 'Bogus' WHERE id = 1");
            world.scheduling.runs().poll();
            assertThat(world.text("SELECT status FROM backups WHERE vm_id = 100"))
                    .isEqualTo("Queued");
            assertThat(world.text("SELECT put_off FROM backup_schedule_run WHERE vm_id = 1"))
                    .contains("Bogus");
        }
    }

    private static void skips(BackupWorld world, int fromHour, int toHour) {
        for (int hour = fromHour; hour <= toHour; hour++) {
            world.clock.set(START.plus(Duration.ofHours(hour)));
            world.run();
        }
        assertThat(world.number("SELECT COUNT(*) FROM backups")).isZero();
        assertThat(world.text("SELECT skipped FROM backup_schedule")).isNotEqualTo("none");
    }

    static BackupWorld world(DatabaseKind kind) {
        BackupWorld world = new BackupWorld(kind);
        world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "-1");
        world.settings.put(FrameworkSettings.MAX_DOMAIN_BACKUPS.key(), "-1");
        world.clock.set(START);
        return world;
    }

    static ListedSchedule put(BackupWorld world, String type, String times, @Nullable Integer keep) {
        return world.scheduling.schedules().put(world.shop, request(BackupWorld.WEB, type, times, keep, null));
    }

    static Request request(long vm, String type, String times, @Nullable Integer keep, @Nullable Boolean quiesce) {
        return new Request(vm, type, times, "UTC", keep, quiesce);
    }

    private static List<ListedSchedule> list(BackupWorld world, OwnerScope scope, @Nullable String keyword) {
        var page = world.scheduling
                .schedules()
                .list(new ScheduleStore.Filter(null, null, keyword), scope, new PageRequest(0, 100));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items();
    }

    static long backups(BackupWorld world, String status) {
        return world.number("SELECT COUNT(*) FROM backups WHERE removed IS NULL AND status = '" + status + "'");
    }

    static long events(BackupWorld world, String type) {
        return world.number("SELECT COUNT(*) FROM event WHERE type = '" + type + "'");
    }
}
