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

/** Assigns a VM to a backup offering. */
@APICommand(
        name = "assignVirtualMachineToBackupOffering",
        description = "Assigns a VM to a backup offering.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class AssignVirtualMachineToBackupOfferingCommand extends BaseAsyncCmd {
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
            name = "backupofferingid",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            required = true,
            description = "id of the backup offering")
    private Long offeringId;

    @Override
    public void execute() {
        protection.assign(caller, vmId, offeringId, job.uuid());
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_OFFERING_ASSIGN;
    }

    @Override
    public String getEventDescription() {
        return "Assigning a VM to a backup offering";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
