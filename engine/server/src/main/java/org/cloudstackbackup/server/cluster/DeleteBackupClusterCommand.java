/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.identity.Caller;

/** Forgets a cluster. */
@APICommand(
        name = "deleteBackupCluster",
        description = "Forgets a registered cluster and its kubeconfig. Its exports stay in the bucket.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeleteBackupClusterCommand extends BaseCmd {
    @Inject
    private BackupClusters clusters;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            required = true,
            description = "id of the cluster")
    private Long id;

    @Override
    public void execute() {
        clusters.delete(caller, id);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
