/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnerScopeSqlTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void eachScopeCoversItsRowsAndNoOthers(DatabaseKind kind) {
        try (Database database = kind.open()) {
            database.jdbi().useHandle(handle -> {
                domain(handle, 1, "/");
                domain(handle, 2, "/a_b/");
                domain(handle, 3, "/a_b/c!%/");
                domain(handle, 4, "/axb/");
                domain(handle, 5, "/a_bc/");
                for (long domain = 1; domain <= 5; domain++) {
                    event(handle, domain, 10 + domain);
                }
            });
            assertThat(seen(database, new OwnerScope.All())).containsExactly(11L, 12L, 13L, 14L, 15L);
            assertThat(seen(database, new OwnerScope.DomainTree("/"))).containsExactly(11L, 12L, 13L, 14L, 15L);
            assertThat(seen(database, new OwnerScope.DomainTree("/a_b/"))).containsExactly(12L, 13L);
            assertThat(seen(database, new OwnerScope.DomainTree("/a_b/c!%/"))).containsExactly(13L);
            assertThat(seen(database, new OwnerScope.OneDomain(2))).containsExactly(12L);
            assertThat(seen(database, new OwnerScope.OneAccount(15))).containsExactly(15L);
            assertThat(seen(database, new OwnerScope.Accounts(Set.of(15L, 11L, 99L))))
                    .containsExactly(11L, 15L);
            assertThat(seen(database, new OwnerScope.Accounts(Set.of()))).isEmpty();
        }
    }

    private static List<Long> seen(Database database, OwnerScope scope) {
        OwnerScopeSql owned = OwnerScopeSql.of(scope, "e");
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT e.account_id FROM event e WHERE " + owned.condition() + " ORDER BY e.id")
                        .bindMap(owned.bindings())
                        .mapTo(Long.class)
                        .list());
    }

    private static void domain(Handle handle, long id, String path) {
        handle.execute(
                "INSERT INTO domain (id, uuid, name, owner, path, created) VALUES (?, ?, ?, 2, ?, ?)",
                id,
                "d" + id,
                "d" + id,
                path,
                NOW);
    }

    private static void event(Handle handle, long domain, long account) {
        handle.execute(
                "INSERT INTO event (uuid, type, level, description, user_id, account_id, domain_id, created)"
                        + " VALUES (?, 'T', 'INFO', '', 1, ?, ?, ?)",
                "e" + account,
                account,
                domain,
                NOW);
    }
}
