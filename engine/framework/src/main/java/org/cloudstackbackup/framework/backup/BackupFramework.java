/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.time.Clock;
import java.util.List;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.inventory.Provisioning;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.inventory.Volumes;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.limit.Quota;
import org.cloudstackbackup.framework.offering.BackupOfferingStore;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.framework.operation.Agenda;
import org.cloudstackbackup.framework.operation.OperationRunner;
import org.cloudstackbackup.framework.operation.OperationStore;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;

/** All services of backup and recovery, put together. Holds no state of its own. */
public final class BackupFramework {
    private final BackupOfferings offerings;
    private final Protection protection;
    private final Backups backups;
    private final ScheduledBackups scheduled;
    private final Restores restores;
    private final NewInstances newInstances;
    private final Operations operations;
    private final OperationRunner runner;

    public BackupFramework(Stores stores, Inventory inventory, Host host, Drivers drivers) {
        Journal journal = new Journal(host.events());
        operations = new Operations(stores.operations(), host.transactions(), host.agenda(), host.clock());
        Surroundings around = new Surroundings(
                stores.backups(),
                stores.offerings(),
                inventory.vms(),
                inventory.volumes(),
                stores.catalog(),
                stores.schedules(),
                inventory.provisioning(),
                drivers,
                operations,
                host.settings(),
                host.transactions(),
                journal,
                host.alerts(),
                host.quota(),
                host.clock());
        offerings = new BackupOfferings(stores.offerings(), drivers, host.transactions(), journal, host.clock());
        protection = new Protection(around);
        backups = new Backups(around);
        scheduled = new ScheduledBackups(around, backups, host.jobs());
        restores = new Restores(around);
        newInstances = new NewInstances(around, restores);
        runner = new OperationRunner(
                stores.operations(),
                List.of(
                        new BackupWork(around),
                        new DeleteWork(around),
                        new RestoreWork(around),
                        new NewVmRestoreWork(around),
                        new VolumeRestoreWork(around),
                        new RenewalWork(around)),
                drivers,
                host.jobs(),
                host.settings(),
                host.transactions(),
                host.clock());
    }

    public BackupOfferings offerings() {
        return offerings;
    }

    public Protection protection() {
        return protection;
    }

    public Backups backups() {
        return backups;
    }

    public ScheduledBackups scheduled() {
        return scheduled;
    }

    public Restores restores() {
        return restores;
    }

    public NewInstances newInstances() {
        return newInstances;
    }

    public Operations operations() {
        return operations;
    }

    public OperationRunner runner() {
        return runner;
    }

    /** Where the framework keeps its own rows. */
    public record Stores(
            BackupOfferingStore offerings,
            BackupStore backups,
            OperationStore operations,
            VmCatalog catalog,
            VmSchedules schedules) {}

    /** Where VMs are. */
    public record Inventory(Vms vms, Volumes volumes, Provisioning provisioning) {}

    /** What the host gives. */
    public record Host(
            Transactions transactions,
            Settings settings,
            Events events,
            Alerts alerts,
            Quota quota,
            JobCompletion jobs,
            Agenda agenda,
            Clock clock) {}
}
