/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.event.EventTypes;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.backup.Protection;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Removes a VM from its backup offering. */
@APICommand(
        name = "removeVirtualMachineFromBackupOffering",
        description = "Removes a VM from its backup offering.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class RemoveVirtualMachineFromBackupOfferingCommand extends BaseAsyncCmd {
    @Inject
    private Protection protection;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            required = true,
            description = "id of the VM")
    private Long vmId;

    @Parameter(
            name = "forced",
            type = CommandType.BOOLEAN,
            description = "also when the provider deletes the backups, or fails")
    private @Nullable Boolean forced;

    @Override
    public void execute() {
        protection.remove(caller, vmId, Boolean.TRUE.equals(forced), job.uuid());
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_OFFERING_REMOVE;
    }

    @Override
    public String getEventDescription() {
        return "Removing a VM from its backup offering";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
