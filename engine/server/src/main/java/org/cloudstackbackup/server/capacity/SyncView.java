/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.jspecify.annotations.Nullable;

/** Comparisons as they are shown. */
final class SyncView {
    private final BackupSyncs syncs;
    private final Zones zones;

    SyncView(BackupSyncs syncs, Zones zones) {
        this.syncs = syncs;
        this.zones = zones;
    }

    /** By zone and provider; null parts do not restrict. */
    List<BackupSyncResponse> list(@Nullable Long zoneId, @Nullable String provider) {
        Map<Long, Zone> named = zones.all().stream().collect(Collectors.toMap(Zone::id, Function.identity()));
        return syncs.states().stream()
                .filter(state -> zoneId == null || state.target().zoneId() == zoneId)
                .filter(state -> provider == null || state.target().provider().equals(provider))
                .filter(state -> named.containsKey(state.target().zoneId()))
                .map(state -> new BackupSyncResponse(
                        state, Objects.requireNonNull(named.get(state.target().zoneId()))))
                .toList();
    }
}
