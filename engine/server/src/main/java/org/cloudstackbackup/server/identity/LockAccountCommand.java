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

/** Keeps the users of an account from acting until enableAccount. */
@APICommand(
        name = "lockAccount",
        description = "Keeps the users of an account from acting until enableAccount; what it owns stays as it is.",
        responseObject = AccountResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class LockAccountCommand extends BaseCmd {
    @Inject
    private AccountService accounts;

    @Inject
    private Caller caller;

    @Parameter(name = "account", type = CommandType.STRING, required = true, description = "name of the account")
    private String accountName;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            required = true,
            description = "domain of the account")
    private Long domainId;

    @Override
    public void execute() {
        long found = accounts.idOf(caller, null, accountName, domainId);
        AccountResponse response = new AccountResponse(accounts.disable(caller, found, true), caller);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
