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
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Project;
import org.jspecify.annotations.Nullable;

/** Makes a project. */
@APICommand(
        name = "createProject",
        description = "Makes a project, whose admin is the account named or the caller's.",
        responseObject = ProjectResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class CreateProjectCommand extends BaseAsyncCreateCmd {
    @Inject
    private ProjectService projects;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name; unique in its domain")
    private String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "description; the name when absent")
    private @Nullable String displayText;

    @Parameter(
            name = "account",
            type = CommandType.STRING,
            description = "first admin of the project; the caller's when absent")
    private @Nullable String account;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "domain that the account is in")
    private @Nullable Long domainId;

    @Override
    public void create() {
        Project project = projects.add(
                caller,
                name,
                displayText == null || displayText.isBlank() ? name : displayText,
                projects.member(caller, account, domainId));
        setEntityId(project.id());
        setEntityUuid(project.uuid());
    }

    @Override
    public void execute() {
        ProjectResponse response = new ProjectResponse(projects.activate(caller, getEntityId()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_PROJECT_CREATE;
    }

    @Override
    public String getEventDescription() {
        return "Making a project";
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
