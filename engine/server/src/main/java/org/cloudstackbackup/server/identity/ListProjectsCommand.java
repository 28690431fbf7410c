/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.ProjectFilter;
import org.cloudstackbackup.framework.identity.ProjectState;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists projects. */
@APICommand(
        name = "listProjects",
        description = "Lists the projects that the caller belongs to; admins list those of their domains with listall.",
        responseObject = ProjectResponse.class,
        since = "3.0.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListProjectsCommand extends BaseListAccountResourcesCmd {
    @Inject
    private ResourceLimits limits;

    @Inject
    private ProjectService projects;

    @Inject
    private Caller caller;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            description = "only this project")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only projects of this name")
    private @Nullable String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "only projects with this description")
    private @Nullable String displayText;

    @Parameter(
            name = "state",
            type = CommandType.STRING,
            description = "only projects in this state: Active, Suspended or Disabled")
    private @Nullable String state;

    /** Accepted for clients that choose groups of details; all are shown anyway. */
    @SuppressWarnings("UnusedVariable")
    @Parameter(
            name = "details",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "groups of details to show; all are shown in any case")
    private @Nullable List<String> details;

    @Override
    public void execute() {
        Page<ListedProject> page = projects.page(filter(scopes.scopeOf(this, id != null)), scopes.pageOf(this));
        var figures = limits.ofAccounts(page.items().stream()
                .map(listed -> listed.project().accountId())
                .toList());
        ListResponse<ProjectResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(listed -> new ProjectResponse(listed)
                                .using(figures.get(listed.project().accountId())))
                        .toList(),
                Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    /** The scope of accounts, read as one of projects: a single account stands for the projects that it belongs to. */
    private ProjectFilter filter(OwnerScope scope) {
        String tree = scope instanceof OwnerScope.DomainTree within ? within.path() : "/";
        Long domainId = scope instanceof OwnerScope.OneDomain within ? Long.valueOf(within.domainId()) : null;
        Long member = memberOf(scope);
        return new ProjectFilter(tree, domainId, member, id, name, displayText, stateOf(state), getKeyword());
    }

    private @Nullable Long memberOf(OwnerScope scope) {
        if (scope instanceof OwnerScope.OneAccount account) {
            return account.accountId();
        }
        return scope instanceof OwnerScope.Accounts
                ? Long.valueOf(caller.account().id())
                : null;
    }

    private static @Nullable ProjectState stateOf(@Nullable String name) {
        return name == null || name.isEmpty()
                ? null
                : ProjectState.ofWireName(name)
                        .orElseThrow(() -> Names.refuse(
                                "state", "'" + name + "' is none; allowed are Active, Suspended and Disabled"));
    }
}
