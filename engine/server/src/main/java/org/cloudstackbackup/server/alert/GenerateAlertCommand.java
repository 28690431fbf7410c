/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import com.cloud.event.EventTypes;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Raises an alert by hand, for trying out how alerts are delivered. */
@APICommand(
        name = "generateAlert",
        description = "Raises an alert by hand, for trying out how alerts are delivered; deleteAlerts removes it.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        since = "4.3",
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class GenerateAlertCommand extends BaseAsyncCmd {
    @Inject
    private AlertDesk desk;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "type",
            type = CommandType.SHORT,
            required = true,
            description = "number of the type of alert, such as 1001")
    private Short type;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "what is wrong, in a line")
    private String name;

    @Parameter(
            name = "description",
            type = CommandType.STRING,
            required = true,
            length = 999,
            description = "what is wrong, in detail")
    private String description;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "id of the zone that the cause is in")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        desk.generate(caller, type, name, description, zoneId, job.uuid());
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public String getEventType() {
        return EventTypes.ALERT_GENERATE;
    }

    @Override
    public String getEventDescription() {
        return "Raising an alert by hand";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
