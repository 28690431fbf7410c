/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.event.EventTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.ApiCommandResourceType;
import org.apache.cloudstack.api.BaseAsyncCreateCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.backup.NewInstances;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.identity.DomainResponse;
import org.cloudstackbackup.server.identity.ProjectResponse;
import org.cloudstackbackup.server.inventory.NetworkResponse;
import org.cloudstackbackup.server.inventory.ServiceOfferingResponse;
import org.cloudstackbackup.server.inventory.TemplateResponse;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.server.job.JobResult;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Makes a new VM from a backup. */
@APICommand(
        name = "createVMFromBackup",
        description = "Makes a new VM from a backup.",
        responseObject = UserVmResponse.class,
        since = "4.21.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class CreateVmFromBackupCommand extends BaseAsyncCreateCmd implements JobResult {
    @Inject
    private NewInstances instances;

    @Inject
    private VmView view;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "backupid",
            type = CommandType.UUID,
            entityType = BackupResponse.class,
            required = true,
            description = "id of the backup")
    private Long backupId;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Parameter(name = "name", type = CommandType.STRING, description = "host name of the VM")
    private @Nullable String name;

    @Parameter(name = "displayname", type = CommandType.STRING, description = "name to show")
    private @Nullable String displayName;

    @Parameter(name = "account", type = CommandType.STRING, description = "owner of the VM; needs domainid")
    private @Nullable String account;

    @Parameter(
            name = "domainid",
            type = CommandType.UUID,
            entityType = DomainResponse.class,
            description = "domain of the owner")
    private @Nullable Long domainId;

    @Parameter(
            name = "projectid",
            type = CommandType.UUID,
            entityType = ProjectResponse.class,
            description = "project that shall own the VM; instead of account and domainid")
    private @Nullable Long projectId;

    @Parameter(
            name = "serviceofferingid",
            type = CommandType.UUID,
            entityType = ServiceOfferingResponse.class,
            description = "id of the service offering; by default that of the backup")
    private @Nullable Long serviceOfferingId;

    @Parameter(
            name = "templateid",
            type = CommandType.UUID,
            entityType = TemplateResponse.class,
            description = "id of the template; by default that of the backup")
    private @Nullable Long templateId;

    @Parameter(
            name = "networkids",
            type = CommandType.LIST,
            entityType = NetworkResponse.class,
            collectionType = CommandType.UUID,
            description = "ids of the networks; by default those of the backup")
    private @Nullable List<Long> networkIds;

    @Parameter(
            name = "iptonetworklist",
            type = CommandType.MAP,
            description = "addresses: iptonetworklist[0].networkid=...&iptonetworklist[0].ip=...")
    private @Nullable Map<String, Map<String, String>> ipToNetwork;

    @Parameter(name = "preserveip", type = CommandType.BOOLEAN, description = "ask for the addresses that the VM had")
    private @Nullable Boolean preserveIp;

    @Parameter(
            name = "startvm",
            type = CommandType.BOOLEAN,
            description = "start the VM in the end; true is the default")
    private @Nullable Boolean startVm;

    @Parameter(name = "rootdisksize", type = CommandType.LONG, description = "size of the root disk in GiB")
    private @Nullable Long rootDiskSize;

    @Parameter(
            name = "datadisksdetails",
            type = CommandType.MAP,
            description =
                    "data disks: datadisksdetails[0].diskofferingid=...&datadisksdetails[0].deviceid=...&datadisksdetails[0].size=GiB")
    private @Nullable Map<String, Map<String, String>> dataDisks;

    @Parameter(name = "details", type = CommandType.MAP, description = "VM details: details[0].name=value")
    private @Nullable Map<String, Map<String, String>> details;

    @Override
    public void execute() {
        instances.create(caller, request(), getEntityUuid(), job.id(), job.uuid());
        job.continueLater();
    }

    /** Makes nothing yet: the VM's id is chosen, so that a job that is executed again finds what it made before. */
    @Override
    public void create() {
        instances.check(caller, request());
        setEntityUuid(UUID.randomUUID().toString());
    }

    @Override
    public Object renderResult(String uuid) {
        return view.render(caller, uuid);
    }

    /** As CloudStack's, which inherits the envelope of deployVirtualMachine. */
    @Override
    public String getCommandName() {
        return "deployvirtualmachineresponse";
    }

    @Override
    public ApiCommandResourceType getApiResourceType() {
        return ApiCommandResourceType.VirtualMachine;
    }

    private NewInstances.Request request() {
        return new NewInstances.Request(
                backupId,
                name,
                displayName,
                zoneId,
                account,
                domainId,
                projectId,
                serviceOfferingId,
                templateId,
                networkIds == null ? List.of() : networkIds,
                addresses(),
                Boolean.TRUE.equals(preserveIp),
                !Boolean.FALSE.equals(startVm),
                rootDiskSize,
                disks(),
                convertDetailsToMap(details));
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        if (ipToNetwork != null) {
            for (Map<String, String> entry : ipToNetwork.values()) {
                String network = entry.get("networkid");
                String ip = entry.get("ip");
                if (network == null || ip == null) {
                    throw new ProviderException(
                            ErrorKind.USER, "iptonetworklist", "Each entry of iptonetworklist needs networkid and ip");
                }
                addresses.put(network, ip);
            }
        }
        return addresses;
    }

    private List<NewInstances.DataDisk> disks() {
        List<NewInstances.DataDisk> disks = new ArrayList<>();
        if (dataDisks != null) {
            for (Map<String, String> entry : dataDisks.values()) {
                disks.add(new NewInstances.DataDisk(
                        entry.get("diskofferingid"), number(entry, "deviceid"), number(entry, "size")));
            }
        }
        return disks;
    }

    private static @Nullable Long number(Map<String, String> entry, String key) {
        String value = entry.get(key);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "datadisksdetails",
                    "datadisksdetails: " + key + " '" + value + "' is not a whole number",
                    e);
        }
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_CREATE_FROM_BACKUP;
    }

    @Override
    public String getEventDescription() {
        return "Making a VM from a backup";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
