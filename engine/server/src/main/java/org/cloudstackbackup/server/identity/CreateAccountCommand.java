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
        name = "createAccount",
        description = "Makes an account and its first user.",
        responseObject = AccountResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class CreateAccountCommand extends BaseCmd {
    @Inject
    private AccountService accounts;

    @Inject
    private Caller caller;

    @Parameter(
            name = "username",
            type = CommandType.STRING,
            required = true,
            description = "name to log in with; unique in its domain")
    private String username;

    @Parameter(name = "password", type = CommandType.STRING, required = true, description = "password; send it by POST")
    private String password;

    @Parameter(name = "firstname", type = CommandType.STRING, required = true, description = "first name")
    private String firstname;

    @Parameter(name = "lastname", type = CommandType.STRING, required = true, description = "last name")
    private String lastname;

    @Parameter(name = "email", type = CommandType.STRING, required = true, description = "e-mail address")
    private String email;

    @Parameter(
            name = "timezone",
            type = CommandType.STRING,
            description = "time zone to show times in, such as Europe/Berlin")
    private @Nullable String timezone;

    @Parameter(
            name = "userid",
            type = CommandType.STRING,
            authorized = {RoleType.Admin},
            description = "uuid that the user shall have")
    private @Nullable String userUuid;

    @Parameter(
            name = "account",
            type = CommandType.STRING,
            description = "name of the account; the user name when absent")
    private @Nullable String accountName;

    @Parameter(
            name = "accounttype",
            type = CommandType.INTEGER,
            description = "0 for a user, 1 for a root admin, 2 for a domain admin; needed without roleid")
    private @Nullable Integer accountType;

    @Parameter(
            name = "roleid",
            type = CommandType.UUID,
            entityType = RoleResponse.class,
            description = "role of the account; needed without accounttype")
    private @Nullable Long roleId;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "domain that the account is in; the caller's own when absent")
    private @Nullable Long domainId;

    @Parameter(
            name = "accountid",
            type = CommandType.STRING,
            authorized = {RoleType.Admin},
            description = "uuid that the account shall have")
    private @Nullable String accountUuid;

    @Override
    public void execute() {
        AccountService.NewAccount wanted = new AccountService.NewAccount(
                accountName,
                accountType,
                roleId,
                domainId,
                accountUuid,
                new NewUser(username, password, firstname, lastname, email, timezone, userUuid));
        AccountResponse response = new AccountResponse(accounts.create(caller, wanted), caller);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
