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

/** Lists networks. */
@APICommand(
        name = "listNetworks",
        description = "Lists networks.",
        responseObject = NetworkResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListNetworksCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = NetworkResponse.class,
            description = "id of one network")
    private @Nullable Long id;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only networks of this zone")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        ListResponse<NetworkResponse> response =
                listing.networks(new CatalogFilter(id, null, getKeyword()), zoneId, scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
