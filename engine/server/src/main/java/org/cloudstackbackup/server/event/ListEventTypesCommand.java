/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.event.EventCatalogue;
import org.cloudstackbackup.framework.identity.Account;

/** The types that {@code listEvents} can be asked for. */
@APICommand(
        name = "listEventTypes",
        description = "Lists the types of events.",
        responseObject = EventTypeResponse.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class ListEventTypesCommand extends BaseCmd {
    @Override
    public void execute() {
        List<EventTypeResponse> types = EventCatalogue.DESCRIPTIONS.keySet().stream()
                .map(EventTypeResponse::new)
                .toList();
        ListResponse<EventTypeResponse> response = new ListResponse<>();
        response.setResponses(types, types.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.SYSTEM_ID;
    }
}
