/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.ProjectMember;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists the members of a project. */
@APICommand(
        name = "listProjectAccounts",
        description = "Lists the accounts that are members of a project.",
        responseObject = ProjectAccountResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListProjectAccountsCommand extends BaseListCmd {
    @Inject
    private ProjectService projects;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "projectid",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            required = true,
            description = "id of the project")
    private Long id;

    @Parameter(name = "account", type = CommandType.STRING, description = "only this member")
    private @Nullable String account;

    @Parameter(name = "role", type = CommandType.STRING, description = "only members of this role: Admin or Regular")
    private @Nullable String role;

    @Override
    public void execute() {
        ListedProject project = projects.describe(id);
        Page<ProjectMember> page = projects.members(
                id,
                role == null || role.isEmpty() ? null : ProjectAccountResponse.role("role", role, ProjectRole.REGULAR),
                account == null || account.isEmpty() ? getKeyword() : account,
                scopes.pageOf(this));
        ListResponse<ProjectAccountResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(member -> new ProjectAccountResponse(project, member))
                        .toList(),
                Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
