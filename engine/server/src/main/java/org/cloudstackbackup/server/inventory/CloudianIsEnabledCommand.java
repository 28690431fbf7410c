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

/** Tells whether a Cloudian object store is connected; none is. */
@APICommand(
        name = "cloudianIsEnabled",
        description = "Tells whether a Cloudian object store is connected; none is.",
        responseObject = CloudianResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class CloudianIsEnabledCommand extends BaseCmd {
    @Inject
    private Caller caller;

    @Override
    public void execute() {
        CloudianResponse response = new CloudianResponse();
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
