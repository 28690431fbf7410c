/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;

/** Clusters that may be backed up. */
@APICommand(
        name = "listPxBackupClusters",
        description =
                "Lists the clusters of PX-Backup and whether they can be reached; their secrets are " + "not read",
        responseObject = PxBackupClusterResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupClustersCommand extends PxBackupListCommand {
    @Override
    public void execute() {
        answer(operations().clusters(zoneId(), organisation(), filter(null), window()), PxBackupClusterResponse::new);
    }
}
