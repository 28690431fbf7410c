/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.inventory.Vms;
import org.cloudstackbackup.framework.offering.BackupOfferingStore;
import org.cloudstackbackup.framework.provider.Drivers;

/** All services of schedules, put together. Holds no state of its own. */
public final class ScheduleFramework {
    private final Schedules schedules;
    private final ScheduleRuns runs;

    public ScheduleFramework(Stores stores, BackupFramework framework, BackupFramework.Host host, Drivers drivers) {
        Ports ports = new Ports(
                stores.schedules(),
                stores.jobs(),
                framework.scheduled(),
                stores.offerings(),
                stores.vms(),
                drivers,
                host.settings(),
                host.transactions(),
                new Journal(host.events()),
                host.alerts(),
                host.quota(),
                host.clock());
        schedules = new Schedules(ports);
        runs = new ScheduleRuns(ports);
    }

    public Schedules schedules() {
        return schedules;
    }

    public ScheduleRuns runs() {
        return runs;
    }

    /** Where rows are kept. */
    public record Stores(ScheduleStore schedules, RunJobs jobs, BackupOfferingStore offerings, Vms vms) {}
}
