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

/** Brings a destroyed VM back, stopped. */
@APICommand(
        name = "recoverVirtualMachine",
        description = "Brings a destroyed VM back, stopped.",
        responseObject = UserVmResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class RecoverVirtualMachineCommand extends BaseCmd {
    @Inject
    private VmService vms;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            required = true,
            description = "id of the VM")
    private Long id;

    @Override
    public void execute() {
        vms.recover(caller, id);
        setResponseObject(new UserVmResponse(vms.describe(id)));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
