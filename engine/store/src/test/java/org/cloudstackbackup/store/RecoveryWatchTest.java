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
import java.util.List;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.alert.KeptAlerts;
import org.cloudstackbackup.framework.rpo.RecoveryWatch;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** VMs whose backups are older than their schedules allow. The grace is an hour. */
class RecoveryWatchTest {
    private static final int HOURLY = 0;
    private static final int DAILY = 1;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmWithoutAnyGoodBackupHasUntilAnHourAfterItsFirstSlot(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.schedule("s", DAILY, START.plus(Duration.ofHours(20)));
            world.backup("Failed", START.plus(Duration.ofHours(20)));
            world.backup("Error", START.plus(Duration.ofHours(20)));
            assertThat(world.standingAfter(Duration.ofHours(21))).isEmpty();
            assertThat(world.standingAfter(Duration.ofSeconds(1)))
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.name()).isEqualTo("ALERT.BACKUP.RPO");
                        assertThat(alert.cause()).isEqualTo("vm:vm-1");
                        assertThat(alert.zoneUuid()).isEqualTo("zone-1");
                        assertThat(alert.content())
                                .contains("VM web (vm-1) has no good backup")
                                .contains("daily schedule promised one by 2026-01-02T23:04:05Z");
                    });
            world.backup("BackedUp", world.inner.clock.instant());
            assertThat(world.standingAfter(Duration.ZERO)).isEmpty();
            assertThat(world.alerts())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.resolved()).isNotNull());
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBackupMayBeAsOldAsTheShortestIntervalAndTheGrace(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.schedule("daily", DAILY, START);
            world.backup("BackedUp", START);
            assertThat(world.standingAfter(Duration.ofHours(26))).isEmpty();
            world.schedule("hourly", HOURLY, START);
            assertThat(world.standingAfter(Duration.ZERO))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.content())
                            .contains("is of 2026-01-02T03:04:05Z")
                            .contains("hourly schedule promised one by 2026-01-02T04:04:05Z"));
            assertThat(world.standingAfter(Duration.ofMinutes(1)))
                    .as("an alert stands, whatever else breaks")
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.raised()).isOne());
            world.run("DELETE FROM backup_schedule WHERE uuid = 'hourly'");
            world.backup("Restoring", START.plus(Duration.ofHours(3)));
            assertThat(world.standingAfter(Duration.ZERO)).isEmpty();
            world.run("UPDATE backups SET removed = '2026-01-03 00:00:00'");
            assertThat(world.standingAfter(Duration.ZERO))
                    .as("removed backups do not count")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aScheduleThatIsNewOrGonePromisesNothing(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.backup("BackedUp", START.minus(Duration.ofDays(50)));
            world.schedule("s", HOURLY, START.plus(Duration.ofMinutes(30)));
            assertThat(world.standingAfter(Duration.ofMinutes(89))).isEmpty();
            assertThat(world.standingAfter(Duration.ofMinutes(2))).hasSize(1);
            world.run("DELETE FROM backup_schedule");
            assertThat(world.standingAfter(Duration.ZERO)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void vmsThatAreGoneOrNotProtectedAndZonesThatAreOffRaiseNothing(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.schedule("s", HOURLY, START);
            world.settings.put(FrameworkSettings.ENABLED.key(), "false");
            assertThat(world.standingAfter(Duration.ofHours(5))).isEmpty();
            world.settings.clear();
            world.run("UPDATE vm_instance SET backup_offering_id = NULL");
            assertThat(world.standingAfter(Duration.ZERO)).isEmpty();
            world.run("UPDATE vm_instance SET backup_offering_id = 1");
            assertThat(world.standingAfter(Duration.ZERO)).hasSize(1);
            for (String gone : List.of("Destroyed", "Expunging", "Error")) {
                world.run("UPDATE vm_instance SET state = '" + gone + "'");
                assertThat(world.standingAfter(Duration.ZERO)).as(gone).isEmpty();
                world.run("UPDATE vm_instance SET state = 'Running'");
                assertThat(world.standingAfter(Duration.ZERO)).hasSize(1);
            }
            world.run("UPDATE vm_instance SET removed = '2026-01-03 00:00:00'");
            assertThat(world.standingAfter(Duration.ZERO)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void alertsWhoseCauseWentAwayQuietlyAreResolved(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.schedule("s", DAILY, START.plus(Duration.ofDays(9)));
            for (String cause : List.of("vm:vm-1", "vm:vm-2", "job:x")) {
                world.kept.raise(new NewAlert(AlertType.BACKUP_FAILED, cause, "x", "x", null));
            }
            for (String cause : List.of("schedule:s", "schedule:gone")) {
                world.kept.raise(new NewAlert(AlertType.BACKUP_MISSED, cause, "x", "x", null));
            }
            world.backup("BackedUp", START.minusSeconds(1));
            assertThat(world.standingAfter(Duration.ofMinutes(1)))
                    .extracting(Alert::cause)
                    .containsExactlyInAnyOrder("vm:vm-1", "job:x", "schedule:s");
            world.backup("BackedUp", START.plusSeconds(9));
            assertThat(world.standingAfter(Duration.ZERO))
                    .as("a good backup that somebody else made")
                    .extracting(Alert::cause)
                    .containsExactlyInAnyOrder("job:x", "schedule:s");
        }
    }

    @Test
    void aLookCostsTheSameNumberOfStatementsForEveryNumberOfVms() {
        try (World world = new World(DatabaseKind.H2)) {
            world.schedule("s", DAILY, START.plus(Duration.ofDays(9)));
            StatementCounter counter = StatementCounter.of(world.inner.database);
            int few = counter.during(world.watch::run);
            for (int vm = 100; vm < 200; vm++) {
                world.run("INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id,"
                        + " service_offering_id, hypervisor_type, data_center_id, account_id, domain_id,"
                        + " backup_offering_id, created) SELECT " + vm + ", 'vm-" + vm + "', name, 'i-" + vm
                        + "', state, vm_template_id, guest_os_id, service_offering_id, hypervisor_type, data_center_id,"
                        + " account_id, domain_id, backup_offering_id, created FROM vm_instance WHERE id = 1");
                world.run("INSERT INTO backup_schedule (uuid, vm_id, schedule_type, schedule, timezone,"
                        + " scheduled_timestamp, first_slot, account_id, domain_id) SELECT 's-" + vm + "', " + vm
                        + ", schedule_type, schedule, timezone, scheduled_timestamp, first_slot, account_id, domain_id"
                        + " FROM backup_schedule WHERE uuid = 's'");
            }
            assertThat(counter.during(world.watch::run)).isEqualTo(few).isLessThan(6);
            world.inner.clock.advance(Duration.ofDays(10));
            world.watch.run();
            assertThat(world.alerts()).hasSize(100 + 1);
        }
    }

    private static final class World implements AutoCloseable {
        final BackupWorld inner;
        final KeptAlerts kept;
        final RecoveryWatch watch;
        final java.util.Map<String, String> settings = new java.util.HashMap<>();

        World(DatabaseKind kind) {
            inner = new BackupWorld(kind);
            kept = new KeptAlerts(
                    new JdbcAlertStore(inner.database),
                    new JdbcDeliveryStore(inner.database),
                    List.of(),
                    inner.database,
                    inner.clock);
            watch = new RecoveryWatch(
                    new JdbcRecoveryGaps(inner.database),
                    kept,
                    new JdbcZones(inner.database),
                    new MapSettings(settings),
                    inner.clock);
            assertThat(inner.clock.instant()).isEqualTo(START);
        }

        void run(String sql) {
            inner.database.jdbi().useHandle(handle -> handle.execute(sql));
        }

        void schedule(String uuid, int type, Instant firstSlot) {
            inner.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO backup_schedule (uuid, vm_id, schedule_type, schedule, timezone,"
                                    + " scheduled_timestamp, first_slot, account_id, domain_id)"
                                    + " VALUES (?, 1, ?, '0', 'UTC', ?, ?, 3, 2)",
                            uuid,
                            type,
                            firstSlot,
                            firstSlot));
        }

        void backup(String status, Instant date) {
            inner.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO backups (uuid, name, vm_id, type, date, status, backup_offering_id, account_id,"
                                    + " domain_id, zone_id) VALUES (?, 'b', 1, 'FULL', ?, ?, 1, 3, 2, 1)",
                            BackupWorld.uuid(),
                            date,
                            status));
        }

        List<Alert> standingAfter(Duration time) {
            inner.clock.advance(time);
            watch.run();
            return list(true);
        }

        List<Alert> alerts() {
            return list(null);
        }

        private List<Alert> list(@Nullable Boolean standing) {
            return new JdbcAlertStore(inner.database)
                    .list(new AlertStore.Filter(null, null, null, null, standing), new PageRequest(0, 1000))
                    .items();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private record MapSettings(java.util.Map<String, String> values) implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return values.getOrDefault(setting.key(), setting.defaultValue());
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return value(setting);
        }

        @Override
        public java.util.Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> wanted) {
            return java.util.Map.of();
        }
    }
}
