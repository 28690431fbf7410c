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
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Changes a cluster; within the request, since the parameters of jobs are kept. */
@APICommand(
        name = "updateBackupCluster",
        description =
                "Changes the name of a registered cluster, or how it is reached. Tries a changed connection first.",
        responseObject = BackupClusterResponse.class,
        requestHasSensitiveInfo = true,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdateBackupClusterCommand extends BaseCmd {
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

    @Parameter(name = "name", type = CommandType.STRING, description = "new name; the folder of its exports stays")
    private @Nullable String name;

    @Parameter(
            name = "kubeconfig",
            type = CommandType.STRING,
            length = 1_000_000,
            description =
                    "new kubeconfig, as in addBackupCluster; without parameter context its current context is used")
    private @Nullable String kubeconfig;

    @Parameter(
            name = "context",
            type = CommandType.STRING,
            description = "context of the kubeconfig; an empty text for its current one")
    private @Nullable String context;

    @Parameter(
            name = "force",
            type = CommandType.BOOLEAN,
            description = "changes it also when no connection works; false when missing")
    private @Nullable Boolean force;

    @Override
    public void execute() {
        setResponseObject(new BackupClusterResponse(
                clusters.update(caller, id, name, kubeconfig, context, Boolean.TRUE.equals(force))));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
