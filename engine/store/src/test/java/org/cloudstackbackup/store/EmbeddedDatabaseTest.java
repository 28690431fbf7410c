/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves behind is what lies in the file at that moment, so a copy of the open file stands for it. */
class EmbeddedDatabaseTest {
    private static final int COMMITS = 200;

    @TempDir
    private Path folder;

    /**
     * Space of the file is used again at once here, and not after 45 seconds, so that data goes to places before the end: H2
     * 2.5.252 then did not find what it wrote last.
     */
    @Test
    void whatWasCommittedIsInTheFile() throws Exception {
        String url = Database.embeddedUrl(folder) + ";RETENTION_TIME=0";
        try (Connection connection = new SingleWriterDataSource(url, Duration.ofSeconds(5)).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE thing (id INT PRIMARY KEY, text VARCHAR(20000))");
            statement.execute("INSERT INTO thing VALUES (0, '')");
            for (int commit = 1; commit <= COMMITS; commit++) {
                String text = "x".repeat(1 + commit * 7919 % 15_000);
                statement.execute("UPDATE thing SET id = " + commit + ", text = '" + text + "'");
                assertThat(newest(copied())).isEqualTo(commit);
            }
        }
    }

    private Path copied() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path file = folder.resolve("cloudstackbackup.mv.db");
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private static int newest(Path copy) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Database.embeddedUrl(copy));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM thing")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
