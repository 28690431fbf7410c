/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.cloud.event.EventTypes;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Deletes a project. */
@APICommand(
        name = "deleteProject",
        description = "Deletes a project that owns nothing or, with cleanup, one that has no backups.",
        responseObject = SuccessResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DeleteProjectCommand extends BaseAsyncCmd {
    @Inject
    private ProjectService projects;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            required = true,
            description = "id of the project")
    private Long id;

    @Parameter(
            name = "cleanup",
            type = CommandType.BOOLEAN,
            description =
                    "true removes VMs and volumes with their data; backups are never removed along with a project",
            since = "4.18.0")
    private @Nullable Boolean cleanup;

    @Override
    public void execute() {
        projects.delete(caller, id, Boolean.TRUE.equals(cleanup));
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_PROJECT_DELETE;
    }

    @Override
    public String getEventDescription() {
        return "Deleting a project";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.Project;
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
