/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists VMs. */
@APICommand(
        name = "listVirtualMachines",
        description = "Lists VMs.",
        responseObject = UserVmResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public class ListVirtualMachinesCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private VmService vms;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "id", type = CommandType.UUID, entityType = UserVmResponse.class, description = "id of one VM")
    private @Nullable Long id;

    @Parameter(
            name = "ids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "ids of VMs")
    private @Nullable List<Long> ids;

    @Parameter(name = "name", type = CommandType.STRING, description = "only VMs of this host name")
    private @Nullable String name;

    @Parameter(
            name = "state",
            type = CommandType.STRING,
            description = "only VMs in this state; Present for all that are not destroyed")
    private @Nullable String state;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only VMs in this zone")
    private @Nullable Long zoneId;

    @Parameter(
            name = "backupofferingid",
            type = CommandType.UUID,
            entityType = BackupOffering.class,
            description = "only VMs under this backup offering")
    private @Nullable Long backupOfferingId;

    @Parameter(
            name = "serviceofferingid",
            type = CommandType.UUID,
            entityType = ServiceOfferingResponse.class,
            description = "only VMs of this service offering")
    private @Nullable Long serviceOfferingId;

    @Parameter(
            name = "templateid",
            type = CommandType.UUID,
            entityType = TemplateResponse.class,
            description = "only VMs made from this template")
    private @Nullable Long templateId;

    @Parameter(
            name = "networkid",
            type = CommandType.UUID,
            entityType = NetworkResponse.class,
            description = "only VMs in this network")
    private @Nullable Long networkId;

    /** Accepted for clients that choose groups of details; all are shown anyway. */
    @SuppressWarnings("UnusedVariable")
    @Parameter(
            name = "details",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "groups of details to show; all are shown in any case")
    private @Nullable List<String> details;

    @Override
    public void execute() {
        List<Long> chosen = Lists.chosen(id, ids);
        VmFilter filter = new VmFilter(
                scopes.scopeOf(this, !chosen.isEmpty()),
                chosen,
                name,
                getKeyword(),
                state == null ? Set.of() : statesOf(state),
                zoneId,
                backupOfferingId,
                serviceOfferingId,
                templateId,
                networkId);
        setResponseObject(Lists.of(this, vms.list(filter, scopes.pageOf(this)), UserVmResponse::new));
    }

    private static Set<VmState> statesOf(String name) {
        if (name.equalsIgnoreCase("present")) {
            return Set.of(
                    VmState.STARTING,
                    VmState.RUNNING,
                    VmState.STOPPING,
                    VmState.STOPPED,
                    VmState.RESTORING,
                    VmState.ERROR);
        }
        return Set.of(VmState.ofWireName(name)
                .orElseThrow(() -> Require.user("state", "Parameter state: '" + name + "' is not a state of VMs")));
    }
}
