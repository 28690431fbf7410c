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

/** Lists families of operating systems. */
@APICommand(
        name = "listOsCategories",
        description = "Lists families of operating systems.",
        responseObject = GuestOsCategoryResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListOsCategoriesCommand extends BaseListCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = GuestOsCategoryResponse.class,
            description = "id of one category")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the category of this name")
    private @Nullable String name;

    @Override
    public void execute() {
        ListResponse<GuestOsCategoryResponse> response =
                listing.categories(new CatalogFilter(id, name, getKeyword()), scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
