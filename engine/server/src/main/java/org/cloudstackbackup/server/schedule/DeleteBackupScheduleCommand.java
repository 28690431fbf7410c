/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.schedule;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.schedule.Schedules;
import org.cloudstackbackup.server.backup.BackupScheduleResponse;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Deletes one backup schedule, or all of a VM. Their backups stay. */
@APICommand(
        name = "deleteBackupSchedule",
        description = "Deletes one backup schedule, or all of a VM. Their backups stay.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DeleteBackupScheduleCommand extends BaseCmd {
    @Inject
    private Schedules schedules;

    @Inject
    private Caller caller;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "id of the VM whose schedules are deleted, all of them")
    private @Nullable Long vmId;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupScheduleResponse.class,
            description = "id of the schedule; wins over virtualmachineid",
            since = "4.20.1")
    private @Nullable Long id;

    @Override
    public void execute() {
        if (id != null) {
            schedules.delete(caller, id);
        } else if (vmId != null) {
            schedules.deleteOfVm(caller, vmId);
        } else {
            throw new ProviderException(
                    ErrorKind.USER, "id", "Give one of the parameters id and virtualmachineid; neither was given");
        }
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
