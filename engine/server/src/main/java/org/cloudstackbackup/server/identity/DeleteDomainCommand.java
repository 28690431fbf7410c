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
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "deleteDomain",
        description = "Deletes a domain that is empty or, with cleanup, one that has no backups in it.",
        responseObject = SuccessResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class DeleteDomainCommand extends BaseAsyncCmd {
    @Inject
    private DomainRemoval domains;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            required = true,
            description = "the domain")
    private Long id;

    @Parameter(
            name = "cleanup",
            type = CommandType.BOOLEAN,
            description = "true deletes the domains, projects, accounts, VMs and volumes in it too; never backups")
    private @Nullable Boolean cleanup;

    @Override
    public void execute() {
        domains.delete(caller, id, Boolean.TRUE.equals(cleanup));
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_DOMAIN_DELETE;
    }

    @Override
    public String getEventDescription() {
        return "Deleting a domain";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.Domain;
    }
}
