/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
