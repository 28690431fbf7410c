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
import org.apache.cloudstack.api.BaseListDomainResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.AccountFilter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listAccounts",
        description = "Lists accounts with their users.",
        responseObject = AccountResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListAccountsCommand extends BaseListDomainResourcesCmd {
    @Inject
    private AccountService accounts;

    @Inject
    private ResourceLimits limits;

    @Inject
    private Caller caller;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = AccountResponse.class,
            description = "only this account")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only accounts of this name")
    private @Nullable String name;

    @Parameter(
            name = "accounttype",
            type = CommandType.INTEGER,
            description = "only accounts of this type: 0 user, 1 root admin, 2 domain admin")
    private @Nullable Integer accountType;

    @Parameter(
            name = "state",
            type = CommandType.STRING,
            description = "only accounts in this state: enabled, disabled or locked")
    private @Nullable String state;

    @Override
    public void execute() {
        Page<ListedAccount> page = accounts.page(
                new AccountFilter(scopes.scopeOf(this, id != null), id, name, getKeyword(), accountType, state),
                scopes.pageOf(this));
        var figures = limits.ofAccounts(
                page.items().stream().map(listed -> listed.account().id()).toList());
        ListResponse<AccountResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(listed -> new AccountResponse(listed, caller)
                                .using(figures.get(listed.account().id())))
                        .toList(),
                (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
