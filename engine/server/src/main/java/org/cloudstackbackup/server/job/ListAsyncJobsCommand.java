/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import java.util.Date;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Jobs within the caller's reach, newest first. */
@APICommand(
        name = "listAsyncJobs",
        description = "Lists asynchronous jobs, newest first.",
        responseObject = AsyncJobResponse.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListAsyncJobsCommand extends BaseListAccountResourcesCmd {
    @Inject
    private JobStore jobs;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "startdate", type = CommandType.DATE, description = "only jobs accepted at or after this instant")
    private @Nullable Date startDate;

    @Override
    public void execute() {
        Page<JobStore.Entry> page = jobs.list(
                scopes.scopeOf(this, false),
                startDate == null ? null : startDate.toInstant(),
                getKeyword(),
                scopes.pageOf(this));
        ListResponse<AsyncJobResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream().map(ListAsyncJobsCommand::response).toList(), (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private static AsyncJobResponse response(JobStore.Entry entry) {
        AsyncJobResponse response = new AsyncJobResponse(entry);
        response.setObjectName("asyncjobs");
        return response;
    }
}
