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
import org.cloudstackbackup.framework.backup.Backups;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Deletes a backup, at its provider too. */
@APICommand(
        name = "deleteBackup",
        description = "Deletes a backup, at its provider too.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DeleteBackupCommand extends BaseAsyncCmd {
    @Inject
    private Backups backups;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupResponse.class,
            required = true,
            description = "id of the backup")
    private Long id;

    @Parameter(
            name = "forced",
            type = CommandType.BOOLEAN,
            description = "also when the provider must delete those that depend on it",
            since = "4.18.0")
    private @Nullable Boolean forced;

    @Override
    public void execute() {
        if (backups.delete(caller, id, Boolean.TRUE.equals(forced), job.id(), job.uuid())) {
            job.continueLater();
            return;
        }
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_DELETE;
    }

    @Override
    public String getEventDescription() {
        return "Deleting a backup";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
