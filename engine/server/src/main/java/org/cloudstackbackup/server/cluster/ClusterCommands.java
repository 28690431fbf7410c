/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.cluster.BackupClusterStore;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** The commands about clusters. */
public final class ClusterCommands implements CommandModule {
    private final BackupClusters clusters;
    private final BackupClusterStore store;

    public ClusterCommands(BackupClusters clusters, BackupClusterStore store) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                AddBackupClusterCommand.class,
                UpdateBackupClusterCommand.class,
                ListBackupClustersCommand.class,
                TestBackupClusterCommand.class,
                DeleteBackupClusterCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(BackupClusters.class, clusters);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(new EntityLookup(
                BackupClusterResponse.class,
                uuid -> store.findByUuid(uuid)
                        .map(cluster -> new EntityLookup.Found(cluster.id(), cluster.uuid(), null))));
    }
}
