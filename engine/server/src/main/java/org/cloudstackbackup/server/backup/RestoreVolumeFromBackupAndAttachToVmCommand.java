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
import org.cloudstackbackup.framework.backup.Restores;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.job.JobContext;

/** Restores one volume of a backup and attaches it to a VM. */
@APICommand(
        name = "restoreVolumeFromBackupAndAttachToVM",
        description = "Restores one volume of a backup and attaches it to a VM.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class RestoreVolumeFromBackupAndAttachToVmCommand extends BaseAsyncCmd {
    @Inject
    private Restores restores;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "backupid",
            type = CommandType.UUID,
            entityType = BackupResponse.class,
            required = true,
            description = "id of the backup")
    private Long backupId;

    @Parameter(
            name = "volumeid",
            type = CommandType.STRING,
            required = true,
            description = "id of the volume that was backed up")
    private String volumeId;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            required = true,
            description = "id of the VM that gets the volume")
    private Long vmId;

    @Override
    public void execute() {
        restores.restoreVolume(caller, backupId, volumeId, vmId, job.id(), job.uuid());
        job.continueLater();
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_RESTORE_VOLUME_TO_VM;
    }

    @Override
    public String getEventDescription() {
        return "Restoring a volume of a backup to a VM";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
