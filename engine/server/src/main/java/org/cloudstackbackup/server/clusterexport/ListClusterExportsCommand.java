/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.clusterexport.service.ExportedRun;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.cluster.BackupClusterResponse;
import org.jspecify.annotations.Nullable;

/** Exports of a cluster, newest first. */
@APICommand(
        name = "listClusterExports",
        description =
                "Lists exports of a cluster as they are in the bucket, newest first; fails when the bucket cannot be read.",
        responseObject = ClusterExportResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListClusterExportsCommand extends BaseListCmd {
    @Inject
    private ClusterExports exports;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "clusterid",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            required = true,
            description = "id of the cluster")
    private Long clusterId;

    @Parameter(
            name = "id",
            type = CommandType.STRING,
            description = "id of one export; latest and latest-complete name the newest ones")
    private @Nullable String id;

    @Override
    public void execute() {
        ClusterExports.Exports found = id == null || id.isEmpty()
                ? exports.list(clusterId, scopes.pageOf(this))
                : only(exports.find(clusterId, id));
        ListResponse<ClusterExportResponse> response = new ListResponse<>();
        response.setResponses(
                found.page().runs().stream()
                        .map(run -> new ClusterExportResponse(found.cluster(), run))
                        .toList(),
                Math.toIntExact(found.page().total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private static ClusterExports.Exports only(ClusterExports.Export export) {
        return new ClusterExports.Exports(export.cluster(), new ExportedRun.Page(List.of(export.run()), 1));
    }
}
