/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.domain.Domain;
import com.cloud.event.EventTypes;
import java.util.Map;
import java.util.UUID;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.server.identity.ProjectResponse;
import org.jspecify.annotations.Nullable;

/** Makes a data volume. */
@APICommand(
        name = "createVolume",
        description = "Makes a data volume.",
        responseObject = VolumeResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class CreateVolumeCommand extends BaseAsyncCreateCmd {
    @Inject
    private VolumeService volumes;

    @Inject
    private VmService vms;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, description = "name of the volume")
    private @Nullable String name;

    @Parameter(
            name = "diskofferingid",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            required = true,
            description = "id of the disk offering")
    private Long diskOfferingId;

    @Parameter(name = "size", type = CommandType.LONG, description = "size in GiB, when the offering is customized")
    private @Nullable Long size;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Parameter(name = "account", type = CommandType.STRING, description = "owner of the volume")
    private @Nullable String account;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = Domain.class,
            description = "domain of the owner")
    private @Nullable Long domainId;

    @Parameter(
            name = "projectid",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            description = "project that shall own the volume; instead of account and domainid")
    private @Nullable Long projectId;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "id of a VM to attach the volume to")
    private @Nullable Long virtualMachineId;

    @Override
    public void validateSpecificParameters(Map<String, String> params) {
        super.validateSpecificParameters(params);
        DeployParameters.refuseUnsupported(params);
    }

    @Override
    public void create() {
        String uuid = UUID.randomUUID().toString();
        Volume volume = volumes.add(
                uuid,
                name == null ? "DATA-" + uuid : name,
                vms.ownerFor(caller, account, domainId, projectId),
                zoneId,
                diskOfferingId,
                vms.sizeOf(diskOfferingId, size));
        setEntityId(volume.id());
        setEntityUuid(volume.uuid());
    }

    @Override
    public void execute() {
        volumes.make(caller, getEntityId());
        if (virtualMachineId != null) {
            volumes.attach(caller, getEntityId(), virtualMachineId, null);
        }
        setResponseObject(new VolumeResponse(volumes.describe(getEntityId())));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VOLUME_CREATE;
    }

    @Override
    public String getEventDescription() {
        return "Making a volume";
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
