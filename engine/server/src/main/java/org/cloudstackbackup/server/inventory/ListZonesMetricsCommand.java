/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;

/** As {@link ListZonesCommand}: CloudStack's UI shows its view of zones only where this command is. No load is measured. */
@APICommand(
        name = "listZonesMetrics",
        description = "Lists zones; no load is measured.",
        responseObject = ZoneResponse.class,
        since = "4.9.3",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
public final class ListZonesMetricsCommand extends ListZonesCommand {}
