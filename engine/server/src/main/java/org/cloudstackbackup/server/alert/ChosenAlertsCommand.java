/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Account;
import org.jspecify.annotations.Nullable;

/** Does something to alerts that are chosen by id, or by type and time. */
@SuppressWarnings("NullAway.Init")
abstract class ChosenAlertsCommand extends BaseCmd {
    @Inject
    private AlertDesk desk;

    @Parameter(
            name = "ids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = AlertResponse.class,
            description = "ids of the alerts, separated by commas")
    private @Nullable List<Long> ids;

    @Parameter(name = "type", type = CommandType.STRING, description = "only alerts with this number of their type")
    private @Nullable String type;

    @Parameter(
            name = "startdate",
            type = CommandType.DATE,
            description = "only alerts whose cause was last met then or later; needs enddate")
    private @Nullable Date startDate;

    @Parameter(
            name = "enddate",
            type = CommandType.DATE,
            description = "only alerts whose cause was last met then or earlier")
    private @Nullable Date endDate;

    @Override
    public void execute() {
        apply(
                desk,
                ids,
                type == null || type.isEmpty() ? null : AlertDesk.parsedType(type),
                instant(startDate),
                instant(endDate));
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    /** @param chosenType the number of a type; null for all */
    abstract void apply(
            AlertDesk alerts,
            @Nullable List<Long> chosenIds,
            @Nullable Integer chosenType,
            @Nullable Instant from,
            @Nullable Instant until);

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
