/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import com.cloud.event.EventTypes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.response.ListResponse;
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
        List<EventTypeResponse> types = Arrays.stream(EventTypes.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(ListEventTypesCommand::value)
                .sorted()
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

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is public, yet cannot be read", e);
        }
    }
}
