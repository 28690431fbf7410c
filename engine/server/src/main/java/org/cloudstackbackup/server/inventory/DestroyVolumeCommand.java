/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.event.EventTypes;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Marks a detached volume as destroyed, or deletes it. */
@APICommand(
        name = "destroyVolume",
        description = "Marks a detached volume as destroyed; recoverVolume takes that back.",
        responseObject = VolumeResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DestroyVolumeCommand extends BaseAsyncCmd {
    @Inject
    private VolumeService volumes;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = VolumeResponse.class,
            required = true,
            description = "id of the volume")
    private Long id;

    @Parameter(
            name = "expunge",
            type = CommandType.BOOLEAN,
            description = "true deletes the data at once, as deleteVolume does")
    private @Nullable Boolean expunge;

    @Override
    public void execute() {
        setResponseObject(volumes.destroy(caller, id, Boolean.TRUE.equals(expunge)));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VOLUME_DESTROY;
    }

    @Override
    public String getEventDescription() {
        return "Destroying a volume";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.Volume;
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
