/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Alerts that are not archived, the one that was met last first. */
@APICommand(
        name = "listAlerts",
        description = "Lists alerts that are not archived, the one that was met last first.",
        responseObject = AlertResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListAlertsCommand extends BaseListCmd {
    @Inject
    private AlertDesk desk;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "id", type = CommandType.UUID, entityType = AlertResponse.class, description = "id of one alert")
    private @Nullable Long id;

    @Parameter(name = "type", type = CommandType.STRING, description = "only alerts with this number of their type")
    private @Nullable String type;

    @Parameter(name = "name", type = CommandType.STRING, description = "only alerts with this name of their type")
    private @Nullable String name;

    @Parameter(
            name = "resolved",
            type = CommandType.BOOLEAN,
            description = "true for alerts whose cause is gone, false for those that stand; both when missing")
    private @Nullable Boolean resolved;

    @Override
    public void execute() {
        Page<Alert> page = desk.list(
                new AlertStore.Filter(
                        id,
                        type == null || type.isEmpty() ? null : AlertDesk.parsedType(type),
                        name,
                        getKeyword(),
                        resolved == null ? null : !resolved),
                scopes.pageOf(this));
        ListResponse<AlertResponse> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(AlertResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
