/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.cloudstackbackup.server.identity.DomainResponse;
import org.cloudstackbackup.server.identity.ProjectResponse;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "updateResourceLimit",
        description = "Sets a limit of an account, a project or a domain.",
        responseObject = ResourceLimitResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class UpdateResourceLimitCommand extends BaseCmd {
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
            description = "the domain whose limit is set, or which the account is in")
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
            required = true,
            description = "12 for backups, 13 for backup storage")
    private Integer resourceType;

    @Parameter(
            name = "max",
            type = CommandType.LONG,
            description = "the limit, in GiB for backup storage; -1, the default, for none")
    private @Nullable Long max;

    @Override
    public void execute() {
        ResourceType type = LimitAdministration.type(resourceType);
        LimitAdministration.Named named = new LimitAdministration.Named(account, domainId, projectId);
        ResourceFigure figure = administration.update(caller, named, type, max == null ? ResourceType.UNLIMITED : max);
        ResourceLimitResponse response = new ResourceLimitResponse(administration.party(caller, named), figure);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
