/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Does something to events that are chosen by id, or by type and time. */
@SuppressWarnings("NullAway.Init")
abstract class ChosenEventsCommand extends BaseCmd {
    @Inject
    private EventDesk desk;

    @Inject
    private Caller caller;

    @Parameter(
            name = "ids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = EventResponse.class,
            description = "ids of the events, separated by commas")
    private @Nullable List<Long> ids;

    @Parameter(name = "type", type = CommandType.STRING, description = "only events of this type")
    private @Nullable String type;

    @Parameter(
            name = "startdate",
            type = CommandType.DATE,
            description = "only events at or after this instant; needs enddate")
    private @Nullable Date startDate;

    @Parameter(name = "enddate", type = CommandType.DATE, description = "only events at or before this instant")
    private @Nullable Date endDate;

    @Override
    public void execute() {
        apply(desk, caller, ids, type == null || type.isEmpty() ? null : type, instant(startDate), instant(endDate));
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    abstract void apply(
            EventDesk events,
            Caller who,
            @Nullable List<Long> chosenIds,
            @Nullable String chosenType,
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
