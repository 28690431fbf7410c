/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.node.NodeStore;
import org.cloudstackbackup.framework.node.ServerNode;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Servers in table {@code mshost}. Safe for use by many threads. */
public final class JdbcNodeStore implements NodeStore {
    private static final String UP = "Up";
    private static final String DOWN = "Down";
    private static final String INSERT = """
            INSERT INTO mshost (uuid, name, state, version, java, os, service_port, last_start, last_stop, last_update)
            VALUES (:uuid, :name, :state, :version, :java, :os, :port, :start, :stop, :update)
            ON DUPLICATE KEY UPDATE name = :name, state = :state, version = :version, java = :java, os = :os,
                                    service_port = :port, last_start = :start, last_update = :update""";

    private final Jdbi jdbi;

    public JdbcNodeStore(Database database) {
        this.jdbi = requireNonNull(database, "database is null").jdbi();
    }

    @Override
    public void started(ServerNode node) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("uuid", node.uuid())
                .bind("name", node.name())
                .bind("state", node.stopped() ? DOWN : UP)
                .bind("version", node.version())
                .bind("java", node.java())
                .bind("os", node.os())
                .bind("port", node.port())
                .bind("start", node.lastStart())
                .bind("stop", node.lastStop())
                .bind("update", node.lastUpdate())
                .execute());
    }

    @Override
    public boolean alive(String uuid, Instant when) {
        return jdbi.withHandle(handle ->
                        handle.execute("UPDATE mshost SET state = ?, last_update = ? WHERE uuid = ?", UP, when, uuid))
                > 0;
    }

    @Override
    public void stopped(String uuid, Instant when) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE mshost SET state = ?, last_stop = ?, last_update = ? WHERE uuid = ?", DOWN, when, when, uuid));
    }

    @Override
    public List<ServerNode> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM mshost ORDER BY id")
                .map(JdbcNodeStore::node)
                .list());
    }

    @Override
    public int removeSilentSince(Instant when) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM mshost WHERE last_update < ?", when));
    }

    private static ServerNode node(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new ServerNode(
                row.getString("uuid"),
                row.getString("name"),
                DOWN.equals(row.getString("state")),
                row.getString("version"),
                row.getString("java"),
                row.getString("os"),
                row.getInt("service_port"),
                rows.instant("last_start"),
                rows.maybeInstant("last_stop"),
                rows.instant("last_update"));
    }
}
