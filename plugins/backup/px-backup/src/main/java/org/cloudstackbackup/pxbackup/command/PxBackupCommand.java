/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.user.Account;
import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ZoneResponse;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What the commands that do one thing have in common. */
@SuppressWarnings("NullAway.Init")
abstract class PxBackupCommand extends BaseCmd {
    @Inject
    private PxBackupOperations operations;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone whose settings say how PX-Backup is reached")
    private Long zoneId;

    @Parameter(
            name = "orgid",
            type = CommandType.STRING,
            description = "PX-Backup's organisation; that of the zone's settings when missing")
    private @Nullable String orgId;

    final PxBackupOperations operations() {
        return operations;
    }

    final long zoneId() {
        return zoneId;
    }

    final @Nullable String organisation() {
        return orgId;
    }

    /** What the client is given. */
    Parameters parameters() {
        return Parameters.none().with("org_id", orgId);
    }

    @Override
    public long getEntityOwnerId() {
        return Account.ACCOUNT_ID_SYSTEM;
    }
}
