/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;

/** Places where backups may be kept. */
@APICommand(
        name = "listPxBackupLocations",
        description =
                "Lists the backup locations of PX-Backup and whether they can be used; their secrets " + "are not read",
        responseObject = PxBackupLocationResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupLocationsCommand extends PxBackupListCommand {
    @Override
    public void execute() {
        answer(operations().locations(zoneId(), organisation(), filter(null), window()), PxBackupLocationResponse::new);
    }
}
