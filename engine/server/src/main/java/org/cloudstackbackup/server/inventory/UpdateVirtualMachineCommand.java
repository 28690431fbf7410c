/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.Map;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Changes the names or details of a VM. */
@APICommand(
        name = "updateVirtualMachine",
        description = "Changes the names or details of a VM.",
        responseObject = UserVmResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class UpdateVirtualMachineCommand extends BaseCmd {
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

    @Parameter(name = "name", type = CommandType.STRING, description = "new host name; the VM must be stopped")
    private @Nullable String name;

    @Parameter(name = "displayname", type = CommandType.STRING, description = "new name to show")
    private @Nullable String displayName;

    @Parameter(
            name = "details",
            type = CommandType.MAP,
            description = "new details of the VM, in place of all others: details[0].name=value")
    private @Nullable Map<String, Map<String, String>> details;

    @Parameter(name = "cleanupdetails", type = CommandType.BOOLEAN, description = "true removes all details")
    private @Nullable Boolean cleanUpDetails;

    @Override
    public void validateSpecificParameters(Map<String, String> params) {
        super.validateSpecificParameters(params);
        DeployParameters.refuseUnsupported(params);
    }

    @Override
    public void execute() {
        Map<String, String> wanted = details == null
                ? Boolean.TRUE.equals(cleanUpDetails) ? Map.of() : null
                : DeployParameters.details(convertDetailsToMap(details));
        vms.update(caller, id, name, displayName, wanted);
        setResponseObject(new UserVmResponse(vms.describe(id)));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
