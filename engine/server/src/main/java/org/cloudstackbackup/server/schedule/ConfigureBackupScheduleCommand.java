/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.schedule;

import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.schedule.Schedules;
import org.cloudstackbackup.server.backup.BackupScheduleResponse;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.jspecify.annotations.Nullable;

/** What both commands that write a VM's schedule take and do. */
@SuppressWarnings("NullAway.Init")
abstract class ConfigureBackupScheduleCommand extends BaseCmd {
    @Inject
    private Schedules schedules;

    @Inject
    private Caller caller;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            required = true,
            description = "id of the VM")
    private Long vmId;

    @Parameter(
            name = "intervaltype",
            type = CommandType.STRING,
            required = true,
            description = "HOURLY, DAILY, WEEKLY or MONTHLY")
    private String intervalType;

    @Parameter(
            name = "schedule",
            type = CommandType.STRING,
            required = true,
            description =
                    "the times: MM for hourly, MM:HH for daily, MM:HH:D for weekly (1 is Sunday) and monthly (1 to 28)"
                            + " schedules")
    private String schedule;

    @Parameter(
            name = "timezone",
            type = CommandType.STRING,
            required = true,
            description = "time zone of the times, such as Europe/Berlin or UTC")
    private String timezone;

    @Parameter(
            name = "maxbackups",
            type = CommandType.INTEGER,
            description = "number of good backups of this schedule that are kept; 0, the default, keeps all",
            since = "4.21.0")
    private @Nullable Integer maxBackups;

    @Parameter(
            name = "quiescevm",
            type = CommandType.BOOLEAN,
            description = "freeze the file systems of the VM, where the provider can",
            since = "4.21.0")
    private @Nullable Boolean quiesce;

    @Override
    public void execute() {
        BackupScheduleResponse response = new BackupScheduleResponse(schedules.put(
                caller, new Schedules.Request(vmId, intervalType, schedule, timezone, maxBackups, quiesce)));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
