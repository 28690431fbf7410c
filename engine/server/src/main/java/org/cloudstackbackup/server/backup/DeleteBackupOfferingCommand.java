/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.offering.BackupOfferings;

/** Deletes a backup offering that nothing uses. */
@APICommand(
        name = "deleteBackupOffering",
        description = "Deletes a backup offering that nothing uses.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeleteBackupOfferingCommand extends BaseCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            required = true,
            description = "id of the backup offering")
    private Long id;

    @Override
    public void execute() {
        offerings.delete(caller, id);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
