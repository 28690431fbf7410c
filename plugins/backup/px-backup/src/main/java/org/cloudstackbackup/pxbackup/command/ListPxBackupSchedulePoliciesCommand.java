/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;

/** Policies that schedules may follow. */
@APICommand(
        name = "listPxBackupSchedulePolicies",
        description = "Lists the schedule policies of PX-Backup",
        responseObject = PxBackupSchedulePolicyResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupSchedulePoliciesCommand extends PxBackupListCommand {
    @Override
    public void execute() {
        answer(
                operations().policies(zoneId(), organisation(), filter(null), window()),
                PxBackupSchedulePolicyResponse::new);
    }
}
