/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Clock;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.ScheduledBackups;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.limit.Quota;
import org.cloudstackbackup.framework.offering.BackupOfferingStore;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;

/** What the services of this package work with. */
record Ports(
        ScheduleStore schedules,
        RunJobs jobs,
        ScheduledBackups backups,
        BackupOfferingStore offerings,
        Vms vms,
        Drivers drivers,
        Settings settings,
        Transactions transactions,
        Journal journal,
        Alerts alerts,
        Quota quota,
        Clock clock) {
    /** How a schedule's alerts are told from others of their type. */
    static String cause(Schedule schedule) {
        return "schedule:" + schedule.uuid();
    }
}
