/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcBackupStoreTest {
    private static final BackupStore.Filter NO_FILTER = new BackupStore.Filter(null, null, null, null, null, null);
    private static final OwnerScope ALL = new OwnerScope.All();
    private static final PageRequest PAGE = new PageRequest(0, 100);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void everyFilterRestrictsByItself(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            addSecondZoneAndOffering(world);
            Backup first = store.add(backup("first", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of());
            Backup second = store.add(backup("second", BackupWorld.OTHER, 2, 2, TestTenants.ADMIN), Map.of());
            assertThat(names(store, NO_FILTER, ALL)).containsExactly("first", "second");
            assertThat(names(store, new BackupStore.Filter(second.id(), null, null, null, null, null), ALL))
                    .containsExactly("second");
            assertThat(names(store, new BackupStore.Filter(null, BackupWorld.WEB, null, null, null, null), ALL))
                    .containsExactly("first");
            assertThat(names(store, new BackupStore.Filter(null, null, 2L, null, null, null), ALL))
                    .containsExactly("second");
            assertThat(names(store, new BackupStore.Filter(null, null, null, 2L, null, null), ALL))
                    .containsExactly("second");
            assertThat(names(store, new BackupStore.Filter(null, null, null, null, "first", null), ALL))
                    .containsExactly("first");
            assertThat(names(store, new BackupStore.Filter(null, null, null, null, "firs", null), ALL))
                    .isEmpty();
            assertThat(names(store, new BackupStore.Filter(second.id(), BackupWorld.WEB, null, null, null, null), ALL))
                    .isEmpty();
            assertThat(store.remove(first.id(), TestTenants.CREATED)).isTrue();
            assertThat(store.remove(first.id(), TestTenants.CREATED)).isFalse();
            assertThat(names(store, NO_FILTER, ALL)).containsExactly("second");
            assertThat(store.find(first.id())).isEmpty();
            assertThat(store.findByUuid(first.uuid())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void everyPartOfTheHistoryRestrictsByItself(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            addSecondZoneAndOffering(world);
            world.database.jdbi().useHandle(handle -> {
                handle.execute("UPDATE backup_offering SET provider = 'far' WHERE id = 2");
                addSchedule(handle, 1, 0);
                addSchedule(handle, 2, 1);
            });
            Instant noon = TestTenants.CREATED;
            store.add(made("manual", 1, BackupStatus.BACKED_UP, noon, null), Map.of());
            store.add(made("hourly", 1, BackupStatus.BACKED_UP, noon.plusSeconds(1), 1L), Map.of());
            store.add(made("daily", 2, BackupStatus.FAILED, noon.plusSeconds(2), 2L), Map.of());
            store.add(made("orphan", 2, BackupStatus.ERROR, noon.plusSeconds(3), 99L), Map.of());
            Backup gone = store.add(made("gone", 1, BackupStatus.BACKED_UP, noon, null), Map.of());
            store.remove(gone.id(), noon);

            assertThat(names(store, history(BackupStatus.FAILED, null, null, null, null, null), ALL))
                    .containsExactly("daily");
            assertThat(names(store, history(BackupStatus.REMOVED, null, null, null, null, null), ALL))
                    .containsExactly("gone");
            assertThat(names(store, history(null, "far", null, null, null, null), ALL))
                    .containsExactly("daily", "orphan");
            assertThat(names(store, history(null, null, 1L, null, null, null), ALL))
                    .containsExactly("hourly");
            assertThat(names(store, history(null, null, null, 1, null, null), ALL))
                    .containsExactly("daily");
            assertThat(names(store, history(null, null, null, BackupStore.History.MANUAL, null, null), ALL))
                    .containsExactly("manual", "orphan");
            assertThat(names(store, history(null, null, null, null, noon.plusSeconds(2), null), ALL))
                    .containsExactly("daily", "orphan");
            assertThat(names(store, history(null, null, null, null, null, noon.plusSeconds(2)), ALL))
                    .containsExactly("manual", "hourly");
            world.database.jdbi().useHandle(handle -> handle.execute("DELETE FROM backup_schedule WHERE id = 2"));
            assertThat(names(store, history(null, null, null, BackupStore.History.MANUAL, null, null), ALL))
                    .containsExactly("manual", "daily", "orphan");
            assertThat(store.list(history(null, null, 1L, null, null, null), ALL, PAGE, false)
                            .items())
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.scheduleUuid()).isEqualTo("schedule-1");
                        assertThat(listed.provider()).isEqualTo("fake");
                    });
        }
    }

    private static void addSchedule(Handle handle, long id, int type) {
        handle.execute(
                "INSERT INTO backup_schedule (id, uuid, vm_id, schedule_type, schedule, timezone, scheduled_timestamp,"
                        + " account_id, domain_id) VALUES (?, ?, 1, ?, '0', 'UTC', ?, 3, 2)",
                id,
                "schedule-" + id,
                type,
                TestTenants.CREATED);
    }

    private static BackupStore.Filter history(
            @Nullable BackupStatus status,
            @Nullable String provider,
            @Nullable Long schedule,
            @Nullable Integer interval,
            @Nullable Instant from,
            @Nullable Instant before) {
        return new BackupStore.Filter(
                null,
                null,
                null,
                null,
                null,
                null,
                new BackupStore.History(status, provider, schedule, interval, from, before));
    }

    private static Backup made(String name, long offering, BackupStatus status, Instant date, @Nullable Long schedule) {
        Backup usual = backup(name, BackupWorld.WEB, offering, 1, TestTenants.SHOP);
        return new Backup(
                0,
                usual.uuid(),
                name,
                null,
                usual.vmId(),
                usual.externalId(),
                usual.type(),
                date,
                usual.sizeBytes(),
                usual.protectedBytes(),
                status,
                offering,
                usual.owner(),
                usual.zoneId(),
                List.of(),
                schedule,
                null,
                0,
                null);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void scopesHoldWhateverTheKeyword(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            store.add(backup("100% Mine", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of());
            store.add(backup("100 theirs", BackupWorld.WEB, 1, 1, TestTenants.ADMIN), Map.of());
            store.add(backup("a_b", BackupWorld.OTHER, 1, 1, TestTenants.ADMIN), Map.of());
            assertThat(names(store, NO_FILTER, new OwnerScope.OneAccount(3))).containsExactly("100% Mine");
            assertThat(names(store, NO_FILTER, new OwnerScope.DomainTree("/shop/")))
                    .containsExactly("100% Mine");
            assertThat(names(store, NO_FILTER, new OwnerScope.OneDomain(1))).containsExactly("100 theirs", "a_b");
            assertThat(names(store, NO_FILTER, new OwnerScope.DomainTree("/"))).hasSize(3);
            assertThat(names(store, NO_FILTER, new OwnerScope.DomainTree("/_hop/")))
                    .isEmpty();
            assertThat(names(store, keyword("100%"), ALL)).containsExactly("100% Mine");
            assertThat(names(store, keyword("MINE"), ALL)).containsExactly("100% Mine");
            assertThat(names(store, keyword("_"), ALL)).containsExactly("a_b");
            assertThat(names(store, keyword("!"), ALL)).isEmpty();
            assertThat(names(store, keyword("web"), ALL)).containsExactly("100% Mine", "100 theirs");
            assertThat(names(store, keyword("web"), new OwnerScope.OneAccount(3)))
                    .containsExactly("100% Mine");
            assertThat(names(store, keyword("theirs"), new OwnerScope.DomainTree("/shop/")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsFollowTheWritesOfOtherNodesAtOnce(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind);
                Database second = Database.open(world.url, 2)) {
            BackupStore here = new JdbcBackupStore(world.database);
            BackupStore there = new JdbcBackupStore(second);
            Backup first = here.add(backup("b0", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of());
            assertThat(here.list(NO_FILTER, ALL, PAGE, false).total()).isEqualTo(1);
            there.add(backup("b1", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of());
            assertThat(here.list(NO_FILTER, ALL, PAGE, false).total()).isEqualTo(2);
            there.remove(first.id(), TestTenants.CREATED);
            assertThat(here.list(NO_FILTER, ALL, PAGE, false).total()).isEqualTo(1);
            Page<BackupListing> past = here.list(NO_FILTER, ALL, new PageRequest(500, 20), true);
            assertThat(past.total()).isEqualTo(1);
            assertThat(past.items()).isEmpty();

            assertThatThrownBy(() -> world.database.inTransaction(() -> {
                        here.add(backup("never", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of());
                        assertThat(here.list(NO_FILTER, ALL, PAGE, false).total())
                                .isEqualTo(2);
                        throw new IllegalStateException("taken back");
                    }))
                    .hasMessage("taken back");
            there.remove(
                    there.list(NO_FILTER, ALL, PAGE, false)
                            .items()
                            .get(0)
                            .backup()
                            .id(),
                    TestTenants.CREATED);
            assertThat(here.list(NO_FILTER, ALL, PAGE, false).total()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aKeptCountSavesAStatementAndDetailsCostOne(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            store.add(backup("a", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of("k", "1"));
            store.add(backup("b", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of("k", "2", "l", "3"));
            assertThat(store.list(NO_FILTER, ALL, PAGE, true).items())
                    .extracting(BackupListing::details)
                    .containsExactly(Map.of("k", "1"), Map.of("k", "2", "l", "3"));
            StatementCounter statements = StatementCounter.of(world.database);
            assertThat(statements.during(() -> store.list(NO_FILTER, ALL, PAGE, false)))
                    .isEqualTo(2);
            assertThat(statements.during(() -> store.list(NO_FILTER, ALL, PAGE, true)))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void deepPagesAreTheSameHoweverOftenTheyAreAskedFor(DatabaseKind kind) {
        int rows = 5 * KeptListings.STEP + 7;
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            List<String> all = new ArrayList<>();
            world.database.run(() -> {
                for (int i = 0; i < rows; i++) {
                    Owner owner = i % 3 == 0 ? TestTenants.ADMIN : TestTenants.SHOP;
                    Backup added = store.add(backup("b" + i, BackupWorld.WEB, 1, 1, owner), Map.of());
                    if (i % 10 == 1) {
                        store.remove(added.id(), TestTenants.CREATED);
                    } else {
                        all.add(added.name());
                    }
                }
            });
            long last = all.size() - 5L;
            long[] offsets = {0, 499, 500, 999, 1000, 1001, 1200, last, all.size(), 10_000};
            for (int round = 1; round <= 3; round++) {
                for (long offset : offsets) {
                    assertThat(page(store, offset))
                            .as("round %d, offset %d", round, offset)
                            .isEqualTo(all.stream().skip(offset).limit(20).toList());
                }
            }
            assertThat(store.list(NO_FILTER, ALL, new PageRequest(1000, 500), false)
                            .items())
                    .extracting(listed -> listed.backup().name())
                    .isEqualTo(all.subList(1000, Math.min(all.size(), 1500)));
            assertThat(store.list(NO_FILTER, ALL, new PageRequest(1001, Integer.MAX_VALUE), false)
                            .items())
                    .hasSize(all.size() - 1001);
            StatementCounter statements = StatementCounter.of(world.database);
            assertThat(statements.during(() -> page(store, last))).isEqualTo(2);
            all.add(store.add(backup("new", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of())
                    .name());
            assertThat(page(store, last)).endsWith("new").hasSize(6);
            assertThat(page(store, last)).hasSize(6);
            assertThat(page(store, last)).hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void pagesOfLateDatesAreTheSameHoweverOftenTheyAreAskedFor(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            List<String> late = new ArrayList<>();
            Instant from = TestTenants.CREATED.plusSeconds(100);
            world.database.run(() -> {
                for (int i = 0; i < KeptListings.STEP + 130; i++) {
                    Instant date = TestTenants.CREATED.plusSeconds(i);
                    store.add(made("b" + i, 1, BackupStatus.BACKED_UP, date, null), Map.of());
                    if (!date.isBefore(from)) {
                        late.add("b" + i);
                    }
                }
            });
            BackupStore.Filter filter = history(null, null, null, null, from, null);
            for (int round = 1; round <= 3; round++) {
                for (long offset : new long[] {0, 499, 500, late.size() - 5L, late.size()}) {
                    assertThat(store.list(filter, ALL, new PageRequest(offset, 20), false)
                                    .items())
                            .as("round %d, offset %d", round, offset)
                            .extracting(listed -> listed.backup().name())
                            .isEqualTo(late.stream().skip(offset).limit(20).toList());
                }
            }
            store.add(made("new", 1, BackupStatus.BACKED_UP, from, null), Map.of());
            for (int round = 1; round <= 3; round++) {
                assertThat(store.list(filter, ALL, new PageRequest(late.size(), 20), false)
                                .items())
                        .extracting(listed -> listed.backup().name())
                        .containsExactly("new");
            }
        }
    }

    private static List<String> page(BackupStore store, long offset) {
        return store.list(NO_FILTER, ALL, new PageRequest(offset, 20), false).items().stream()
                .map(listed -> listed.backup().name())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anOutdatedBackupIsNotWritten(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            Backup read = store.add(backup("a", BackupWorld.WEB, 1, 1, TestTenants.SHOP), Map.of("k", "1"));
            Optional<Backup> written = store.update(read);
            assertThat(written)
                    .hasValueSatisfying(now -> assertThat(now.version()).isEqualTo(read.version() + 1));
            assertThat(store.update(read)).isEmpty();
            store.replaceDetails(read.id(), Map.of("l", "2"));
            assertThat(store.details(read.id())).isEqualTo(Map.of("l", "2"));
            store.remove(read.id(), TestTenants.CREATED);
            assertThat(store.update(written.orElseThrow())).isEmpty();
            assertThat(store.lock(read.id())).isEmpty();
        }
    }

    private static BackupStore.Filter keyword(String keyword) {
        return new BackupStore.Filter(null, null, null, null, null, keyword);
    }

    /** Counted and listed must agree. */
    private static List<String> names(BackupStore store, BackupStore.Filter filter, OwnerScope scope) {
        Page<BackupListing> page = store.list(filter, scope, PAGE, false);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(listed -> listed.backup().name()).toList();
    }

    private static void addSecondZoneAndOffering(BackupWorld world) {
        world.database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (2, 'zone-2', 'far', 'sim', ?)",
                    TestTenants.CREATED);
            handle.execute(
                    "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                            + " provider, created) VALUES (2, 'offering-2', 'far', 'far', 'far', TRUE, 2, 'fake', ?)",
                    TestTenants.CREATED);
        });
    }

    private static Backup backup(String name, long vm, long offering, long zone, Owner owner) {
        @Nullable String none = null;
        return new Backup(
                0,
                BackupWorld.uuid(),
                name,
                none,
                vm,
                "point-" + name,
                "FULL",
                TestTenants.CREATED,
                1L,
                2L,
                BackupStatus.BACKED_UP,
                offering,
                owner,
                zone,
                List.of(),
                null,
                none,
                0,
                null);
    }
}
