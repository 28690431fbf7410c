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
import org.cloudstackbackup.pxbackup.client.Parameters;

/** Starts a backup; answers at once, with its uid and first state. */
@APICommand(
        name = "createPxBackup",
        description = "Starts a backup of namespaces or machines in PX-Backup and answers at once with its "
                + "uid and first state; listPxBackups tells how far it is",
        responseObject = PxBackupResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreatePxBackupCommand extends ChosenResourcesCommand {
    @Parameter(
            name = "backuplocationref",
            type = CommandType.MAP,
            required = true,
            description =
                    "where the backup is kept: backuplocationref[0].name=x, backuplocationref[0].uid=y, " + "or both")
    private Map<String, Map<String, String>> backupLocationRef;

    @Parameter(
            name = "clusterref",
            type = CommandType.MAP,
            required = true,
            description = "the cluster that is backed up: clusterref[0].name=x, clusterref[0].uid=y, or both")
    private Map<String, Map<String, String>> clusterRef;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("backup_location_ref", MapParameter.one("backuplocationref", backupLocationRef))
                .with("cluster_ref", MapParameter.one("clusterref", clusterRef));
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupResponse(operations().createBackup(zoneId(), parameters())));
    }
}
