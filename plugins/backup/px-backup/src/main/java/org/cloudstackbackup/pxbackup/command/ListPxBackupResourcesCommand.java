/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What is in a backup, and in which state. */
@APICommand(
        name = "listPxBackupResources",
        description = "Lists the machines, volumes and objects of a backup in PX-Backup, the failed ones "
                + "included; servers from 2.11 on gather this by and by, and the answer waits for it",
        responseObject = PxBackupResourceResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupResourcesCommand extends PxBackupListCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            required = true,
            length = 253,
            description = "name of the backup")
    private String name;

    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "uid of the backup; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Parameter(
            name = "filterstatus",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only what is in these states; all when missing")
    private @Nullable List<String> filterStatus;

    @Parameter(
            name = "forceresync",
            type = CommandType.BOOLEAN,
            description = "whether PX-Backup gathers the details anew")
    private @Nullable Boolean forceResync;

    @Parameter(
            name = "syncnamespacesonly",
            type = CommandType.BOOLEAN,
            description = "whether it is enough that namespaces are gathered")
    private @Nullable Boolean syncNamespacesOnly;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("name", name)
                .with("uid", uid)
                .with("filter_status", filterStatus)
                .with("force_resync", forceResync)
                .with("sync_namespaces_only", syncNamespacesOnly);
    }

    @Override
    public void execute() {
        answer(operations().resources(zoneId(), parameters(), filter(null), window()), entry -> entry);
    }
}
