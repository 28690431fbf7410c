/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about backup storage and comparisons. */
public final class CapacityCommands implements CommandModule {
    private final BackupSyncs syncs;
    private final Zones zones;

    public CapacityCommands(BackupSyncs syncs, Zones zones) {
        this.syncs = requireNonNull(syncs, "syncs is null");
        this.zones = requireNonNull(zones, "zones is null");
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(ListCapacityCommand.class, ListBackupSyncsCommand.class, SyncBackupsCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(BackupSyncs.class, syncs, SyncView.class, new SyncView(syncs, zones));
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
