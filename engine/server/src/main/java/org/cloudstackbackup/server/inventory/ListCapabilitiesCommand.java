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
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.api.ApiRules;
import org.cloudstackbackup.server.identity.ProjectSettings;

/** Tells what this server can do. */
@APICommand(
        name = "listCapabilities",
        description = "Tells what this server can do.",
        responseObject = CapabilitiesResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListCapabilitiesCommand extends BaseCmd {
    @Inject
    private Settings settings;

    @Inject
    private Caller caller;

    @Override
    public void execute() {
        CapabilitiesResponse response = new CapabilitiesResponse(
                Boolean.parseBoolean(settings.value(ProjectSettings.ALLOW_USERS)),
                new ApiRules(settings).requestLimit().orElse(null));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
