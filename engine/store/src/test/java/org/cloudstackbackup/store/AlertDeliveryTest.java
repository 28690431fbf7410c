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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.AlertDelivery;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.alert.Channel;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.framework.alert.DeliveryStore;
import org.cloudstackbackup.framework.alert.DeliveryStore.Receiver;
import org.cloudstackbackup.framework.alert.KeptAlerts;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.store.BackupWorld.Fuse;
import org.cloudstackbackup.store.BackupWorld.Killed;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertDeliveryTest {
    private static final NewAlert FAILED =
            new NewAlert(AlertType.BACKUP_FAILED, "vm:a", "Backup of web failed", "The disk is full", null);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void oneCauseIsToldOnceAndItsEndOnce(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.alerts.raise(FAILED);
            world.alerts.raise(FAILED);
            assertThat(world.hook.sent).as("nothing is sent by a raise").isEmpty();
            world.delivery.run();
            world.alerts.raise(FAILED);
            world.delivery.run();
            assertThat(world.hook.told()).containsExactly("RAISED Backup of web failed to here");
            assertThat(world.mail.told())
                    .containsExactly("RAISED Backup of web failed to one", "RAISED Backup of web failed to two");

            world.clock.advance(Duration.ofMinutes(1));
            world.alerts.resolve(AlertType.BACKUP_FAILED, "vm:a");
            world.alerts.resolve(AlertType.BACKUP_FAILED, "vm:a");
            world.delivery.run();
            world.delivery.run();
            assertThat(world.hook.told())
                    .containsExactly("RAISED Backup of web failed to here", "RESOLVED Backup of web failed to here");
            assertThat(world.hook.sent.get(0).alertUuid())
                    .isEqualTo(world.hook.sent.get(1).alertUuid());
            assertThat(world.hook.sent.get(1).at()).isEqualTo(world.clock.instant());
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatIsRolledBackIsNotTold(DatabaseKind kind) {
        try (World world = new World(kind)) {
            try {
                world.database.run(() -> {
                    world.alerts.raise(FAILED);
                    throw new Killed();
                });
            } catch (Killed e) {
                assertThat(world.database.isOpen()).isFalse();
            }
            world.delivery.run();
            assertThat(world.hook.sent).isEmpty();
            assertThat(world.number("SELECT COUNT(*) FROM alert")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aReceiverThatIsAwayIsAskedAgainEverLaterUnderTheSameUuid(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.hook.refuseWith(ErrorKind.UNAVAILABLE);
            world.alerts.raise(FAILED);
            Instant raised = world.clock.instant();
            world.alerts.resolve(AlertType.BACKUP_FAILED, "vm:a");
            List<Duration> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int before = world.hook.tried.size();
                world.until(() -> world.hook.tried.size() > before);
                attempts.add(Duration.between(raised, world.clock.instant()));
            }
            for (int i = 1; i < attempts.size(); i++) {
                long planned = 5L << (i - 1);
                Duration waited = attempts.get(i).minus(attempts.get(i - 1));
                assertThat(waited)
                        .as("wait after attempt %d", i)
                        .isBetween(
                                Duration.ofMillis(planned * 750),
                                Duration.ofMillis(planned * 1250).plusSeconds(1));
            }
            world.hook.refuseWith(null);
            world.until(() -> world.hook.sent.size() == 2);
            assertThat(world.hook.told())
                    .as("nobody hears of the end before the beginning")
                    .containsExactly("RAISED Backup of web failed to here", "RESOLVED Backup of web failed to here");
            assertThat(new HashSet<>(world.hook.tried)).hasSize(2);
            assertThat(world.mail.sent).as("another channel goes its own way").hasSize(4);
            assertThat(world.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aReceiverThatIsAwayHoldsUpNoOtherHoweverManyMessagesWaitForIt(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.hook.refuseWith(ErrorKind.UNAVAILABLE);
            for (int i = 0; i < 150; i++) {
                world.alerts.raise(new NewAlert(AlertType.BACKUP_FAILED, "vm:" + i, "Backup failed", "x", null));
            }
            for (int i = 0; i < 10; i++) {
                world.delivery.run();
            }
            assertThat(world.mail.sent).hasSize(2 * 150);
            assertThat(world.hook.tried).as("one attempt in each run").hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aReceiverThatStaysAwayIsGivenUpWithAnEvent(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.hook.refuseWith(ErrorKind.UNAVAILABLE);
            world.settings.put(AlertDelivery.ATTEMPTS.key(), "3");
            world.alerts.raise(FAILED);
            world.until(() -> !world.events().isEmpty());
            assertThat(world.hook.tried).hasSize(3);
            assertThat(world.events()).singleElement().satisfies(event -> {
                assertThat(event.type()).isEqualTo("ALERT.GENERATE");
                assertThat(event.level()).isEqualTo(Events.Level.ERROR);
                assertThat(event.state()).isEqualTo(Events.State.Completed);
                assertThat(event.description())
                        .contains("hook")
                        .contains("given up after 3 attempts")
                        .contains("refused as told");
            });
            world.hook.refuseWith(null);
            world.clock.advance(Duration.ofDays(1));
            world.delivery.run();
            assertThat(world.hook.sent).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRefusalThatNoTimeMendsIsGivenUpAtOnce(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.hook.refuseWith(ErrorKind.EXTERNAL);
            world.alerts.raise(FAILED);
            world.delivery.run();
            assertThat(world.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.description()).contains("given up after 1 attempt: "));
            world.clock.advance(Duration.ofDays(1));
            world.delivery.run();
            assertThat(world.hook.tried).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aChannelThatFailsIsTriedOnceARunAndOthersDoNotWaitForIt(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.hook.refuseWith(ErrorKind.UNAVAILABLE);
            for (int i = 0; i < 20; i++) {
                world.alerts.raise(new NewAlert(AlertType.BACKUP_FAILED, "vm:" + i, "s", "c", null));
            }
            world.delivery.run();
            assertThat(world.hook.tried).hasSize(1);
            assertThat(world.mail.sent).hasSize(40);
            world.hook.refuseWith(null);
            world.until(() -> world.hook.sent.size() == 20);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aReceiverThatIsNoLongerConfiguredGetsNothing(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.alerts.raise(FAILED);
            world.mail.targets = List.of("two");
            world.delivery.run();
            assertThat(world.mail.told()).containsExactly("RAISED Backup of web failed to two");
            assertThat(world.number("SELECT COUNT(*) FROM alert_delivery WHERE ended IS NULL"))
                    .isZero();
            assertThat(world.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void deletedAlertsTakeTheirMessagesWithThemAndOldMessagesAreForgotten(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.alerts.raise(FAILED);
            world.store.delete(new AlertStore.Selection(null, 1001, null, null));
            world.delivery.run();
            assertThat(world.hook.sent).isEmpty();
            world.alerts.raise(FAILED);
            world.delivery.run();
            assertThat(world.number("SELECT COUNT(*) FROM alert_delivery")).isEqualTo(3);
            world.delivery.purge();
            assertThat(world.number("SELECT COUNT(*) FROM alert_delivery")).isEqualTo(3);
            world.clock.advance(Duration.ofDays(7).plusSeconds(1));
            world.delivery.purge();
            assertThat(world.number("SELECT COUNT(*) FROM alert_delivery")).isZero();
            assertThat(world.number("SELECT COUNT(*) FROM alert")).isOne();
        }
    }

    /** Kills the process at every call of every port, and starts it again: all is told, and what is told twice is known by its uuid. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void nothingIsLostByACrashBetweenAnyTwoWrites(DatabaseKind kind) {
        try (World world = new World(kind)) {
            boolean died = true;
            int repeated = 0;
            for (int call = 1; died; call++) {
                world.hook.sent.clear();
                world.mail.sent.clear();
                world.fuse.burnAt(call);
                died = false;
                try {
                    world.alerts.raise(FAILED);
                    world.delivery.run();
                } catch (Killed e) {
                    died = true;
                }
                world.fuse.mend();
                world.alerts.raise(FAILED);
                world.until(world::nothingIsOpen);
                assertThat(world.number("SELECT COUNT(*) FROM alert"))
                        .as("alerts after a crash at call %d", call)
                        .isOne();
                assertThat(new HashSet<>(world.hook.told())).hasSize(1);
                assertThat(new HashSet<>(world.mail.told())).hasSize(2);
                assertThat(world.hook.sent.stream().map(Delivery::uuid).distinct())
                        .as("uuids by which a receiver knows a repetition")
                        .hasSize(1);
                repeated += world.hook.sent.size() - 1;
                world.store.delete(new AlertStore.Selection(null, 1001, null, null));
            }
            assertThat(repeated)
                    .as("a crash between the sending and the note of it, without which this test proves little")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void ofTwoNodesThatSendTheSameOneWritesItsOutcome(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.alerts.raise(FAILED);
            DeliveryStore store = new JdbcDeliveryStore(world.database);
            Receiver here = new Receiver("hook", "here");
            Delivery read = store.due(here, world.clock.instant(), 10).get(0);
            assertThat(store.done(read, world.clock.instant())).isTrue();
            assertThat(store.putOff(read, "x", world.clock.instant())).isFalse();
            assertThat(store.giveUp(read, "x", world.clock.instant())).isFalse();
            assertThat(store.due(here, world.clock.instant(), 10))
                    .extracting(Delivery::id)
                    .doesNotContain(read.id());
            assertThat(store.receivers(world.clock.instant()))
                    .containsExactly(new Receiver("mail", "one"), new Receiver("mail", "two"));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void subjectsAreOneLineAndTextsFit(DatabaseKind kind) {
        try (World world = new World(kind)) {
            world.alerts.raise(new NewAlert(
                    AlertType.BACKUP_FAILED,
                    "vm:a",
                    "web\r\nBcc: all@example.org\u2028\u0000x " + "y".repeat(500),
                    "z".repeat(9000),
                    null));
            world.delivery.run();
            Delivery told = world.hook.sent.get(0);
            assertThat(told.subject())
                    .startsWith("web Bcc: all@example.org x yyy")
                    .hasSize(255)
                    .endsWith("...");
            assertThat(told.content()).hasSize(4000).endsWith("...");
        }
    }

    /** Alerts over a real database, and two channels that do as they are told. */
    private static final class World implements AutoCloseable {
        final SettableClock clock = new SettableClock();
        final Database database;
        final Fuse fuse = new Fuse();
        final Map<String, String> settings = new java.util.HashMap<>();
        final TestChannel hook = new TestChannel("hook", List.of("here"));
        final TestChannel mail = new TestChannel("mail", List.of("one", "two"));
        final AlertStore store;
        final Alerts alerts;
        final AlertDelivery delivery;

        World(DatabaseKind kind) {
            database = kind.open();
            TestTenants.insert(database);
            store = new JdbcAlertStore(database);
            AlertStore guarded = fuse.guard(AlertStore.class, store);
            DeliveryStore deliveries = fuse.guard(DeliveryStore.class, new JdbcDeliveryStore(database));
            List<Channel> channels = List.of(fuse.guard(Channel.class, hook), fuse.guard(Channel.class, mail));
            alerts = new KeptAlerts(guarded, deliveries, channels, database, clock);
            delivery = new AlertDelivery(
                    deliveries,
                    channels,
                    fuse.guard(Events.class, new JdbcEventStore(database, clock)),
                    new MapSettings(settings),
                    database,
                    clock);
            fuse.mend();
        }

        /** Lets time pass in steps of a second. */
        void until(java.util.function.BooleanSupplier condition) {
            for (int i = 0; i < 20_000; i++) {
                delivery.run();
                if (condition.getAsBoolean()) {
                    return;
                }
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(condition.getAsBoolean()).isTrue();
        }

        boolean nothingIsOpen() {
            return number("SELECT COUNT(*) FROM alert_delivery WHERE ended IS NULL") == 0;
        }

        List<EventLog.Entry> events() {
            return new JdbcEventStore(database, clock)
                    .list(
                            new EventLog.Filter(
                                    new OwnerScope.All(), null, null, null, null, null, null, null, null, null),
                            new PageRequest(0, 10))
                    .items();
        }

        long number(String sql) {
            return database.jdbi()
                    .withHandle(
                            handle -> handle.createQuery(sql).mapTo(Long.class).one());
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private static final class TestChannel implements Channel {
        final List<Delivery> sent = new ArrayList<>();
        final List<String> tried = new ArrayList<>();
        private final String name;
        List<String> targets;
        private Consumer<Delivery> answer = delivery -> {};

        TestChannel(String name, List<String> targets) {
            this.name = name;
            this.targets = targets;
        }

        void refuseWith(@org.jspecify.annotations.Nullable ErrorKind kind) {
            answer = delivery -> {
                if (kind != null) {
                    throw new ProviderException(kind, "hook", "refused as told");
                }
            };
        }

        List<String> told() {
            return sent.stream()
                    .map(each -> (each.news() == News.RAISED ? "RAISED " : "RESOLVED ") + each.subject() + " to "
                            + each.target())
                    .toList();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> targets() {
            return targets;
        }

        @Override
        public void send(Delivery delivery) {
            tried.add(delivery.uuid());
            answer.accept(delivery);
            sent.add(delivery);
        }
    }

    private record MapSettings(Map<String, String> values) implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return values.getOrDefault(setting.key(), setting.defaultValue());
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return value(setting);
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> wanted) {
            return Map.of();
        }
    }
}
