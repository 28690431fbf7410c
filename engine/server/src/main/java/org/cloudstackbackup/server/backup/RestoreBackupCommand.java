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
import org.cloudstackbackup.server.job.JobContext;

/** Restores a stopped VM from a backup of it. */
@APICommand(
        name = "restoreBackup",
        description = "Restores a stopped VM from a backup of it.",
        responseObject = SuccessResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class RestoreBackupCommand extends BaseAsyncCmd {
    @Inject
    private Restores restores;

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

    @Override
    public void execute() {
        restores.restore(caller, id, job.id(), job.uuid());
        job.continueLater();
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_RESTORE;
    }

    @Override
    public String getEventDescription() {
        return "Restoring a VM from a backup";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
