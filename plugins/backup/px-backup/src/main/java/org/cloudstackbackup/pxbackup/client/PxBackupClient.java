/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/**
 * A client for one PX-Backup. Keeps connections and a token; close it to give them up. Nothing is sent before the first call. For
 * many threads.
 *
 * <p>Every method may throw {@link PxBackupException}, and blocks until the answer is there, retries included.
 */
public final class PxBackupClient implements AutoCloseable {
    private final Connection connection;
    private final Backups backups;
    private final Schedules schedules;
    private final Restores restores;
    private final Catalogue catalogue;

    /**
     * Makes a client.
     *
     * @param clock tells how old the token is
     * @param pause how to wait between tries and polls
     */
    public PxBackupClient(PxBackupConfig config, Clock clock, Pause pause) {
        this.connection = new Connection(
                requireNonNull(config, "config is null"),
                requireNonNull(clock, "clock is null"),
                requireNonNull(pause, "pause is null"));
        this.backups = new Backups(connection);
        this.schedules = new Schedules(connection);
        this.restores = new Restores(connection);
        this.catalogue = new Catalogue(connection);
    }

    public Backups backups() {
        return backups;
    }

    public Schedules schedules() {
        return schedules;
    }

    public Restores restores() {
        return restores;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** The server's line; asked once, and again when the server turns out to be another. */
    public ServerLine line() {
        return connection.line();
    }

    /** What the version endpoint tells now. */
    public Version version() {
        return connection.version();
    }

    /** Asks whether the server is up, without a token; returns when it is. */
    public void health() {
        connection.send(Call.get(Connection.HEALTH));
    }

    @Override
    public void close() {
        connection.close();
    }
}
