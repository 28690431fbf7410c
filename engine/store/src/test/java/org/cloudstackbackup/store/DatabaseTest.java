/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
            assertThat(number(database, "SELECT MAX(version) FROM table_version"))
                    .isZero();
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

    @Test
    void whatIsCommittedIsInTheFileAtOnce(@TempDir Path folder) throws IOException {
        Path copied = Files.createDirectory(folder.resolve("copied"));
        try (Database database = Database.open(Database.embeddedUrl(folder), 2)) {
            for (int i = 1; i <= 5; i++) {
                database.run(() -> database.jdbi()
                        .useHandle(handle -> handle.execute("UPDATE table_version SET version = version + 1")));
                Files.copy(
                        folder.resolve("cloudstackbackup.mv.db"),
                        copied.resolve("cloudstackbackup.mv.db"),
                        StandardCopyOption.REPLACE_EXISTING);
                try (Database copy = Database.open(Database.embeddedUrl(copied), 2)) {
                    assertThat(number(copy, "SELECT MAX(version) FROM table_version"))
                            .as("what a process killed after commit %d would find", i)
                            .isEqualTo(i);
                }
            }
        }
    }

    private static long number(Database database, String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
