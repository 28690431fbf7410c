/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about jobs. */
public final class JobCommands implements CommandModule {
    private final JobStore jobs;

    public JobCommands(JobStore jobs) {
        this.jobs = jobs;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(QueryAsyncJobResultCommand.class, ListAsyncJobsCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(JobStore.class, jobs);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(new EntityLookup(AsyncJobResponse.class, this::find));
    }

    private Optional<EntityLookup.Found> find(String uuid) {
        return jobs.entry(uuid)
                .map(entry ->
                        new EntityLookup.Found(entry.job().id(), entry.job().uuid(), entry.owner()));
    }
}
