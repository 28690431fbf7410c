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

/** Hides alerts from listAlerts; what stands is still resolved and told. */
@APICommand(
        name = "archiveAlerts",
        description = "Hides alerts from listAlerts; what stands is still resolved and told.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
public final class ArchiveAlertsCommand extends ChosenAlertsCommand {
    @Override
    void apply(
            AlertDesk alerts,
            @Nullable List<Long> chosenIds,
            @Nullable Integer chosenType,
            @Nullable Instant from,
            @Nullable Instant until) {
        alerts.archive(chosenIds, chosenType, from, until);
    }
}
