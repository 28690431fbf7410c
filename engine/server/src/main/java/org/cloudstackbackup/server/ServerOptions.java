/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.TlsConfig;
import org.jspecify.annotations.Nullable;

/**
 * How to start the server.
 *
 * @param bind address to listen on; empty for all
 * @param port to listen on; 0 picks a free one, {@link ApiConfig#NO_PLAIN_PORT} is none
 * @param tls null for none
 * @param data folder for everything that the server keeps outside its database
 * @param databaseUrl null for the embedded database in the data folder
 * @param adminPassword for the admin user of the first start; null to generate one
 * @param demo whether the first start adds a simulated zone with VMs
 * @param secretKeyFile with the keys that seal the database's secrets; null for the one in the data folder
 * @param shared folder that all servers on this database reach, for what is simulated; null for the data folder
 * @param uiFolder of CloudStack's UI, to be served beside the API; null for none
 * @param pxBackup gives a running emulator of PX-Backup, for a demo zone on it; null for none
 */
record ServerOptions(
        String bind,
        int port,
        @Nullable TlsConfig tls,
        Path data,
        @Nullable String databaseUrl,
        @Nullable String adminPassword,
        boolean demo,
        @Nullable Path secretKeyFile,
        @Nullable Path shared,
        @Nullable Path uiFolder,
        @Nullable Supplier<Emulator> pxBackup) {
    ServerOptions {
        requireNonNull(data, "data is null");
    }

    /** On all addresses without TLS, with everything in the data folder, and without the UI. */
    ServerOptions(int port, Path data, @Nullable String databaseUrl, @Nullable String adminPassword, boolean demo) {
        this("", port, null, data, databaseUrl, adminPassword, demo, null, null, null, null);
    }

    Optional<String> givenAdminPassword() {
        return Optional.ofNullable(adminPassword);
    }

    /** Leaves out the password, and what may be one in the URL. */
    @Override
    public String toString() {
        return "ServerOptions[port=" + port + ", data=" + data + ", demo=" + demo + "]";
    }

    /**
     * A running emulator of a backup product.
     *
     * @param api where it answers as the product
     * @param admin where it is told what is on its cluster
     */
    record Emulator(URI api, URI admin) {
        Emulator {
            requireNonNull(api, "api is null");
            requireNonNull(admin, "admin is null");
        }
    }
}
