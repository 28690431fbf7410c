/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.cluster.BackupClusterResponse;
import org.cloudstackbackup.server.job.JobContext;

/** Deletes an export. */
@APICommand(
        name = "deleteClusterExport",
        description =
                "Deletes an export, and what only it needs. Neither the newest export nor the newest complete one can be deleted.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeleteClusterExportCommand extends BaseAsyncCmd {
    @Inject
    private ClusterExports exports;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "clusterid",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            required = true,
            description = "id of the cluster")
    private Long clusterId;

    @Parameter(name = "id", type = CommandType.STRING, required = true, description = "id of the export")
    private String id;

    @Override
    public void execute() {
        exports.delete(caller, clusterId, id, job);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return ClusterExports.DELETE;
    }

    @Override
    public String getEventDescription() {
        return "Deleting an export of a cluster";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
