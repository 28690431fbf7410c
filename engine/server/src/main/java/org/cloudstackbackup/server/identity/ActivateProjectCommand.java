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
import org.cloudstackbackup.framework.identity.Caller;

/** Lets things be made in a suspended project again. */
@APICommand(
        name = "activateProject",
        description = "Lets things be made in a suspended project again.",
        responseObject = ProjectResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ActivateProjectCommand extends BaseAsyncCmd {
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

    @Override
    public void execute() {
        ProjectResponse response = new ProjectResponse(projects.activate(caller, id));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_PROJECT_ACTIVATE;
    }

    @Override
    public String getEventDescription() {
        return "Activating a project";
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
