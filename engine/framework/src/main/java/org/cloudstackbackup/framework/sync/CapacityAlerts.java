/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.List;
import java.util.Objects;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.StorageUse;

/** Tells the admins when the backup storage of a zone fills up, and when it has room again. */
final class CapacityAlerts {
    private final SyncSurroundings around;

    CapacityAlerts(SyncSurroundings around) {
        this.around = around;
    }

    /** Looks at what the products told last. Joins the open transaction. */
    void watch(Zone zone) {
        List<StorageUse> told = around.states().all().stream()
                .filter(state -> state.target().zoneId() == zone.id())
                .map(SyncState::storage)
                .filter(Objects::nonNull)
                .toList();
        ZoneCapacity capacity = ZoneCapacity.of(zone, told);
        double threshold = Double.parseDouble(around.settings().value(FrameworkSettings.CAPACITY_THRESHOLD, zone.id()));
        String cause = "zone:" + zone.uuid();
        if (capacity.totalBytes() > 0 && capacity.fraction() > threshold) {
            around.alerts()
                    .raise(new NewAlert(
                            AlertType.BACKUP_STORAGE,
                            cause,
                            "Backup storage of zone " + zone.name() + " is filling up",
                            capacity.usedBytes() + " of " + capacity.totalBytes() + " bytes are used, "
                                    + Math.round(capacity.fraction() * 100) + " %; setting "
                                    + FrameworkSettings.CAPACITY_THRESHOLD.key() + " is " + threshold
                                    + ". Add storage, or delete backups.",
                            zone.id()));
        } else {
            around.alerts().resolve(AlertType.BACKUP_STORAGE, cause);
        }
    }
}
