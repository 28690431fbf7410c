/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.node;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server among those that share the database.
 *
 * @param uuid survives restarts
 * @param name the host it runs on
 * @param stopped whether it said so when it was stopped
 * @param version of the API it speaks
 * @param port it listens on
 * @param lastStop when it was stopped last; null when it never was, or not in good order
 * @param lastUpdate its last sign of life
 */
public record ServerNode(
        String uuid,
        String name,
        boolean stopped,
        String version,
        String java,
        String os,
        int port,
        Instant lastStart,
        @Nullable Instant lastStop,
        Instant lastUpdate) {
    public ServerNode {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(java, "java is null");
        requireNonNull(os, "os is null");
        requireNonNull(lastStart, "lastStart is null");
        requireNonNull(lastUpdate, "lastUpdate is null");
    }
}
