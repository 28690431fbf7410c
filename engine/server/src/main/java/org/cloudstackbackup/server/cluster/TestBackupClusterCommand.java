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

/** Tries a connection. */
@APICommand(
        name = "testBackupCluster",
        description =
                "Tries the connection to a registered cluster: kubeconfig, DNS, TCP, TLS, token, permission; says of each step whether"
                        + " it works, and of the first that does not what is wrong.",
        responseObject = ConnectionResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class TestBackupClusterCommand extends BaseCmd {
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
        setResponseObject(new ConnectionResponse(clusters.test(id)));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
