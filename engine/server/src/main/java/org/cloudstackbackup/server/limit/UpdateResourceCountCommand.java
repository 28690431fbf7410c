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
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.cloudstackbackup.server.identity.DomainResponse;
import org.cloudstackbackup.server.identity.ProjectResponse;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "updateResourceCount",
        description = "Counts anew what an account, a project or a domain uses.",
        responseObject = ResourceCountResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class UpdateResourceCountCommand extends BaseCmd {
    @Inject
    private LimitAdministration administration;

    @Inject
    private Caller caller;

    @Parameter(
            name = "account",
            type = CommandType.STRING,
            description = "name of the account; in the caller's domain unless domainid is given")
    private @Nullable String account;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "the domain to count in, with those below it, or which the account is in")
    private @Nullable Long domainId;

    @Parameter(
            name = "projectid",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            description = "id of the project")
    private @Nullable Long projectId;

    @Parameter(
            name = "resourcetype",
            type = CommandType.INTEGER,
            description = "12 for backups, 13 for backup storage; both by default")
    private @Nullable Integer resourceType;

    @Override
    public void execute() {
        List<ResourceType> types =
                resourceType == null ? List.of(ResourceType.values()) : List.of(LimitAdministration.type(resourceType));
        LimitParty party = administration.party(caller, new LimitAdministration.Named(account, domainId, projectId));
        Footprint used = administration.recount(party);
        ListResponse<ResourceCountResponse> response = new ListResponse<>();
        response.setResponses(
                types.stream()
                        .map(type -> new ResourceCountResponse(party, type, used.of(type)))
                        .toList(),
                types.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
