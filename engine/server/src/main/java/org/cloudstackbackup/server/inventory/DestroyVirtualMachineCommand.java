/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.event.EventTypes;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Destroys a VM; it can be recovered until it is expunged. */
@APICommand(
        name = "destroyVirtualMachine",
        description = "Destroys a VM; it can be recovered until it is expunged.",
        responseObject = UserVmResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DestroyVirtualMachineCommand extends BaseAsyncCmd {
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

    @Parameter(
            name = "expunge",
            type = CommandType.BOOLEAN,
            description = "true removes the VM at once, with its root volume")
    private @Nullable Boolean expunge;

    @Parameter(
            name = "volumeids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = VolumeResponse.class,
            description = "ids of attached data volumes to delete with it")
    private @Nullable List<Long> volumeIds;

    @Override
    public void execute() {
        boolean forGood = Boolean.TRUE.equals(expunge);
        vms.destroy(caller, id, forGood, volumeIds == null ? List.of() : volumeIds);
        setResponseObject(
                forGood
                        ? new SuccessResponse(getCommandName())
                        : vms.find(id)
                                .<Object>map(UserVmResponse::new)
                                .orElseGet(() -> new SuccessResponse(getCommandName())));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_DESTROY;
    }

    @Override
    public String getEventDescription() {
        return "Destroying a VM";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.VirtualMachine;
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
