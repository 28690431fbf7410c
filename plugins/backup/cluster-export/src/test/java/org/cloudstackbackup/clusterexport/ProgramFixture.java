/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has an API server, a store, and the program between them, with nothing in any of them. */
@SuppressWarnings("NullAway.Init")
abstract class ProgramFixture {
    @TempDir
    Path folder;

    ClusterServer cluster;
    StoreServer store;
    Program program;

    @BeforeEach
    final void startServers() throws Exception {
        cluster = new ClusterServer();
        store = new StoreServer();
        program = new Program(cluster, store, folder);
    }

    @AfterEach
    final void closeServers() throws Exception {
        cluster.close();
        store.close();
    }

    /** A namespace with so many config maps, of which the data is their number, and one secret. */
    final void putShop(int configMaps) {
        cluster.put("namespaces", "", "shop", Map.of());
        for (int i = 0; i < configMaps; i++) {
            cluster.put("configmaps", "shop", "c" + i, Map.of("data", Map.of("i", String.valueOf(i))));
        }
        cluster.put("secrets", "shop", "db", Map.of("data", Map.of("password", "aHVzaA==")));
    }
}
