/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.UUID;

/** The databases that every store test runs on; each call gives an empty, migrated database of its own. */
enum DatabaseKind {
    H2 {
        @Override
        String freshUrl() {
            return Database.memoryUrl("test-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30";
        }
    },
    MARIADB {
        @Override
        String freshUrl() {
            return MariaDbServer.SHARED.freshDatabaseUrl();
        }
    };

    abstract String freshUrl();

    Database open() {
        return Database.open(freshUrl(), 8);
    }
}
