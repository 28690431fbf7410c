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

/** Puts events aside: listEvents shows them only with archived=true. */
@APICommand(
        name = "archiveEvents",
        description = "Puts events aside: listEvents shows them only with archived=true.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class ArchiveEventsCommand extends ChosenEventsCommand {
    @Override
    void apply(
            EventDesk events,
            Caller who,
            @Nullable List<Long> chosenIds,
            @Nullable String chosenType,
            @Nullable Instant from,
            @Nullable Instant until) {
        events.archive(who, chosenIds, chosenType, from, until);
    }
}
