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
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.jspecify.annotations.Nullable;

/** Changes a project. */
@APICommand(
        name = "updateProject",
        description = "Changes the name or description of a project, or the role of a member.",
        responseObject = ProjectResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class UpdateProjectCommand extends BaseAsyncCmd {
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

    @Parameter(name = "name", type = CommandType.STRING, description = "new name", since = "4.19.0")
    private @Nullable String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "new description")
    private @Nullable String displayText;

    @Parameter(name = "account", type = CommandType.STRING, description = "member whose role changes")
    private @Nullable String account;

    @Parameter(
            name = "roletype",
            type = CommandType.STRING,
            description = "role of that member: Admin, which is the default, or Regular",
            since = "4.15.0")
    private @Nullable String role;

    @Parameter(
            name = "swapowner",
            type = CommandType.BOOLEAN,
            description = "whether the other admins become regular members; true is the default",
            since = "4.15.0")
    private @Nullable Boolean swapOwner;

    @Override
    public void execute() {
        if (account != null && !account.isEmpty()) {
            projects.setRole(
                    caller,
                    id,
                    account,
                    ProjectAccountResponse.role("roletype", role, ProjectRole.ADMIN),
                    !Boolean.FALSE.equals(swapOwner));
        }
        ListedProject project = name == null && displayText == null
                ? projects.describe(id)
                : projects.rename(caller, id, name, displayText);
        ProjectResponse response = new ProjectResponse(project);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_PROJECT_UPDATE;
    }

    @Override
    public String getEventDescription() {
        return "Changing a project";
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
