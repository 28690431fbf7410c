/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.inventory.Volumes;
import org.cloudstackbackup.framework.limit.Quota;
import org.cloudstackbackup.framework.offering.BackupOfferingStore;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;

/** What the services of this package work with. */
record Surroundings(
        BackupStore backups,
        BackupOfferingStore offerings,
        Vms vms,
        Volumes volumes,
        VmCatalog catalog,
        VmSchedules schedules,
        Provisioning provisioning,
        Drivers drivers,
        Operations operations,
        Settings settings,
        Transactions transactions,
        Journal journal,
        Alerts alerts,
        Quota quota,
        Clock clock) {
    Surroundings {
        requireNonNull(backups, "backups is null");
        requireNonNull(offerings, "offerings is null");
        requireNonNull(vms, "vms is null");
        requireNonNull(volumes, "volumes is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schedules, "schedules is null");
        requireNonNull(provisioning, "provisioning is null");
        requireNonNull(drivers, "drivers is null");
        requireNonNull(operations, "operations is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(transactions, "transactions is null");
        requireNonNull(journal, "journal is null");
        requireNonNull(alerts, "alerts is null");
        requireNonNull(quota, "quota is null");
        requireNonNull(clock, "clock is null");
    }
}
