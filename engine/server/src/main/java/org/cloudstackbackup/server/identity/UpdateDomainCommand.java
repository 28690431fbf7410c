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
        name = "updateDomain",
        description = "Renames a domain.",
        responseObject = DomainResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class UpdateDomainCommand extends BaseCmd {
    @Inject
    private DomainService domains;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            required = true,
            description = "the domain")
    private Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "new name, without a slash")
    private @Nullable String name;

    @Override
    public void execute() {
        DomainResponse response = new DomainResponse(domains.rename(caller, id, name));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
