/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listResourceLimits",
        description = "Lists the limits of an account, a project or a domain; of the caller's account by default.",
        responseObject = ResourceLimitResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListResourceLimitsCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private LimitAdministration administration;

    @Inject
    private Caller caller;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "resourcetype",
            type = CommandType.INTEGER,
            description = "only this type: 12 backups, 13 backup storage; others are not limited here")
    private @Nullable Integer resourceType;

    @Parameter(
            name = "resourcetypename",
            type = CommandType.STRING,
            description = "only the type of this name: backup or backup_storage")
    private @Nullable String resourceTypeName;

    @Override
    public void execute() {
        LimitParty party = administration.party(
                caller, new LimitAdministration.Named(getAccountName(), getDomainId(), getProjectId()));
        List<ResourceType> types = List.of(ResourceType.values()).stream()
                .filter(type -> resourceType == null || type.number() == resourceType)
                .filter(type -> resourceTypeName == null || type.wireName().equalsIgnoreCase(resourceTypeName))
                .toList();
        var page = scopes.pageOf(this);
        ListResponse<ResourceLimitResponse> response = new ListResponse<>();
        response.setResponses(
                types.stream()
                        .skip(page.offset())
                        .limit(page.limit())
                        .map(type -> new ResourceLimitResponse(party, administration.figure(party, type)))
                        .toList(),
                types.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
