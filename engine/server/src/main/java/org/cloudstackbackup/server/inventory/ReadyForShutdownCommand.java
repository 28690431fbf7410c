/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.identity.Caller;

/** Tells whether a shutdown was asked for in the UI; it cannot be. */
@APICommand(
        name = "readyForShutdown",
        description = "Tells whether a shutdown was asked for in the UI; it cannot be.",
        responseObject = ReadinessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ReadyForShutdownCommand extends BaseCmd {
    @Inject
    private Caller caller;

    @Override
    public void execute() {
        ReadinessResponse response = new ReadinessResponse();
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
