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
import org.apache.cloudstack.api.BaseListAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.UserFilter;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listUsers",
        description = "Lists users; ordinary users see themselves.",
        responseObject = UserResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListUsersCommand extends BaseListAccountResourcesCmd {
    @Inject
    private UserService users;

    @Inject
    private Caller caller;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "id", type = CommandType.UUID, entityType = UserResponse.class, description = "only this user")
    private @Nullable Long id;

    @Parameter(name = "username", type = CommandType.STRING, description = "only users of this name")
    private @Nullable String username;

    @Parameter(
            name = "accounttype",
            type = CommandType.INTEGER,
            description = "only users of accounts of this type: 0 user, 1 root admin, 2 domain admin")
    private @Nullable Integer accountType;

    @Parameter(name = "state", type = CommandType.STRING, description = "only users in this state: enabled or disabled")
    private @Nullable String state;

    @Override
    public void execute() {
        Page<ListedUser> page = users.page(
                new UserFilter(scope(), idOrSelf(), username, getKeyword(), accountType, state), scopes.pageOf(this));
        ListResponse<UserResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream()
                        .map(user -> new UserResponse(user, caller))
                        .toList(),
                (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    /** As in CloudStack, admins need no {@code listall} to see the users of their reach. */
    private OwnerScope scope() {
        return scopes.scopeOf(this, true);
    }

    private @Nullable Long idOrSelf() {
        return caller.role().type() == org.cloudstackbackup.framework.identity.RoleType.USER
                ? Long.valueOf(caller.user().id())
                : id;
    }
}
