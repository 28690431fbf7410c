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
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists disk offerings. */
@APICommand(
        name = "listDiskOfferings",
        description = "Lists disk offerings.",
        responseObject = DiskOfferingResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListDiskOfferingsCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            description = "id of one disk offering")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the offering of this name")
    private @Nullable String name;

    @Override
    public void execute() {
        ListResponse<DiskOfferingResponse> response =
                listing.diskOfferings(new CatalogFilter(id, name, getKeyword()), scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
