/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** Deletes a schedule. */
@APICommand(
        name = "deletePxBackupSchedule",
        description = "Deletes a schedule of PX-Backup; its backups stay unless deletebackups is true",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class DeletePxBackupScheduleCommand extends PxBackupCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            required = true,
            length = 253,
            description = "name of the schedule")
    private String name;

    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "uid of the schedule; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Parameter(
            name = "deletebackups",
            type = CommandType.BOOLEAN,
            description = "whether the backups that the schedule has made are deleted too")
    private @Nullable Boolean deleteBackups;

    @Override
    Parameters parameters() {
        return super.parameters().with("name", name).with("uid", uid).with("delete_backups", deleteBackups);
    }

    @Override
    public void execute() {
        operations().deleteSchedule(zoneId(), parameters());
        setResponseObject(new SuccessResponse(getCommandName()));
    }
}
