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
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Detaches a data volume from its VM. */
@APICommand(
        name = "detachVolume",
        description = "Detaches a data volume from its VM.",
        responseObject = VolumeResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DetachVolumeCommand extends BaseAsyncCmd {
    @Inject
    private VolumeService volumes;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = VolumeResponse.class,
            description = "id of the volume; or give virtualmachineid and deviceid")
    private @Nullable Long id;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "id of the VM")
    private @Nullable Long virtualMachineId;

    @Parameter(name = "deviceid", type = CommandType.LONG, description = "position in the VM")
    private @Nullable Long deviceId;

    @Override
    public void execute() {
        long volume = volumeId();
        volumes.detach(caller, volume, job);
        setResponseObject(new VolumeResponse(volumes.describe(volume)));
    }

    private long volumeId() {
        if (id != null && virtualMachineId == null && deviceId == null) {
            return id;
        }
        if (id == null && virtualMachineId != null && deviceId != null) {
            return volumes.idAt(virtualMachineId, deviceId);
        }
        throw Require.user("id", "Give either parameter id, or both virtualmachineid and deviceid");
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VOLUME_DETACH;
    }

    @Override
    public String getEventDescription() {
        return "Detaching a volume";
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
