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
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "createDomain",
        description = "Makes a domain below another.",
        responseObject = DomainResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class CreateDomainCommand extends BaseCmd {
    @Inject
    private DomainService domains;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name, without a slash")
    private String name;

    @Parameter(
            name = "parentdomainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "the domain above; the caller's own when absent")
    private @Nullable Long parentId;

    @Parameter(
            name = "domainid",
            type = CommandType.STRING,
            authorized = {RoleType.Admin},
            description = "uuid that the domain shall have")
    private @Nullable String uuid;

    @Override
    public void execute() {
        DomainResponse response = new DomainResponse(domains.create(caller, name, parentId, uuid));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
