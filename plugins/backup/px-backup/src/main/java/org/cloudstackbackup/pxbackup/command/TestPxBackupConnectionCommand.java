/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;

/** Tries a zone's connection, step by step. */
@APICommand(
        name = "testPxBackupConnection",
        description = "Tries the connection to PX-Backup that a zone is set to, whatever its provider is: "
                + "name, TCP, TLS, token, version, organisation, permission, cluster, location; says "
                + "of each whether it works, and of the first that does not what is wrong",
        responseObject = PxBackupConnectionResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class TestPxBackupConnectionCommand extends PxBackupCommand {
    @Override
    public void execute() {
        setResponseObject(new PxBackupConnectionResponse(operations().test(zoneId(), organisation())));
    }
}
