/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.setting;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** What settings there are, and which values are in force. */
@APICommand(
        name = "listConfigurations",
        description = "Lists settings with the values in force; secrets are masked.",
        responseObject = ConfigurationResponse.class,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListConfigurationsCommand extends BaseListCmd {
    @Inject
    private Configurations configurations;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the setting with this name")
    private @Nullable String name;

    @Parameter(name = "category", type = CommandType.STRING, description = "only settings of this category")
    private @Nullable String category;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only settings that a zone can have, with the values in force in this zone")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        Page<ConfigurationResponse> page =
                configurations.list(name, category, getKeyword(), zoneId, scopes.pageOf(this));
        ListResponse<ConfigurationResponse> response = new ListResponse<>();
        response.setResponses(page.items(), (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
