/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import javax.inject.Inject;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.jspecify.annotations.Nullable;

/** Changes a backup offering. */
@APICommand(
        name = "updateBackupOffering",
        description = "Changes a backup offering.",
        responseObject = BackupOfferingResponse.class,
        since = "4.16.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false)
@SuppressWarnings("NullAway.Init")
public final class UpdateBackupOfferingCommand extends BaseCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private OfferingView view;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            required = true,
            description = "id of the backup offering")
    private Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "new name")
    private @Nullable String name;

    @Parameter(name = "description", type = CommandType.STRING, description = "new description")
    private @Nullable String description;

    @Parameter(
            name = "allowuserdrivenbackups",
            type = CommandType.BOOLEAN,
            description = "whether users may back up on request and by schedule")
    private @Nullable Boolean userDriven;

    @Override
    public void execute() {
        BackupOfferingResponse response = view.of(offerings.update(caller, id, name, description, userDriven));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
