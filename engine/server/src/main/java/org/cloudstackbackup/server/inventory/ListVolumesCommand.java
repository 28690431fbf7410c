/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.inventory.VolumeFilter;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists volumes. */
@APICommand(
        name = "listVolumes",
        description = "Lists volumes.",
        responseObject = VolumeResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public class ListVolumesCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private VolumeService volumes;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = VolumeResponse.class,
            description = "id of one volume")
    private @Nullable Long id;

    @Parameter(
            name = "ids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = VolumeResponse.class,
            description = "ids of volumes")
    private @Nullable List<Long> ids;

    @Parameter(name = "name", type = CommandType.STRING, description = "only volumes of this name")
    private @Nullable String name;

    @Parameter(name = "type", type = CommandType.STRING, description = "only volumes of this type: ROOT or DATADISK")
    private @Nullable String type;

    @Parameter(name = "state", type = CommandType.STRING, description = "only volumes in this state")
    private @Nullable String state;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "only volumes attached to this VM")
    private @Nullable Long virtualMachineId;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only volumes in this zone")
    private @Nullable Long zoneId;

    @Parameter(
            name = "diskofferingid",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            description = "only volumes of this disk offering")
    private @Nullable Long diskOfferingId;

    @Override
    public void execute() {
        List<Long> chosen = Lists.chosen(id, ids);
        VolumeFilter filter = new VolumeFilter(
                scopes.scopeOf(this, !chosen.isEmpty()),
                chosen,
                name,
                getKeyword(),
                type == null ? null : typeOf(type),
                state == null ? null : stateOf(state),
                virtualMachineId,
                zoneId,
                diskOfferingId);
        setResponseObject(Lists.of(this, volumes.list(filter, scopes.pageOf(this)), VolumeResponse::new));
    }

    private static VolumeType typeOf(String name) {
        return List.of(VolumeType.values()).stream()
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Require.user("type", "Parameter type: '" + name + "' is not one of ROOT, DATADISK"));
    }

    private static VolumeState stateOf(String name) {
        return VolumeState.ofWireName(name)
                .orElseThrow(() -> Require.user("state", "Parameter state: '" + name + "' is not a state of volumes"));
    }
}
