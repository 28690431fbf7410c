/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.usage.UsageRecord;
import org.cloudstackbackup.framework.usage.UsageRecords;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bills follow from the history: for how long something was protected, and how much was stored on average. */
class UsageRecordsTest {
    private static final OwnerScope ALL = new OwnerScope.All();
    private static final long HUGE = 1L << 50;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRecordTellsHoursAndTheAverageOfItsInterval(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Instant start = world.clock.instant();
            BackupStore store = world.backups();
            Vm web = vm(world, BackupWorld.WEB);
            store.protectionChanged(web, 1, true);
            world.clock.advance(Duration.ofHours(1));
            Backup row = store.add(
                    ResourceCountTest.row(TestTenants.SHOP, BackupStatus.BACKED_UP, "p", 300L, 1000L), Map.of());
            world.clock.advance(Duration.ofHours(2));

            UsageRecord record = only(world, start, world.clock.instant());
            assertThat(record.hours()).isEqualByComparingTo("3");
            assertThat(record.averageBytes())
                    .as("nothing for one hour, 300 bytes for two")
                    .isEqualTo(200);
            assertThat(record.averageProtectedBytes()).isEqualTo(667);
            assertThat(record.sum().vmUuid()).isEqualTo("vm-1");
            assertThat(record.sum().accountName()).isEqualTo("account3");
            assertThat(record.sum().offeringName()).isEqualTo("gold");

            store.protectionChanged(web, 1, false);
            world.clock.advance(Duration.ofMinutes(30));
            record = only(
                    world,
                    start.plus(Duration.ofHours(3)),
                    world.clock.instant().plus(Duration.ofDays(1)));
            assertThat(record.hours())
                    .as("as long as there is a backup; not in the future")
                    .isEqualByComparingTo("0.5");
            assertThat(record.averageBytes()).isEqualTo(300);

            store.remove(row.id(), world.clock.instant());
            world.clock.advance(Duration.ofHours(10));
            record = only(world, start, world.clock.instant());
            assertThat(record.hours()).as("nothing after the last backup").isEqualByComparingTo("3.5");
            assertThat(list(world, start.plus(Duration.ofHours(4)), world.clock.instant()))
                    .isEmpty();
            assertThatThrownBy(() -> list(world, start, start))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmThatIsAssignedWithoutBackupsHasARecordOfNothing(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Instant start = world.clock.instant();
            world.framework
                    .protection()
                    .assign(world.admin, BackupWorld.OTHER, BackupWorld.OFFERING, BackupWorld.uuid());
            world.clock.advance(Duration.ofMinutes(6));
            UsageRecord record = only(world, start, world.clock.instant());
            assertThat(record.hours()).isEqualByComparingTo("0.1");
            assertThat(List.of(record.averageBytes(), record.averageProtectedBytes()))
                    .containsOnly(0L);
            world.framework.protection().remove(world.admin, BackupWorld.OTHER, false, BackupWorld.uuid());
            world.clock.advance(Duration.ofMinutes(6));
            assertThat(only(world, start, world.clock.instant()).hours()).isEqualByComparingTo("0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void onlyWhatIsInScopeIsListedAndCounted(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Instant start = world.clock.instant();
            BackupStore store = world.backups();
            for (Owner owner : List.of(TestTenants.SHOP, TestTenants.ADMIN)) {
                store.add(ResourceCountTest.row(owner, BackupStatus.BACKED_UP, "p", 1L, 1L), Map.of());
            }
            store.protectionChanged(vm(world, BackupWorld.OTHER), 1, true);
            world.clock.advance(Duration.ofSeconds(1));
            UsageRecords records = new UsageRecords(new JdbcUsageStore(world.database), world.clock);
            Instant end = world.clock.instant();
            assertThat(records.list(ALL, start, end, null, new PageRequest(0, 2)))
                    .satisfies(page -> assertThat(page.total()).isEqualTo(3))
                    .satisfies(page -> assertThat(page.items()).hasSize(2));
            assertThat(records.list(ALL, start, end, null, new PageRequest(2, 2))
                            .items())
                    .singleElement()
                    .satisfies(record -> assertThat(record.sum().vmUuid()).isEqualTo("vm-2"));
            assertThat(records.list(new OwnerScope.OneAccount(2), start, end, null, PageRequest.ALL)
                            .total())
                    .isEqualTo(1);
            assertThat(records.list(new OwnerScope.DomainTree("/shop/"), start, end, null, PageRequest.ALL)
                            .total())
                    .isEqualTo(2);
            assertThat(records.list(ALL, start, end, 2L, PageRequest.ALL).total())
                    .isEqualTo(1);
        }
    }

    /** Sums of the database against a walk through the same history in memory. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void recordsAgreeWithARandomHistoryWalkedThroughByHand(DatabaseKind kind) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (BackupWorld world = new BackupWorld(kind)) {
            Model model = new Model(world, random);
            for (int i = 0; i < 120; i++) {
                model.change();
                // Sometimes several changes at one instant.
                world.clock.advance(Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(7_200_000)));
            }
            Instant now = world.clock.instant();
            long whole = Duration.between(model.begin, now).toMillis();
            for (int i = 0; i < 25; i++) {
                Instant from = model.begin.plusMillis(random.nextLong(whole) - whole / 10);
                Instant until = from.plusMillis(1 + random.nextLong(whole));
                Map<String, String> expected = model.walk(from, until.isBefore(now) ? until : now);
                Map<String, String> got = new TreeMap<>();
                list(world, from, until)
                        .forEach(record -> got.put(
                                record.sum().accountName() + " " + record.sum().vmUuid(), Model.text(record)));
                assertThat(got)
                        .as("seed %d, from %s until %s", seed, from, until)
                        .isEqualTo(expected);
            }
            assertThat(world.number("SELECT COUNT(*) FROM usage_backup"))
                    .as("seed %d", seed)
                    .isGreaterThan(20);
        }
    }

    private static Vm vm(BackupWorld world, long id) {
        return new JdbcVms(world.database).find(id).orElseThrow();
    }

    private static UsageRecord only(BackupWorld world, Instant from, Instant until) {
        List<UsageRecord> records = list(world, from, until);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static List<UsageRecord> list(BackupWorld world, Instant from, Instant until) {
        return new UsageRecords(new JdbcUsageStore(world.database), world.clock)
                .list(ALL, from, until, null, PageRequest.ALL)
                .items();
    }

    /** The same history in memory, as a list of states. */
    private static final class Model {
        private final BackupWorld world;
        private final BackupStore store;
        private final Random random;
        private final Instant begin;
        private final Map<String, Boolean> assigned = new HashMap<>();
        private final Map<Long, Backup> rows = new HashMap<>();
        private final List<State> history = new ArrayList<>();

        Model(BackupWorld world, Random random) {
            this.world = world;
            this.store = world.backups();
            this.random = random;
            this.begin = world.clock.instant();
        }

        void change() {
            int what = random.nextInt(10);
            List<Backup> live = new ArrayList<>(rows.values());
            if (what < 2) {
                Vm vm = vm(world, random.nextBoolean() ? BackupWorld.WEB : BackupWorld.OTHER);
                boolean begins = random.nextBoolean();
                store.protectionChanged(vm, 1, begins);
                assigned.put("account3 " + vm.uuid(), begins);
            } else if (what < 5 || live.isEmpty()) {
                Owner owner = random.nextBoolean() ? TestTenants.SHOP : TestTenants.ADMIN;
                put(store.add(ResourceCountTest.row(owner, BackupStatus.BACKED_UP, "p", size(), size()), Map.of()));
            } else if (what < 8) {
                Backup row = live.get(random.nextInt(live.size()));
                BackupStatus[] all = {
                    BackupStatus.BACKED_UP, BackupStatus.ERROR, BackupStatus.FAILED, BackupStatus.RESTORING
                };
                store.update(ResourceCountTest.with(row, all[random.nextInt(all.length)], "p", size(), size()))
                        .ifPresent(this::put);
            } else {
                Backup row = live.get(random.nextInt(live.size()));
                store.removeAll(List.of(row), world.clock.instant());
                rows.remove(row.id());
            }
            history.add(new State(world.clock.instant(), now()));
        }

        private long size() {
            return random.nextInt(4) == 0 ? random.nextLong(HUGE) : random.nextInt(1000);
        }

        private void put(Backup row) {
            rows.put(row.id(), row);
        }

        /** Size and protected size of each that is protected or has something stored. */
        private Map<String, long[]> now() {
            Map<String, long[]> sums = new HashMap<>();
            assigned.forEach((key, is) -> {
                if (is) {
                    sums.put(key, new long[2]);
                }
            });
            rows.values().stream()
                    .filter(row -> row.status() != BackupStatus.FAILED)
                    .forEach(row -> {
                        long[] sum =
                                sums.computeIfAbsent("account" + row.owner().accountId() + " vm-1", key -> new long[2]);
                        sum[0] += row.sizeBytes() == null ? 0 : row.sizeBytes();
                        sum[1] += row.protectedBytes() == null ? 0 : row.protectedBytes();
                    });
            return sums;
        }

        Map<String, String> walk(Instant from, Instant until) {
            Map<String, BigInteger[]> totals = new TreeMap<>();
            for (int i = 0; i < history.size(); i++) {
                Instant first = later(history.get(i).at(), from);
                Instant last = i + 1 < history.size() && history.get(i + 1).at().isBefore(until)
                        ? history.get(i + 1).at()
                        : until;
                if (first.isBefore(last)) {
                    BigInteger millis =
                            BigInteger.valueOf(Duration.between(first, last).toMillis());
                    history.get(i).sums().forEach((key, sum) -> {
                        BigInteger[] total = totals.computeIfAbsent(
                                key, absent -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO});
                        total[0] = total[0].add(millis);
                        total[1] = total[1].add(millis.multiply(BigInteger.valueOf(sum[0])));
                        total[2] = total[2].add(millis.multiply(BigInteger.valueOf(sum[1])));
                    });
                }
            }
            Map<String, String> texts = new TreeMap<>();
            totals.forEach((key, total) -> texts.put(
                    key,
                    total[0] + " ms, " + half(total[1], total[0]) + " bytes, " + half(total[2], total[0])
                            + " protected"));
            return texts;
        }

        static String text(UsageRecord record) {
            BigDecimal millis =
                    record.hours().multiply(BigDecimal.valueOf(3_600_000)).setScale(0, RoundingMode.HALF_UP);
            return millis.toPlainString() + " ms, " + record.averageBytes() + " bytes, "
                    + record.averageProtectedBytes() + " protected";
        }

        private static BigInteger half(BigInteger total, BigInteger millis) {
            return total.add(total).add(millis).divide(millis.add(millis));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private record State(Instant at, Map<String, long[]> sums) {}
    }
}
