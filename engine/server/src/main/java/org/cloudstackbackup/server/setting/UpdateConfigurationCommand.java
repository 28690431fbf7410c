/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.setting;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Sets one value. */
@APICommand(
        name = "updateConfiguration",
        description = "Sets a setting, for one zone when a zone is named.",
        responseObject = ConfigurationResponse.class,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdateConfigurationCommand extends BaseCmd {
    @Inject
    private Configurations configurations;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name of the setting")
    private String name;

    @Parameter(name = "value", type = CommandType.STRING, length = 4096, description = "the value to set")
    private @Nullable String value;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "the zone that the value is for; without it the value is global")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        ConfigurationResponse response = configurations.update(caller, name, value, zoneId);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
