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
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcEventStoreTest {
    private final SettableClock clock = new SettableClock();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void eventsOfOneWorkHangTogetherAndStayWithTheirOwner(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            long start = store.record(event("BACKUP.CREATE", TestTenants.SHOP, "Backing up 100% of vm_1", null));
            clock.advance(Duration.ofMinutes(1));
            store.record(event("BACKUP.CREATE", TestTenants.SHOP, "x".repeat(2000), start));
            store.record(event("VM.START", TestTenants.ADMIN, "Starting", null));

            Page<EventLog.Entry> shop =
                    list(store, new OwnerScope.OneAccount(TestTenants.SHOP.accountId()), null, null);
            assertThat(shop.total()).isEqualTo(2);
            assertThat(shop.items().get(0).description()).hasSize(1024).endsWith("...");
            assertThat(shop.items().get(0).startUuid())
                    .isEqualTo(shop.items().get(1).uuid());
            assertThat(shop.items().get(0).domainPath()).isEqualTo("/shop/");

            assertThat(list(store, new OwnerScope.All(), null, null).total()).isEqualTo(3);
            assertThat(list(store, new OwnerScope.All(), "VM.START", null).total())
                    .isEqualTo(1);
            assertThat(list(store, new OwnerScope.All(), null, "100%").total()).isEqualTo(1);
            assertThat(list(store, new OwnerScope.All(), null, "1_0").total()).isZero();
            assertThat(list(store, new OwnerScope.DomainTree("/shop/"), null, null)
                            .total())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anArchivedEventIsListedOnlyWhenArchivedOnesAreAskedFor(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            long first = store.record(event("BACKUP.CREATE", TestTenants.SHOP, "first", null));
            store.record(event("BACKUP.DELETE", TestTenants.SHOP, "second", null));
            store.archive(new EventLog.Selection(new OwnerScope.All(), List.of(first), null, null, null));
            store.archive(new EventLog.Selection(new OwnerScope.All(), List.of(), null, null, null));

            assertThat(texts(store, false, null)).containsExactly("second");
            assertThat(texts(store, true, null)).containsExactly("first");
            assertThat(texts(store, null, null)).containsExactly("second", "first");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void onlyWhatIsChosenAndInReachIsForgotten(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            Instant begun = clock.instant();
            store.record(event("BACKUP.CREATE", TestTenants.SHOP, "old", null));
            clock.advance(Duration.ofMinutes(1));
            store.record(event("BACKUP.CREATE", TestTenants.SHOP, "new", null));
            store.record(event("BACKUP.DELETE", TestTenants.SHOP, "of another type", null));
            long admins = store.record(event("BACKUP.CREATE", TestTenants.ADMIN, "of another account", null));
            OwnerScope shop = new OwnerScope.OneAccount(TestTenants.SHOP.accountId());

            store.delete(new EventLog.Selection(shop, List.of(admins), null, null, null));
            store.delete(
                    new EventLog.Selection(shop, null, "BACKUP.CREATE", begun.plusSeconds(1), begun.plusSeconds(60)));
            assertThat(texts(store, null, null)).containsExactly("of another account", "of another type", "old");

            store.delete(new EventLog.Selection(
                    new OwnerScope.DomainTree(TestTenants.SHOP.domainPath()), null, null, null, begun));
            assertThat(texts(store, null, null)).containsExactly("of another account", "of another type");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void oldEventsAreForgottenSoManyAtATime(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            for (int i = 0; i < 5; i++) {
                store.record(event("BACKUP.CREATE", TestTenants.SHOP, "old", null));
            }
            clock.advance(Duration.ofMinutes(1));
            Instant before = clock.instant();
            store.record(event("BACKUP.CREATE", TestTenants.SHOP, "new", null));
            assertThat(store.deleteOlderThan(before, 3)).isEqualTo(3);
            assertThat(store.deleteOlderThan(before, 3)).isEqualTo(2);
            assertThat(store.deleteOlderThan(before, 3)).isZero();
            assertThat(texts(store, null, null)).containsExactly("new");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void workThatBeganLongAgoAndHasNotEndedIsFound(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            Instant begun = clock.instant();
            store.record(about("vm-1", Events.State.Started, "ended"));
            store.record(about("vm-2", Events.State.Scheduled, "hangs"));
            store.record(about("vm-3", Events.State.Created, "no work"));
            clock.advance(Duration.ofMinutes(1));
            store.record(about("vm-1", Events.State.Completed, "end"));
            store.record(about("vm-4", Events.State.Started, "just begun"));

            assertThat(texts(store, null, new EventLog.Pending(begun, begun.plusSeconds(59))))
                    .containsExactly("hangs");
            assertThat(texts(store, null, new EventLog.Pending(begun, begun.plusSeconds(60))))
                    .containsExactly("just begun", "hangs");
            assertThat(texts(store, null, new EventLog.Pending(begun.plusSeconds(1), begun.plusSeconds(59))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anEventIsFoundWithItsOwner(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcEventStore store = new JdbcEventStore(database, clock);
            long id = store.record(event("BACKUP.CREATE", TestTenants.SHOP, "made", null));
            String uuid =
                    list(store, new OwnerScope.All(), null, null).items().get(0).uuid();

            assertThat(store.find(uuid)).contains(new EventLog.Found(id, TestTenants.SHOP));
            assertThat(store.find("no such event")).isEmpty();
        }
    }

    private static List<String> texts(
            JdbcEventStore store, @Nullable Boolean archived, EventLog.@Nullable Pending pending) {
        return store
                .list(
                        new EventLog.Filter(
                                new OwnerScope.All(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                archived,
                                pending),
                        new PageRequest(0, 10))
                .items()
                .stream()
                .map(EventLog.Entry::description)
                .toList();
    }

    private static Events.NewEvent about(String vm, Events.State state, String description) {
        return new Events.NewEvent(
                "BACKUP.CREATE",
                state,
                Events.Level.INFO,
                description,
                TestTenants.SHOP_USER,
                TestTenants.SHOP,
                "VirtualMachine",
                1L,
                vm,
                vm,
                null);
    }

    private static Page<EventLog.Entry> list(
            JdbcEventStore store, OwnerScope scope, @Nullable String type, @Nullable String keyword) {
        return store.list(
                new EventLog.Filter(scope, null, type, null, keyword, null, null, null, null, null),
                new PageRequest(0, 10));
    }

    private static Events.NewEvent event(String type, Owner owner, String description, @Nullable Long startId) {
        return new Events.NewEvent(
                type,
                startId == null ? Events.State.Started : Events.State.Completed,
                Events.Level.INFO,
                description,
                TestTenants.SHOP_USER,
                owner,
                "VirtualMachine",
                1L,
                "vm-1",
                "web",
                startId);
    }
}
