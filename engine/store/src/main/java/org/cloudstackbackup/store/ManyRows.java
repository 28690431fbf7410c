/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows in the way that is cheapest: over a network few statements of many rows, in the embedded database, where a
 * statement costs no journey but the reading of its text, one statement many times.
 */
final class ManyRows {
    private static final int PER_STATEMENT = 100;

    private ManyRows() {}

    /**
     * @param into {@code INSERT INTO table (columns) VALUES}
     * @param row the values of one row, in parentheses, with question marks
     * @param rows what the question marks of each row stand for
     */
    static void insert(Handle handle, String into, String row, List<List<@Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (isEmbedded(handle)) {
            insertEach(handle, into + " " + row, rows);
            return;
        }
        for (int from = 0; from < rows.size(); from += PER_STATEMENT) {
            insertSome(handle, into, row, rows.subList(from, Math.min(rows.size(), from + PER_STATEMENT)));
        }
    }

    private static void insertEach(Handle handle, String sql, List<List<@Nullable Object>> rows) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (List<@Nullable Object> values : rows) {
                for (int position = 0; position < values.size(); position++) {
                    batch.bind(position, values.get(position));
                }
                batch.add();
            }
            batch.execute();
        }
    }

    private static void insertSome(Handle handle, String into, String row, List<List<@Nullable Object>> rows) {
        try (Update insert =
                handle.createUpdate(into + " " + String.join(", ", Collections.nCopies(rows.size(), row)))) {
            int position = 0;
            for (List<@Nullable Object> values : rows) {
                for (@Nullable Object value : values) {
                    insert.bind(position++, value);
                }
            }
            insert.execute();
        }
    }

    private static boolean isEmbedded(Handle handle) {
        try {
            return handle.getConnection().getMetaData().getURL().startsWith("jdbc:h2:");
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not tell what it is", e);
        }
    }
}
