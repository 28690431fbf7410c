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
import org.cloudstackbackup.server.inventory.ZoneRegister.NewZone;
import org.jspecify.annotations.Nullable;

/** Adds a zone with a network that all may use. */
@APICommand(
        name = "createZone",
        description = "Adds a zone with a network that all may use.",
        responseObject = ZoneResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreateZoneCommand extends BaseCmd {
    @Inject
    private ZoneRegister register;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name")
    private String name;

    @Parameter(
            name = "networktype",
            type = CommandType.STRING,
            description = "Basic or Advanced; Advanced unless given")
    private @Nullable String networkType;

    @Parameter(
            name = "allocationstate",
            type = CommandType.STRING,
            description = "Enabled or Disabled; Enabled unless given")
    private @Nullable String allocationState;

    @Parameter(
            name = "guestcidraddress",
            type = CommandType.STRING,
            description = "range of the addresses of the zone's network; 10.1.0.0/16 unless given")
    private @Nullable String guestCidr;

    @Parameter(
            name = "inventory",
            type = CommandType.STRING,
            description = "where the VMs really run; simulator unless given")
    private @Nullable String inventory;

    @Override
    public void execute() {
        ZoneResponse response = new ZoneResponse(
                register.create(caller, new NewZone(name, networkType, allocationState, inventory, guestCidr)));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
