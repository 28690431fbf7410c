/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** What happened within the caller's reach, newest first. */
@APICommand(
        name = "listEvents",
        description = "Lists events, newest first.",
        responseObject = EventResponse.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListEventsCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private EventDesk events;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "id", type = CommandType.STRING, description = "id of one event")
    private @Nullable String id;

    @Parameter(name = "type", type = CommandType.STRING, description = "only events of this type")
    private @Nullable String type;

    @Parameter(name = "level", type = CommandType.STRING, description = "only events of this level: INFO, WARN, ERROR")
    private @Nullable String level;

    @Parameter(name = "startdate", type = CommandType.DATE, description = "only events at or after this instant")
    private @Nullable Date startDate;

    @Parameter(name = "enddate", type = CommandType.DATE, description = "only events at or before this instant")
    private @Nullable Date endDate;

    @Parameter(
            name = "startid",
            type = CommandType.STRING,
            description = "only events of the work that began with this event")
    private @Nullable String startId;

    @Parameter(name = "resourceid", type = CommandType.STRING, description = "only events about this object")
    private @Nullable String resourceId;

    @Parameter(name = "resourcetype", type = CommandType.STRING, description = "only events about this kind of object")
    private @Nullable String resourceType;

    @Parameter(
            name = "archived",
            type = CommandType.BOOLEAN,
            description = "true for archived events instead of the others; with id, an event is shown either way")
    private @Nullable Boolean archived;

    @Parameter(
            name = "entrytime",
            type = CommandType.INTEGER,
            description = "with duration: only what began work at most so many seconds ago that has not ended")
    private @Nullable Integer entryTime;

    @Parameter(
            name = "duration",
            type = CommandType.INTEGER,
            description = "with entrytime: only what began work at least so many seconds ago that has not ended")
    private @Nullable Integer duration;

    @Override
    public void execute() {
        EventLog.Filter filter = new EventLog.Filter(
                scopes.scopeOf(this, id != null),
                id,
                type,
                level == null ? null : levelOf(level),
                getKeyword(),
                instant(startDate),
                instant(endDate),
                startId,
                resourceId,
                resourceType,
                archived == null && id != null ? null : Boolean.TRUE.equals(archived),
                events.pending(entryTime, duration));
        Page<EventLog.Entry> page = events.list(filter, scopes.pageOf(this));
        ListResponse<EventResponse> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(EventResponse::new).toList(), (int) page.total());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static Events.Level levelOf(String name) {
        try {
            return Events.Level.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "level",
                    "Parameter level: '" + name + "' is no level; allowed are INFO, WARN and ERROR.",
                    e);
        }
    }
}
