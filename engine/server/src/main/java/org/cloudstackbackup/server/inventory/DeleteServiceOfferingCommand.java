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
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;

/** Deletes a service offering; VMs keep it. */
@APICommand(
        name = "deleteServiceOffering",
        description = "Deletes a service offering; VMs keep it.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeleteServiceOfferingCommand extends BaseCmd {
    @Inject
    private OfferingRegister register;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = ServiceOfferingResponse.class,
            required = true,
            description = "id of the service offering")
    private Long id;

    @Override
    public void execute() {
        register.deleteService(caller, id);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
