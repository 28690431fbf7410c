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
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.cluster.BackupClusterStore;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Clusters by name. */
@APICommand(
        name = "listBackupClusters",
        description = "Lists registered clusters by name.",
        responseObject = BackupClusterResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListBackupClustersCommand extends BaseListCmd {
    @Inject
    private BackupClusters clusters;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            description = "id of one cluster")
    private @Nullable Long id;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only clusters of this zone")
    private @Nullable Long zoneId;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the cluster with this name")
    private @Nullable String name;

    @Override
    public void execute() {
        Page<BackupCluster> page =
                clusters.list(new BackupClusterStore.Filter(id, zoneId, name, getKeyword()), scopes.pageOf(this));
        ListResponse<BackupClusterResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream().map(BackupClusterResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
