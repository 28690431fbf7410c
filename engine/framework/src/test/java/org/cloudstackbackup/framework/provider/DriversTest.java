/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriversTest {
    private final Map<String, String> values = new HashMap<>(Map.of("backup.plugin.one.url", "a"));
    private final List<String> log = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private boolean inTransaction;
    private @Nullable Error openingError;
    private final Drivers drivers =
            new Drivers(List.of(new One()), new OneZone(), new Values(), new FlagTransactions(), clock);

    @Test
    void aDriverIsKeptUntilASettingChangesAndClosedAfterItsLastCall() {
        drivers.run("one", 1, "a call", driver -> {});
        drivers.run("one", 1, "a call", driver -> {});
        assertThat(log).containsExactly("open a");
        drivers.run("one", 1, "a call", driver -> {
            values.put("backup.plugin.one.url", "b");
            drivers.run("one", 1, "another call", other -> {});
            assertThat(log).containsExactly("open a", "open b");
        });
        assertThat(log).containsExactly("open a", "open b", "close a");
        drivers.close();
        assertThat(log).endsWith("close b");
        assertThatThrownBy(() -> drivers.run("one", 1, "a call", driver -> {})).hasMessageContaining("stopping");
    }

    @Test
    void anUnexpectedFailureIsExternalAndKeepsItsCause() {
        IllegalStateException bug = new IllegalStateException("bug");
        assertThatThrownBy(() -> drivers.run("one", 1, "a call", driver -> {
                    throw bug;
                }))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL))
                .hasCause(bug);
    }

    @Test
    void anErrorOfADriverIsAFailureOfThatCallAlone() {
        List<Error> errors = List.of(
                new NoClassDefFoundError("org/product/Client"),
                new ExceptionInInitializerError("no settings"),
                new AssertionError("impossible"),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"));
        for (Error error : errors) {
            assertThatThrownBy(() -> drivers.run("one", 1, "a call", driver -> {
                        throw error;
                    }))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL))
                    .hasMessageContaining(error.getClass().getSimpleName())
                    .hasCause(error);
        }
        drivers.close();
        assertThat(log).containsExactly("open a", "close a");
    }

    @Test
    void anErrorWhileADriverIsOpenedIsAFailureOfTheCall() {
        openingError = new NoClassDefFoundError("org/product/Client");
        assertThatThrownBy(() -> drivers.run("one", 1, "a call", driver -> {}))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("org/product/Client");
        openingError = null;
        drivers.run("one", 1, "a call", driver -> {});
        assertThat(log).containsExactly("open a", "open a");
    }

    @Test
    void requestsThatAreNeverAnsweredLeaveRoomForThoseOfOtherZonesAndAreRefusedThen() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CountDownLatch begun = new CountDownLatch(Drivers.REQUESTS_PER_TARGET);
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < Drivers.REQUESTS_PER_TARGET; i++) {
                waiting.add(threads.submit(() -> drivers.request("one", 1, "question", driver -> {
                    begun.countDown();
                    return awaited(answer);
                })));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> drivers.request("one", 1, "question", driver -> true))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
                    .hasMessageContaining("was not begun");
            assertThat(answerOf(2)).isTrue();
            answer.countDown();
            for (Future<Boolean> each : waiting) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(answerOf(1)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void productsThatNeverAnswerCannotTakeAllThreads() {
        List<Drivers.Slot> taken = new ArrayList<>();
        for (int i = 0; i < Drivers.STEPS_PER_TARGET; i++) {
            taken.add(drivers.stepSlot("one", 1).orElseThrow());
        }
        assertThat(drivers.stepSlot("one", 1)).isEmpty();
        assertThat(drivers.stepWait("one", 1)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMinutes(2));
        assertThat(drivers.stepWait("one", 1)).isEqualTo(Duration.ofSeconds(30));
        for (long zone = 2; taken.size() < Drivers.STEPS + Drivers.FIRST_STEPS; zone++) {
            taken.add(drivers.stepSlot("one", zone).orElseThrow());
            drivers.stepSlot("one", zone).ifPresent(taken::add);
        }
        assertThat(drivers.stepSlot("one", 999)).isEmpty();
        taken.forEach(Drivers.Slot::close);
        try (Drivers.Slot again = drivers.stepSlot("one", 999).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    private boolean answerOf(long zone) {
        return drivers.request("one", zone, "question", driver -> true);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void noCallIsMadeInsideATransactionOrToAnUnknownProvider() {
        assertThatThrownBy(() -> drivers.run("two", 1, "a call", driver -> {})).hasMessageContaining("known are one");
        inTransaction = true;
        assertThatThrownBy(() -> drivers.run("one", 1, "a call", driver -> {}))
                .hasMessageContaining("inside a database transaction");
        assertThat(log).isEmpty();
    }

    private final class One implements DriverFactory {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public String description() {
            return "One";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public List<SettingDefinition> settings() {
            return List.of(SettingDefinition.perZone(
                    "backup.plugin.one.url", SettingDefinition.Type.STRING, "", "Where it is"));
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            String url = zone.setting("backup.plugin.one.url");
            log.add("open " + url);
            if (openingError != null) {
                throw openingError;
            }
            return (BackupDriver) Proxy.newProxyInstance(
                    BackupDriver.class.getClassLoader(),
                    new Class<?>[] {BackupDriver.class},
                    (proxy, method, arguments) -> {
                        log.add(method.getName() + " " + url);
                        return null;
                    });
        }
    }

    private static final class OneZone implements Zones {
        @Override
        public Optional<Zone> find(long id) {
            return Optional.of(new Zone(id, "z", "zone", null, "Advanced", "Enabled", "sim", Instant.EPOCH, null));
        }

        @Override
        public List<Zone> all() {
            return List.of();
        }
    }

    private final class Values implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return setting.defaultValue();
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return setting.defaultValue();
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> settings) {
            return Map.copyOf(values);
        }
    }

    private final class FlagTransactions implements Transactions {
        @Override
        public <T extends @Nullable Object> T inTransaction(Supplier<T> body) {
            return body.get();
        }

        @Override
        public boolean isOpen() {
            return inTransaction;
        }
    }
}
