/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.Map;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** Has a backup deleted; answers when that is accepted. */
@APICommand(
        name = "deletePxBackup",
        description = "Has PX-Backup delete a backup and answers when that is accepted; the backup is "
                + "listed as Deleting until its data is gone",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeletePxBackupCommand extends NamedPxBackupCommand {
    @Parameter(
            name = "clusterref",
            type = CommandType.MAP,
            description = "the cluster that is backed up: clusterref[0].name=x, clusterref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> clusterRef;

    @Parameter(
            name = "cluster",
            type = CommandType.STRING,
            length = 253,
            description = "name or uid of the cluster, for servers that look at it beside clusterref")
    private @Nullable String cluster;

    @Parameter(
            name = "force",
            type = CommandType.BOOLEAN,
            description = "whether PX-Backup forgets the backup although its data cannot be deleted")
    private @Nullable Boolean force;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("cluster_ref", MapParameter.one("clusterref", clusterRef))
                .with("cluster", cluster)
                .with("force", force);
    }

    @Override
    public void execute() {
        operations().deleteBackup(zoneId(), parameters());
        setResponseObject(new SuccessResponse(getCommandName()));
    }
}
