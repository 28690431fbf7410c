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

/** Ends the membership of an account in a project. */
@APICommand(
        name = "deleteAccountFromProject",
        description = "Ends the membership of an account in a project.",
        responseObject = SuccessResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DeleteAccountFromProjectCommand extends BaseAsyncCmd {
    @Inject
    private ProjectService projects;

    @Inject
    private Caller caller;

    @Parameter(
            name = "projectid",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            required = true,
            description = "id of the project")
    private Long id;

    @Parameter(name = "account", type = CommandType.STRING, required = true, description = "name of the member")
    private String account;

    @Override
    public void execute() {
        projects.removeMember(caller, id, account);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_PROJECT_ACCOUNT_REMOVE;
    }

    @Override
    public String getEventDescription() {
        return "Removing an account from a project";
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
