/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.BackupStore.NewBackup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many rows in one go: the same as one by one, in a number of statements that does not grow. */
class JdbcBackupBatchTest {
    private static final String VERSION = "SELECT version FROM table_version WHERE name = 'backups'";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void batchesTakeFewStatementsAndRaiseTheVersionOnce(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            store.remove(store.add(row("first").backup(), Map.of()).id(), TestTenants.CREATED);
            StatementCounter statements = StatementCounter.of(world.database);
            List<NewBackup> rows =
                    IntStream.range(0, 300).mapToObj(i -> row("b" + i)).toList();
            long before = world.number(VERSION);
            // Over a network 100 rows travel in one statement, see ManyRows.
            int inserts = kind == DatabaseKind.MARIADB ? 3 : 1;
            assertThat(statements.during(() -> store.addAll(rows))).isEqualTo(7 + inserts);
            assertThat(world.number(VERSION)).isEqualTo(before + 1);

            List<Backup> added = store.ofVm(BackupWorld.WEB, 1);
            assertThat(added)
                    .extracting(Backup::name)
                    .containsExactlyElementsOf(
                            rows.stream().map(row -> row.backup().name()).toList());
            assertThat(store.details(added.get(299).id())).isEqualTo(Map.of("k", "b299", "l", "x"));

            assertThat(statements.during(() -> store.updateAll(added))).isEqualTo(3);
            assertThat(world.number(VERSION)).isEqualTo(before + 2);
            List<Backup> updated = store.ofVm(BackupWorld.WEB, 1);
            assertThat(updated).allSatisfy(row -> assertThat(row.version()).isEqualTo(1));

            assertThat(statements.during(() -> store.removeAll(updated, TestTenants.CREATED)))
                    .isEqualTo(7);
            assertThat(world.number(VERSION)).isEqualTo(before + 3);
            assertThat(store.ofVm(BackupWorld.WEB, 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void rowsThatSomebodyElseWroteAreLeftAlone(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            List<Backup> read = store.addAll(List.of(row("a"), row("b"), row("c")));
            assertThat(read).extracting(Backup::name).containsExactly("a", "b", "c");
            store.update(read.get(0));
            store.remove(read.get(1).id(), TestTenants.CREATED);
            long version = world.number(VERSION);

            assertThat(store.updateAll(read.subList(0, 2))).isEmpty();
            assertThat(store.removeAll(read.subList(0, 2), TestTenants.CREATED)).isEmpty();
            assertThat(store.updateAll(List.of())).isEmpty();
            assertThat(store.addAll(List.of())).isEmpty();
            assertThat(world.number(VERSION)).as("nothing was written").isEqualTo(version);

            assertThat(store.removeAll(read, TestTenants.CREATED))
                    .containsExactly(read.get(2).id());
            assertThat(store.find(read.get(0).id())).isPresent();
            assertThat(world.number(VERSION)).isEqualTo(version + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBatchHasABound(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            assertThatThrownBy(() -> store.addAll(Collections.nCopies(BackupStore.LARGEST_BATCH + 1, row("a"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("501");
        }
    }

    private static NewBackup row(String name) {
        return new NewBackup(
                new Backup(
                        0,
                        BackupWorld.uuid(),
                        name,
                        null,
                        BackupWorld.WEB,
                        "point-" + name,
                        "FULL",
                        TestTenants.CREATED,
                        1L,
                        2L,
                        BackupStatus.BACKED_UP,
                        1,
                        TestTenants.SHOP,
                        1,
                        List.of(),
                        null,
                        null,
                        0,
                        null),
                Map.of("k", name, "l", "x"));
    }
}
