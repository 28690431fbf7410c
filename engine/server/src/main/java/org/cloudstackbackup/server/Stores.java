/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.time.Clock;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.VmDetails;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.sync.SyncSurroundings;
import org.cloudstackbackup.server.identity.IdentityStores;
import org.cloudstackbackup.server.inventory.CatalogStores;
import org.cloudstackbackup.server.inventory.InventoryStores;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcAccountStore;
import org.cloudstackbackup.store.JdbcAlertStore;
import org.cloudstackbackup.store.JdbcBackupClusters;
import org.cloudstackbackup.store.JdbcBackupOfferingStore;
import org.cloudstackbackup.store.JdbcBackupStore;
import org.cloudstackbackup.store.JdbcDeliveryStore;
import org.cloudstackbackup.store.JdbcDiskOfferings;
import org.cloudstackbackup.store.JdbcDomainStore;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcGuestOses;
import org.cloudstackbackup.store.JdbcJobStore;
import org.cloudstackbackup.store.JdbcNetworks;
import org.cloudstackbackup.store.JdbcNodeStore;
import org.cloudstackbackup.store.JdbcOperationStore;
import org.cloudstackbackup.store.JdbcProjectStore;
import org.cloudstackbackup.store.JdbcRecoveryGaps;
import org.cloudstackbackup.store.JdbcResourceStore;
import org.cloudstackbackup.store.JdbcRoleStore;
import org.cloudstackbackup.store.JdbcScheduleStore;
import org.cloudstackbackup.store.JdbcServiceOfferings;
import org.cloudstackbackup.store.JdbcSessionStore;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.cloudstackbackup.store.JdbcSyncStates;
import org.cloudstackbackup.store.JdbcSyncStore;
import org.cloudstackbackup.store.JdbcTemplates;
import org.cloudstackbackup.store.JdbcUsageStore;
import org.cloudstackbackup.store.JdbcUserStore;
import org.cloudstackbackup.store.JdbcVmCatalog;
import org.cloudstackbackup.store.JdbcVms;
import org.cloudstackbackup.store.JdbcVolumes;
import org.cloudstackbackup.store.JdbcZones;

/** Everything that is kept, over one database. */
record Stores(
        IdentityStores identities,
        InventoryStores inventory,
        BackupFramework.Stores backups,
        JdbcScheduleStore schedules,
        JdbcResourceStore resources,
        JdbcUsageStore usage,
        JdbcEventStore events,
        JdbcAlertStore alerts,
        JdbcDeliveryStore deliveries,
        JdbcRecoveryGaps recoveryGaps,
        JdbcJobStore jobs,
        JdbcSettingStore settings,
        JdbcNodeStore nodes,
        JdbcSyncStore syncRows,
        JdbcSyncStates syncStates,
        JdbcBackupClusters clusters) {
    static Stores over(Database database, Clock clock, SecretBox secrets) {
        JdbcEventStore events = new JdbcEventStore(database, clock);
        IdentityStores identities = new IdentityStores(
                new JdbcRoleStore(database),
                new JdbcDomainStore(database),
                new JdbcAccountStore(database),
                new JdbcUserStore(database, secrets),
                new JdbcProjectStore(database),
                new JdbcSessionStore(database),
                events,
                database);
        InventoryStores inventory = new InventoryStores(
                new JdbcZones(database),
                new JdbcServiceOfferings(database),
                new JdbcDiskOfferings(database),
                new JdbcGuestOses(database),
                new JdbcTemplates(database),
                new JdbcNetworks(database),
                new JdbcVms(database),
                new JdbcVolumes(database, clock),
                identities.accounts(),
                identities.projects());
        JdbcScheduleStore schedules = new JdbcScheduleStore(database);
        BackupFramework.Stores backups = new BackupFramework.Stores(
                new JdbcBackupOfferingStore(database),
                new JdbcBackupStore(database, clock),
                new JdbcOperationStore(database, clock),
                new JdbcVmCatalog(database),
                schedules);
        return new Stores(
                identities,
                inventory,
                backups,
                schedules,
                new JdbcResourceStore(database),
                new JdbcUsageStore(database),
                events,
                new JdbcAlertStore(database),
                new JdbcDeliveryStore(database),
                new JdbcRecoveryGaps(database),
                new JdbcJobStore(database, clock),
                new JdbcSettingStore(database, clock, secrets),
                new JdbcNodeStore(database),
                new JdbcSyncStore(database),
                new JdbcSyncStates(database, clock),
                new JdbcBackupClusters(database, secrets));
    }

    /** What comparisons of backups with the products work with. */
    SyncSurroundings sync(Drivers drivers, BackupFramework.Host host) {
        return new SyncSurroundings(
                syncRows,
                syncStates,
                backups.backups(),
                inventory.zones(),
                new VmDetails(backups.catalog(), inventory.vms()),
                drivers,
                host.settings(),
                host.transactions(),
                events,
                host.alerts(),
                host.clock());
    }

    CatalogStores catalog() {
        return new CatalogStores(
                inventory.zones(),
                inventory.serviceOfferings(),
                inventory.diskOfferings(),
                inventory.templates(),
                inventory.guestOses(),
                inventory.networks(),
                inventory.vms());
    }
}
