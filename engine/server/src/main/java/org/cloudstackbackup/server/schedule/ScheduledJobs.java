/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.schedule;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.framework.schedule.RunJobs;
import org.cloudstackbackup.server.backup.CreateBackupCommand;
import org.cloudstackbackup.server.job.Node;

/** Scheduled runs are jobs of {@code createBackup}, called by the system's user on behalf of the VM's owner. */
public final class ScheduledJobs implements RunJobs {
    private final JobStore store;
    private final Node node;

    public ScheduledJobs(JobStore store, Node node) {
        this.store = store;
        this.node = node;
    }

    @Override
    public Map<String, Long> add(List<NewJob> jobs) {
        return store.addDeferred(jobs.stream().map(this::job).toList());
    }

    private JobStore.NewJob job(NewJob job) {
        return new JobStore.NewJob(
                job.uuid(),
                User.SYSTEM_ID,
                job.accountId(),
                "createBackup",
                CreateBackupCommand.class.getName(),
                Map.of("virtualmachineid", job.vmUuid(), "quiescevm", String.valueOf(job.quiesce())),
                "Backup",
                job.backupId(),
                job.backupUuid(),
                "BACKUP.CREATE",
                "Backing up a VM by schedule",
                node.id());
    }
}
