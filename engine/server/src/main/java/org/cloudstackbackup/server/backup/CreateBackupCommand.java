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
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.Backups;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Backs up a VM. */
@APICommand(
        name = "createBackup",
        description = "Backs up a VM.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class CreateBackupCommand extends BaseAsyncCreateCmd {
    @Inject
    private Backups backups;

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
            name = "name",
            type = CommandType.STRING,
            description = "name of the backup; by default that of the VM and the time",
            since = "4.21.0")
    private @Nullable String name;

    @Parameter(
            name = "description",
            type = CommandType.STRING,
            length = 1024,
            description = "description of the backup",
            since = "4.21.0")
    private @Nullable String description;

    @Parameter(
            name = "quiescevm",
            type = CommandType.BOOLEAN,
            description = "freeze the file systems of the VM, where the provider can",
            since = "4.21.0")
    private @Nullable Boolean quiesce;

    @Override
    public void execute() {
        backups.start(caller, getEntityId(), Boolean.TRUE.equals(quiesce), job.id(), job.uuid());
        job.continueLater();
    }

    @Override
    public void create() {
        Backup backup = backups.allocate(caller, vmId, name, description, Boolean.TRUE.equals(quiesce));
        setEntityId(backup.id());
        setEntityUuid(backup.uuid());
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.Backup;
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_CREATE;
    }

    @Override
    public String getEventDescription() {
        return "Backing up a VM";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
