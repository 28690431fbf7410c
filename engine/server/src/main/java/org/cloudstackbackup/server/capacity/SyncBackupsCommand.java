/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import java.util.List;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.sync.SyncTarget;
import org.cloudstackbackup.server.inventory.ZoneResponse;

/** Has the backups of a zone compared with its providers soon. */
@APICommand(
        name = "syncBackups",
        description = "Has the backups of a zone compared with what its providers have within seconds, instead of when"
                + " backup.framework.sync.interval has passed. Follow it with listBackupSyncs.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class SyncBackupsCommand extends BaseCmd {
    @Inject
    private BackupSyncs syncs;

    @Inject
    private Caller caller;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Override
    public void execute() {
        List<SyncTarget> targets = syncs.request(zoneId);
        SuccessResponse response = new SuccessResponse(getCommandName());
        response.setDisplayText("Compared soon: "
                + targets.stream().map(SyncTarget::provider).sorted().collect(Collectors.joining(", ")));
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
