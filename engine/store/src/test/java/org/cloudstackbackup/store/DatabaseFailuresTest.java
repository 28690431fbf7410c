/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class DatabaseFailuresTest {
    @Test
    void anOutageIsFoundBehindWhateverWrapsIt() {
        assertThat(DatabaseFailures.isOutage(
                        wrapped(new SQLTransientConnectionException("Connection is not available"))))
                .isTrue();
        assertThat(DatabaseFailures.isOutage(wrapped(new SQLException("Socket error", "08000"))))
                .isTrue();
        assertThat(DatabaseFailures.isOutage(wrapped(new SQLException("Connection was killed", "70100", 1927))))
                .isTrue();
        assertThat(DatabaseFailures.isRepeatable(wrapped(new SQLException("Socket error", "08000"))))
                .isTrue();
    }

    @Test
    void aDeadlockMayBeRepeatedButIsNoOutage() {
        Throwable deadlock = wrapped(new SQLTransactionRollbackException("Deadlock found", "40001", 1213));
        assertThat(DatabaseFailures.isOutage(deadlock)).isFalse();
        assertThat(DatabaseFailures.isRepeatable(deadlock)).isTrue();
    }

    @Test
    void aLockThatWasWaitedForInVainMayBeWaitedForAgain() {
        assertThat(DatabaseFailures.isRepeatable(
                        wrapped(new SQLException("Lock wait timeout exceeded", "HY000", 1205))))
                .isTrue();
        assertThat(DatabaseFailures.isRepeatable(
                        wrapped(new SQLException("Timeout trying to lock table", "HYT00", 50200))))
                .isTrue();
    }

    @Test
    void whatTheStatementItselfDidWrongIsNeither() {
        Throwable duplicate = wrapped(new SQLIntegrityConstraintViolationException("Duplicate entry", "23000", 1062));
        assertThat(DatabaseFailures.isOutage(duplicate)).isFalse();
        assertThat(DatabaseFailures.isRepeatable(duplicate)).isFalse();
        assertThat(DatabaseFailures.isRepeatable(new IllegalStateException("x")))
                .isFalse();
    }

    private static Throwable wrapped(SQLException cause) {
        return new IllegalStateException("outer", new RuntimeException("inner", cause));
    }
}
