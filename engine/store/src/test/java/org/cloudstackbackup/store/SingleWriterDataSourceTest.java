/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SingleWriterDataSourceTest {
    @TempDir
    Path folder;

    private SingleWriterDataSource source;

    @BeforeEach
    void open() throws SQLException {
        source = new SingleWriterDataSource(
                "jdbc:h2:file:" + folder.resolve("one") + ";DB_CLOSE_DELAY=-1", Duration.ofMillis(300));
        try (Connection connection = source.getConnection()) {
            run(connection, "CREATE TABLE thing (id int PRIMARY KEY, amount int)");
            run(connection, "INSERT INTO thing VALUES (1, 0), (2, 0)");
        }
    }

    @Test
    void aSecondWriterWaitsForTheEndOfTheFirstOnesTransactionAlsoForAnotherRow() throws SQLException {
        try (Connection first = source.getConnection();
                Connection second = source.getConnection()) {
            first.setAutoCommit(false);
            run(first, "UPDATE thing SET amount = 1 WHERE id = 1");
            for (String write : new String[] {
                "UPDATE thing SET amount = 2 WHERE id = 2", "SELECT amount FROM thing WHERE id = 2 FOR UPDATE"
            }) {
                assertThatThrownBy(() -> run(second, write))
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasMessageContaining("writing");
            }
            first.commit();
            run(second, "UPDATE thing SET amount = 2 WHERE id = 2");
            run(first, "UPDATE thing SET amount = 3 WHERE id = 1");
            first.rollback();
            assertThat(value(second, 1)).isEqualTo(1);
            assertThat(value(second, 2)).isEqualTo(2);
        }
    }

    @Test
    void readersAreNotHeldBack() throws SQLException {
        try (Connection writer = source.getConnection();
                Connection reader = source.getConnection()) {
            writer.setAutoCommit(false);
            run(writer, "UPDATE thing SET amount = 1 WHERE id = 1");
            assertThat(value(reader, 1)).isZero();
            reader.setAutoCommit(false);
            assertThat(value(reader, 2)).isZero();
        }
    }

    @Test
    void aConnectionThatIsClosedOrFailsLetsOthersWrite() throws SQLException {
        Connection closed = source.getConnection();
        closed.setAutoCommit(false);
        run(closed, "UPDATE thing SET amount = 1 WHERE id = 1");
        closed.close();
        try (Connection failing = source.getConnection();
                Connection other = source.getConnection()) {
            assertThatThrownBy(() -> run(failing, "INSERT INTO thing VALUES (1, 0)"))
                    .isInstanceOf(SQLException.class);
            run(other, "UPDATE thing SET amount = 5 WHERE id = 2");
            assertThat(value(other, 1)).isZero();
            assertThat(value(other, 2)).isEqualTo(5);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int value(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT amount FROM thing WHERE id = " + id)) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
