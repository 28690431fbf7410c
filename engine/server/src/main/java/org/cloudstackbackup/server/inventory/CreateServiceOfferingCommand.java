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
import org.cloudstackbackup.server.inventory.OfferingRegister.NewService;
import org.jspecify.annotations.Nullable;

/** Adds a service offering. */
@APICommand(
        name = "createServiceOffering",
        description = "Adds a service offering.",
        responseObject = ServiceOfferingResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreateServiceOfferingCommand extends BaseCmd {
    @Inject
    private OfferingRegister register;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name")
    private String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "description; the name unless given")
    private @Nullable String displayText;

    @Parameter(
            name = "cpunumber",
            type = CommandType.INTEGER,
            required = true,
            description = "number of processors, 1 to 1024")
    private Integer cpuNumber;

    @Parameter(
            name = "cpuspeed",
            type = CommandType.INTEGER,
            required = true,
            description = "speed of a processor in MHz, 1 to 100000")
    private Integer cpuSpeed;

    @Parameter(
            name = "memory",
            type = CommandType.INTEGER,
            required = true,
            description = "memory in MiB, 32 to 16777216")
    private Integer memory;

    @Override
    public void execute() {
        ServiceOfferingResponse response = new ServiceOfferingResponse(
                register.create(caller, new NewService(name, displayText, cpuNumber, cpuSpeed, memory)));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
