/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.VmDetails;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;

/** What comparisons work with. */
public record SyncSurroundings(
        SyncStore store,
        SyncStates states,
        BackupStore backups,
        Zones zones,
        VmDetails details,
        Drivers drivers,
        Settings settings,
        Transactions transactions,
        Events events,
        Alerts alerts,
        Clock clock) {
    public SyncSurroundings {
        requireNonNull(store, "store is null");
        requireNonNull(states, "states is null");
        requireNonNull(backups, "backups is null");
        requireNonNull(zones, "zones is null");
        requireNonNull(details, "details is null");
        requireNonNull(drivers, "drivers is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(transactions, "transactions is null");
        requireNonNull(events, "events is null");
        requireNonNull(alerts, "alerts is null");
        requireNonNull(clock, "clock is null");
    }
}
