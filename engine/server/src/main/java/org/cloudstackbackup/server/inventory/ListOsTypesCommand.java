/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists operating systems. */
@APICommand(
        name = "listOsTypes",
        description = "Lists operating systems.",
        responseObject = GuestOsResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListOsTypesCommand extends BaseListCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = GuestOsResponse.class,
            description = "id of one operating system")
    private @Nullable Long id;

    @Parameter(
            name = "oscategoryid",
            type = CommandType.UUID,
            entityType = GuestOsCategoryResponse.class,
            description = "only operating systems of this category")
    private @Nullable Long categoryId;

    @Parameter(name = "description", type = CommandType.STRING, description = "only the operating system of this name")
    private @Nullable String description;

    @Override
    public void execute() {
        ListResponse<GuestOsResponse> response =
                listing.guestOses(new CatalogFilter(id, description, getKeyword()), categoryId, scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
