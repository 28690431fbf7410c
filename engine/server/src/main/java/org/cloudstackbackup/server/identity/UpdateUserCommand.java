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
        name = "updateUser",
        description = "Changes a user; an ordinary user itself.",
        responseObject = UserResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class UpdateUserCommand extends BaseCmd {
    @Inject
    private UserService users;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = UserResponse.class,
            required = true,
            description = "the user")
    private Long id;

    @Parameter(name = "username", type = CommandType.STRING, description = "new name to log in with")
    private @Nullable String username;

    @Parameter(name = "firstname", type = CommandType.STRING, description = "new first name")
    private @Nullable String firstname;

    @Parameter(name = "lastname", type = CommandType.STRING, description = "new last name")
    private @Nullable String lastname;

    @Parameter(name = "email", type = CommandType.STRING, description = "new e-mail address")
    private @Nullable String email;

    @Parameter(name = "timezone", type = CommandType.STRING, description = "new time zone")
    private @Nullable String timezone;

    @Parameter(name = "password", type = CommandType.STRING, description = "new password; send it by POST")
    private @Nullable String password;

    @Parameter(
            name = "currentpassword",
            type = CommandType.STRING,
            description = "present password; needed to change the own one")
    private @Nullable String currentPassword;

    @Override
    public void execute() {
        UserService.Changes changes =
                new UserService.Changes(username, firstname, lastname, email, timezone, password, currentPassword);
        UserResponse response = new UserResponse(users.update(caller, id, changes), caller);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
