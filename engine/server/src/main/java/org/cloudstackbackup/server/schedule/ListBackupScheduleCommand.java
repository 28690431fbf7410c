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
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.schedule.ListedSchedule;
import org.cloudstackbackup.framework.schedule.ScheduleStore;
import org.cloudstackbackup.framework.schedule.Schedules;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.backup.BackupScheduleResponse;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.jspecify.annotations.Nullable;

/** Lists backup schedules, newest first. As in CloudStack all that the caller may see, also without {@code listall}. */
@APICommand(
        name = "listBackupSchedule",
        description = "Lists backup schedules, newest first.",
        responseObject = BackupScheduleResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListBackupScheduleCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private Schedules schedules;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "only schedules of this VM")
    private @Nullable Long vmId;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupScheduleResponse.class,
            description = "id of one schedule",
            since = "4.22.0")
    private @Nullable Long id;

    @Override
    public void execute() {
        Page<ListedSchedule> page = schedules.list(
                new ScheduleStore.Filter(id, vmId, getKeyword()), scopes.scopeOf(this, true), scopes.pageOf(this));
        ListResponse<BackupScheduleResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream().map(BackupScheduleResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
