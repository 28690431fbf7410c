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

/** Makes a volume larger. */
@APICommand(
        name = "resizeVolume",
        description = "Makes a volume larger.",
        responseObject = VolumeResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ResizeVolumeCommand extends BaseAsyncCmd {
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

    @Parameter(name = "size", type = CommandType.LONG, description = "new size in GiB")
    private @Nullable Long size;

    @Parameter(
            name = "diskofferingid",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            description = "the disk offering that the volume has")
    private @Nullable Long diskOfferingId;

    /** Accepted for clients that send it; a smaller size is refused with or without it. */
    @SuppressWarnings("UnusedVariable")
    @Parameter(
            name = "shrinkok",
            type = CommandType.BOOLEAN,
            description = "accepted for clients that send it; volumes cannot be made smaller here")
    private @Nullable Boolean shrinkOk;

    @Override
    public void execute() {
        volumes.resize(caller, id, diskOfferingId, size);
        setResponseObject(new VolumeResponse(volumes.describe(id)));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VOLUME_RESIZE;
    }

    @Override
    public String getEventDescription() {
        return "Resizing a volume";
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
