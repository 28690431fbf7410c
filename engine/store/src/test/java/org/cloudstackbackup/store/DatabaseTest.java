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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void migratesAndKeepsInstantsAsUtcMilliseconds(DatabaseKind kind) {
        Instant instant = Instant.parse("2026-03-29T01:30:00.123456Z");
        try (Database database = kind.open()) {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO configuration (name, value, updated) VALUES (?, ?, ?)", "a.b", "1", instant));
            Instant read = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT updated FROM configuration WHERE name = 'a.b'")
                            .mapTo(Instant.class)
                            .one());
            assertThat(read).isEqualTo(Database.stored(instant));
            String raw = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT CAST(updated AS char(30)) FROM configuration")
                            .mapTo(String.class)
                            .one());
            assertThat(raw).startsWith("2026-03-29 01:30:00.123");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aTransactionThatThrowsLeavesNothing(DatabaseKind kind) {
        try (Database database = kind.open()) {
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        assertThat(database.isOpen()).isTrue();
                        database.jdbi().useHandle(handle -> handle.execute("UPDATE table_version SET version = 5"));
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(database.isOpen()).isFalse();
            assertThat(number(database, "SELECT version FROM table_version")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void reservedWordsAreOrdinaryNames(DatabaseKind kind) {
        try (Database database = kind.open()) {
            assertThat(number(database, "SELECT COUNT(*) FROM user u JOIN account a ON a.id = u.account_id"))
                    .isZero();
        }
    }

    private static long number(Database database, String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
