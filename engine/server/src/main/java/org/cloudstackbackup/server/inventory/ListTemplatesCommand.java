/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.CatalogListing.TemplateQuery;
import org.jspecify.annotations.Nullable;

/** Lists templates, once for each zone. */
@APICommand(
        name = "listTemplates",
        description = "Lists templates, once for each zone.",
        responseObject = TemplateResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListTemplatesCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private CatalogListing listing;

    @Inject
    private ListScopes scopes;

    @Inject
    private Caller caller;

    @Parameter(
            name = "templatefilter",
            type = CommandType.STRING,
            required = true,
            description =
                    "featured, self, selfexecutable, sharedexecutable, executable, community, or, for root admins, all")
    private String templateFilter;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = TemplateResponse.class,
            description = "id of one template")
    private @Nullable Long id;

    @Parameter(
            name = "ids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = TemplateResponse.class,
            description = "ids of templates, comma separated")
    private @Nullable List<Long> ids;

    @Parameter(name = "name", type = CommandType.STRING, description = "only templates of this name")
    private @Nullable String name;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only templates that can be used in this zone")
    private @Nullable Long zoneId;

    @Parameter(name = "hypervisor", type = CommandType.STRING, description = "only templates for this hypervisor")
    private @Nullable String hypervisor;

    @Override
    public void execute() {
        CatalogFilter catalog = new CatalogFilter(id, name, getKeyword());
        TemplateQuery query =
                new TemplateQuery(templateFilter, catalog, ids == null ? List.of() : ids, zoneId, hypervisor);
        ListResponse<TemplateResponse> response = listing.templates(caller, query, scopes.pageOf(this));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
