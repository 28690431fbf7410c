/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.time.Instant;
import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.jspecify.annotations.Nullable;

/** Forgets alerts, and what of them is still to be told. */
@APICommand(
        name = "deleteAlerts",
        description = "Forgets alerts, and what of them is still to be told.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
public final class DeleteAlertsCommand extends ChosenAlertsCommand {
    @Override
    void apply(
            AlertDesk alerts,
            @Nullable List<Long> chosenIds,
            @Nullable Integer chosenType,
            @Nullable Instant from,
            @Nullable Instant until) {
        alerts.delete(chosenIds, chosenType, from, until);
    }
}
