/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Changes how a disk offering is described. */
@APICommand(
        name = "updateDiskOffering",
        description = "Changes how a disk offering is described.",
        responseObject = DiskOfferingResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdateDiskOfferingCommand extends BaseCmd {
    @Inject
    private OfferingRegister register;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            required = true,
            description = "id of the disk offering")
    private Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "new name")
    private @Nullable String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "new description")
    private @Nullable String displayText;

    @Override
    public void execute() {
        DiskOfferingResponse response = new DiskOfferingResponse(register.updateDisk(caller, id, name, displayText));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
