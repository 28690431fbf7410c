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
        name = "enableAccount",
        description = "Lets the users of an account act again.",
        responseObject = AccountResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class EnableAccountCommand extends BaseCmd {
    @Inject
    private AccountService accounts;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = AccountResponse.class,
            description = "the account; or account and domainid")
    private @Nullable Long id;

    @Parameter(name = "account", type = CommandType.STRING, description = "name of the account")
    private @Nullable String accountName;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "domain of the account; the caller's own when absent")
    private @Nullable Long domainId;

    @Override
    public void execute() {
        long found = accounts.idOf(caller, id, accountName, domainId);
        AccountResponse response = new AccountResponse(accounts.enable(caller, found), caller);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
