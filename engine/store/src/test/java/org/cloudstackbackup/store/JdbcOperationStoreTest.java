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
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.OperationStore;
import org.cloudstackbackup.framework.operation.Phase;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcOperationStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmHasOneOpenExclusiveOperation(DatabaseKind kind) {
        try (Database database = kind.open()) {
            OperationStore store = new JdbcOperationStore(database, new SettableClock());
            Operation first = store.add(operation("first", 7, true, Phase.STARTING));
            assertThatThrownBy(() -> store.add(operation("second", 7, true, Phase.STARTING)))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
            assertThatThrownBy(() -> store.add(operation("first", 8, true, Phase.STARTING)))
                    .isInstanceOf(ProviderException.class);
            store.add(operation("beside", 7, false, Phase.STARTING));
            store.add(operation("elsewhere", 8, true, Phase.STARTING));
            store.add(operation("mark", 7, true, Phase.SUCCEEDED));
            assertThat(store.openOfVm(7)).contains(first);
            assertThat(store.openUuids()).containsExactly("first", "beside", "elsewhere");
            assertThat(store.openOfBackup(5))
                    .extracting(Operation::uuid)
                    .containsExactly("first", "beside", "elsewhere");

            assertThat(store.update(changed(first, Phase.RUNNING, "at work"))).isPresent();
            assertThat(store.openOfVm(7)).isPresent();
            assertThat(store.update(changed(store.find("first").orElseThrow(), Phase.FAILED, "x".repeat(5000))))
                    .hasValueSatisfying(
                            ended -> assertThat(ended.message()).hasSize(ProviderException.MAX_MESSAGE_LENGTH));
            assertThat(store.openOfVm(7)).isEmpty();
            assertThat(store.add(operation("second", 7, true, Phase.STARTING)).isEnded())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whoReadAnOlderVersionWritesNothing(DatabaseKind kind) {
        try (Database database = kind.open()) {
            OperationStore store = new JdbcOperationStore(database, new SettableClock());
            Operation read = store.add(operation("one", 7, true, Phase.STARTING));
            Operation running =
                    store.update(changed(read, Phase.RUNNING, "here")).orElseThrow();
            assertThat(store.update(changed(read, Phase.FAILED, "there"))).isEmpty();
            assertThat(store.find("one")).contains(running);
            assertThat(running.version()).isEqualTo(read.version() + 1);
            Operation ended =
                    store.update(changed(running, Phase.SUCCEEDED, null)).orElseThrow();
            assertThat(store.update(changed(ended, Phase.RUNNING, "again"))).isEmpty();
            assertThat(store.find("one").orElseThrow().phase()).isEqualTo(Phase.SUCCEEDED);
        }
    }

    private static Operation operation(String uuid, long vm, boolean exclusive, Phase phase) {
        return new Operation(
                0,
                uuid,
                OperationKind.BACKUP,
                phase,
                "fake",
                1,
                vm,
                exclusive,
                5L,
                6L,
                1,
                null,
                "{}",
                null,
                null,
                null,
                0,
                0,
                NOW,
                phase.isEnded() ? NOW : null);
    }

    private static Operation changed(Operation read, Phase phase, @Nullable String message) {
        return new Operation(
                read.id(),
                read.uuid(),
                read.kind(),
                phase,
                read.provider(),
                read.zoneId(),
                read.vmId(),
                read.exclusive(),
                read.backupId(),
                read.jobId(),
                read.userId(),
                "reference",
                read.plan(),
                50,
                message,
                phase == Phase.FAILED ? ErrorKind.EXTERNAL : null,
                read.attempts(),
                read.version(),
                read.created(),
                phase.isEnded() ? NOW : null);
    }
}
