/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.domain.Domain;
import com.cloud.event.EventTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.server.identity.ProjectResponse;
import org.jspecify.annotations.Nullable;

/** Makes a VM from a template and starts it. */
@APICommand(
        name = "deployVirtualMachine",
        description = "Makes a VM from a template and starts it.",
        responseObject = UserVmResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class DeployVirtualMachineCommand extends BaseAsyncCreateCmd {
    @Inject
    private VmService vms;

    @Inject
    private InventoryStores stores;

    @Inject
    private Caller caller;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Parameter(
            name = "serviceofferingid",
            type = CommandType.UUID,
            entityType = ServiceOfferingResponse.class,
            required = true,
            description = "id of the service offering")
    private Long serviceOfferingId;

    @Parameter(
            name = "templateid",
            type = CommandType.UUID,
            entityType = TemplateResponse.class,
            required = true,
            description = "id of the template")
    private Long templateId;

    @Parameter(name = "name", type = CommandType.STRING, description = "host name")
    private @Nullable String name;

    @Parameter(name = "displayname", type = CommandType.STRING, description = "name to show")
    private @Nullable String displayName;

    @Parameter(name = "account", type = CommandType.STRING, description = "owner of the VM")
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
            description = "project that shall own the VM; instead of account and domainid")
    private @Nullable Long projectId;

    @Parameter(
            name = "diskofferingid",
            type = CommandType.UUID,
            entityType = DiskOfferingResponse.class,
            description = "disk offering of one data volume")
    private @Nullable Long diskOfferingId;

    @Parameter(
            name = "size",
            type = CommandType.LONG,
            description = "size of that volume in GiB, when its offering is customized")
    private @Nullable Long size;

    @Parameter(
            name = "rootdisksize",
            type = CommandType.LONG,
            description = "size of the root volume in GiB; by default as large as the template")
    private @Nullable Long rootDiskSize;

    @Parameter(
            name = "datadisksdetails",
            type = CommandType.MAP,
            description = "data volumes: datadisksdetails[0].diskofferingid=...&datadisksdetails[0].size=GiB")
    private @Nullable Map<String, Map<String, String>> dataDisksDetails;

    @Parameter(
            name = "networkids",
            type = CommandType.LIST,
            collectionType = CommandType.UUID,
            entityType = NetworkResponse.class,
            description = "ids of networks; by default that of the zone")
    private @Nullable List<Long> networkIds;

    @Parameter(name = "ipaddress", type = CommandType.STRING, description = "address in the first network")
    private @Nullable String ipAddress;

    @Parameter(
            name = "iptonetworklist",
            type = CommandType.MAP,
            description = "networks and addresses: iptonetworklist[0].networkid=...&iptonetworklist[0].ip=...")
    private @Nullable Map<String, Map<String, String>> ipToNetworkList;

    @Parameter(
            name = "hypervisor",
            type = CommandType.STRING,
            description = "kind of hypervisor; must be that of the template")
    private @Nullable String hypervisor;

    @Parameter(name = "details", type = CommandType.MAP, description = "details of the VM: details[0].name=value")
    private @Nullable Map<String, Map<String, String>> details;

    @Parameter(
            name = "startvm",
            type = CommandType.BOOLEAN,
            description = "whether to start the VM; true is the default")
    private @Nullable Boolean startVm;

    @Override
    public void validateSpecificParameters(Map<String, String> params) {
        super.validateSpecificParameters(params);
        DeployParameters.refuseUnsupported(params);
    }

    @Override
    public void create() {
        Vm vm = vms.deploy(caller, deployment());
        setEntityId(vm.id());
        setEntityUuid(vm.uuid());
    }

    @Override
    public void execute() {
        vms.finishDeployment(caller, getEntityId(), !Boolean.FALSE.equals(startVm));
        setResponseObject(new UserVmResponse(vms.describe(getEntityId())));
    }

    private VmService.Deployment deployment() {
        DeployParameters parameters = new DeployParameters(stores);
        parameters.checkHypervisor(hypervisor, templateId);
        List<VmService.DataDisk> disks = new ArrayList<>(parameters.dataDisks(dataDisksDetails));
        if (diskOfferingId != null) {
            disks.add(0, new VmService.DataDisk(diskOfferingId, size));
        } else if (size != null) {
            throw Require.user("size", "Parameter size needs diskofferingid beside it");
        }
        DeployParameters.Addresses addresses = parameters.addresses(zoneId, networkIds, ipAddress, ipToNetworkList);
        return new VmService.Deployment(
                UUID.randomUUID().toString(),
                name,
                displayName,
                zoneId,
                serviceOfferingId,
                templateId,
                account,
                domainId,
                projectId,
                addresses.networks(),
                addresses.wanted(),
                rootDiskSize,
                disks,
                DeployParameters.details(convertDetailsToMap(details)));
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_CREATE;
    }

    @Override
    public String getEventDescription() {
        return "Deploying a VM";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.VirtualMachine;
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
