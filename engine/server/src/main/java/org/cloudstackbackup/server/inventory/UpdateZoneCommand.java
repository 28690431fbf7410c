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

/** Changes a zone. */
@APICommand(
        name = "updateZone",
        description = "Changes a zone.",
        responseObject = ZoneResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdateZoneCommand extends BaseCmd {
    @Inject
    private ZoneRegister register;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "new name")
    private @Nullable String name;

    @Parameter(
            name = "allocationstate",
            type = CommandType.STRING,
            description = "Enabled or Disabled; users see enabled zones only")
    private @Nullable String allocationState;

    @Override
    public void execute() {
        ZoneResponse response = new ZoneResponse(register.update(caller, id, name, allocationState));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
