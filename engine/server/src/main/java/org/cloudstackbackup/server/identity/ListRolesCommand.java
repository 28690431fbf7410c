/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.Roles;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

@APICommand(
        name = "listRoles",
        description = "Lists the roles.",
        responseObject = RoleResponse.class,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin})
@SuppressWarnings("NullAway.Init")
public final class ListRolesCommand extends BaseListCmd {
    @Inject
    private Roles roles;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "id", type = CommandType.UUID, entityType = RoleResponse.class, description = "only this role")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the role of this name")
    private @Nullable String name;

    @Parameter(
            name = "type",
            type = CommandType.STRING,
            description = "only roles of this type: Admin, ResourceAdmin, DomainAdmin or User")
    private @Nullable String type;

    @Override
    public void execute() {
        List<Role> found = roles.all().stream().filter(this::isMeant).toList();
        PageRequest page = scopes.pageOf(this);
        ListResponse<RoleResponse> response = new ListResponse<>();
        response.setResponses(
                found.stream()
                        .skip(page.offset())
                        .limit(page.limit())
                        .map(RoleResponse::new)
                        .toList(),
                found.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private boolean isMeant(Role role) {
        String keyword = getKeyword();
        return (id == null || role.id() == id)
                && (name == null || role.name().equalsIgnoreCase(name))
                && (type == null || RoleResponse.typeName(role.type()).equalsIgnoreCase(type))
                && (keyword == null || role.name().toLowerCase(Locale.ROOT).contains(keyword.toLowerCase(Locale.ROOT)));
    }
}
