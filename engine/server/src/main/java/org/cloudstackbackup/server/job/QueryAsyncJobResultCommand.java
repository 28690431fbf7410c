/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.job.JobStore;

/** One job, looked at again and again by clients until it has ended. */
@APICommand(
        name = "queryAsyncJobResult",
        description = "Tells how an asynchronous job goes, and its result once it has ended.",
        responseObject = AsyncJobResponse.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class QueryAsyncJobResultCommand extends BaseCmd {
    @Inject
    private JobStore jobs;

    @Inject
    private Caller caller;

    @Parameter(
            name = "jobid",
            type = CommandType.UUID,
            entityType = AsyncJobResponse.class,
            required = true,
            description = "id of the job")
    private Long id;

    @Override
    public void execute() {
        JobStore.Entry entry = jobs.find(id)
                .flatMap(job -> jobs.entry(job.uuid()))
                .orElseThrow(() -> new IllegalArgumentException("Job " + id + " was removed meanwhile"));
        AsyncJobResponse response = new AsyncJobResponse(entry);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
