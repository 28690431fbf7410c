/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered cluster. Its kubeconfig is not in it; {@link BackupClusterStore#kubeconfig} opens that.
 *
 * @param name unique, ignoring case
 * @param folder the name it was registered with, under which what is kept of it is found: it never changes, and is unique, too
 * @param server address of its API server
 * @param context the context of the kubeconfig; null for its current one
 */
public record BackupCluster(
        long id,
        String uuid,
        String name,
        String folder,
        long zoneId,
        String zoneUuid,
        String zoneName,
        String server,
        @Nullable String context,
        Instant created,
        Instant updated) {
    public BackupCluster {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(zoneUuid, "zoneUuid is null");
        requireNonNull(zoneName, "zoneName is null");
        requireNonNull(server, "server is null");
        requireNonNull(created, "created is null");
        requireNonNull(updated, "updated is null");
    }
}
