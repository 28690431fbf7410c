/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.jspecify.annotations.Nullable;

/**
 * Lists things of a kind that this server has none of. CloudStack's UI and test library call these lists before they come to
 * backups, and take an empty answer well.
 */
@SuppressWarnings("UnusedVariable")
abstract class EmptyListCommand extends BaseListProjectAndAccountResourcesCmd {
    @Parameter(name = "id", type = CommandType.STRING, description = "id of one entry")
    private @Nullable String id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only entries of this name")
    private @Nullable String name;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only entries of this zone")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        ListResponse<AbsentResponse> response = new ListResponse<>();
        response.setResponses(List.of(), 0);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
