/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.ApiServer;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.store.Database;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many SQL statements a signed listBackups costs, authentication included, whatever the page. */
@SuppressWarnings("NullAway.Init")
class ListBackupsStatementsTest {
    private static final int AT_MOST = 5;
    private static final int BACKUPS = 2000;

    @TempDir
    Path folder;

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private Database database;
    private DataFolder data;
    private Parts parts;
    private ApiServer api;
    private ApiKeys keys;

    @BeforeEach
    void start() throws IOException {
        data = DataFolder.open(folder.resolve("data"));
        database = Database.open(Database.memoryUrl("statements-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30", 8);
        parts = Parts.build(
                new ServerOptions(0, data.path(), null, "a long password", true),
                data,
                new Node("node-a"),
                database,
                Clock.systemUTC(),
                admin -> keys = admin.keys());
        fill();
        api = new ApiServer(
                new ApiConfig("127.0.0.1", 0, "4.22.0.0", "node-a", ApiConfig.DEFAULT_SESSION_TIMEOUT, 8),
                parts.apiPorts(),
                parts.dispatcher(),
                Map.of(),
                (command, status, took) -> {});
        api.start();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                String sql = context.getRenderedSql();
                // Settings are read at most every two seconds, for all calls together.
                if (!sql.contains("FROM configuration") && !sql.contains("FROM data_center_details")) {
                    statements.add(sql);
                }
            }
        });
    }

    @AfterEach
    void stop() {
        api.stop();
        parts.drivers().close();
        parts.dummy().close();
        database.close();
        data.close();
    }

    @Test
    void everyPageCostsAtMostFiveStatements() throws Exception {
        for (Map<String, String> parameters : List.of(
                Map.of("page", "1", "pagesize", "20"),
                Map.of("page", "95", "pagesize", "20", "listvmdetails", "true"),
                Map.of("page", "101", "pagesize", "20"),
                Map.of("page", "1", "pagesize", "500"),
                Map.of("page", "2", "pagesize", "20", "listvmdetails", "true"),
                Map.of("page", "1", "pagesize", "20", "status", "BackedUp", "provider", "dummy"),
                Map.of("page", "1", "pagesize", "20", "intervaltype", "MANUAL", "listvmdetails", "true"),
                Map.of("page", "90", "pagesize", "20", "startdate", "2026-01-01", "enddate", "2026-01-01"),
                Map.of("page", "1", "pagesize", "20", "keyword", "bench"))) {
            for (int round = 1; round <= 3; round++) {
                statements.clear();
                String answer = listBackups(parameters);
                assertThat(answer).contains("\"count\":" + BACKUPS);
                assertThat(statements)
                        .as("statements of listBackups %s, round %d", parameters, round)
                        .hasSizeBetween(1, AT_MOST);
            }
        }
    }

    private void fill() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                            + " provider, created) VALUES (1, 'offering', 'Gold', 'Gold', 'gold-policy', TRUE, 1, 'dummy', ?)",
                    now);
            var batch = handle.prepareBatch("INSERT INTO backups (uuid, name, vm_id, external_id, type, date, size,"
                    + " protected_size, status, backup_offering_id, account_id, domain_id, zone_id, backed_volumes)"
                    + " VALUES (?, ?, 1, ?, 'FULL', ?, 1, 1, 'BackedUp', 1, 2, 1, 1, '[]')");
            for (int i = 0; i < BACKUPS; i++) {
                batch.add(UUID.randomUUID().toString(), "bench-" + i, "point-" + i, now);
            }
            batch.execute();
        });
    }

    private String listBackups(Map<String, String> parameters)
            throws IOException, InterruptedException, GeneralSecurityException {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.put("listall", "true");
        return new SignedClient(api.port(), keys).call("listBackups", all);
    }
}
