/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import java.time.Instant;
import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Forgets events for good, archived ones too. */
@APICommand(
        name = "deleteEvents",
        description = "Forgets events for good, archived ones too.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class DeleteEventsCommand extends ChosenEventsCommand {
    @Override
    void apply(
            EventDesk events,
            Caller who,
            @Nullable List<Long> chosenIds,
            @Nullable String chosenType,
            @Nullable Instant from,
            @Nullable Instant until) {
        events.delete(who, chosenIds, chosenType, from, until);
    }
}
