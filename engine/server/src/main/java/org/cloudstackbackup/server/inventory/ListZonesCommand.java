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
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists zones. */
@APICommand(
        name = "listZones",
        description = "Lists zones.",
        responseObject = ZoneResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public class ListZonesCommand extends BaseListCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Inject
    private Caller caller;

    @Parameter(name = "id", type = CommandType.UUID, entityType = ZoneResponse.class, description = "id of one zone")
    private @Nullable Long id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the zone of this name")
    private @Nullable String name;

    @Parameter(
            name = "available",
            type = CommandType.BOOLEAN,
            description = "false lists only zones in which the caller has VMs")
    private @Nullable Boolean available;

    @Override
    public void execute() {
        ListResponse<ZoneResponse> response =
                listing.zones(caller, new CatalogFilter(id, name, getKeyword()), available, scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
