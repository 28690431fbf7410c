/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.Named;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volume;
import org.jspecify.annotations.Nullable;

/** A VM on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class UserVmResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the VM")
    private final String id;

    @SerializedName("name")
    @Param(description = "host name")
    private final String name;

    @SerializedName("displayname")
    @Param(description = "name to show")
    private final @Nullable String displayname;

    @SerializedName("instancename")
    @Param(description = "the hypervisor's name of the VM", authorized = RoleType.Admin)
    private final String instancename;

    @SerializedName("state")
    @Param(description = "state of the VM")
    private final String state;

    @SerializedName("created")
    @Param(description = "when it was made")
    private final Date created;

    @SerializedName("account")
    @Param(description = "name of the owner")
    private final @Nullable String account;

    @SerializedName("projectid")
    @Param(description = "id of the project that owns the VM; absent when an account does")
    private final @Nullable String projectid;

    @SerializedName("project")
    @Param(description = "name of that project")
    private final @Nullable String project;

    @SerializedName("domainid")
    @Param(description = "id of the owner's domain")
    private final String domainId;

    @SerializedName("domain")
    @Param(description = "name of the owner's domain")
    private final String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the owner's domain")
    private final String domainPath;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private final String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private final String zoneName;

    @SerializedName("templateid")
    @Param(description = "id of the template")
    private final String templateid;

    @SerializedName("templatename")
    @Param(description = "name of the template")
    private final String templatename;

    @SerializedName("templatedisplaytext")
    @Param(description = "description of the template")
    private final @Nullable String templatedisplaytext;

    @SerializedName("serviceofferingid")
    @Param(description = "id of the service offering")
    private final String serviceofferingid;

    @SerializedName("serviceofferingname")
    @Param(description = "name of the service offering")
    private final String serviceofferingname;

    @SerializedName("cpunumber")
    @Param(description = "number of CPUs")
    private final int cpunumber;

    @SerializedName("cpuspeed")
    @Param(description = "speed of a CPU in MHz")
    private final int cpuspeed;

    @SerializedName("memory")
    @Param(description = "memory in MiB")
    private final int memory;

    @SerializedName("backupofferingid")
    @Param(description = "id of the backup offering")
    private final @Nullable String backupofferingid;

    @SerializedName("backupofferingname")
    @Param(description = "name of the backup offering")
    private final @Nullable String backupofferingname;

    @SerializedName("guestosid")
    @Param(description = "id of the operating system")
    private final String guestosid;

    @SerializedName("ostypeid")
    @Param(description = "id of the operating system")
    private final String ostypeid;

    @SerializedName("osdisplayname")
    @Param(description = "name of the operating system")
    private final String osdisplayname;

    @SerializedName("oscategoryid")
    @Param(description = "id of the operating system's category")
    private final String oscategoryid;

    @SerializedName("oscategoryname")
    @Param(description = "name of the operating system's category")
    private final String oscategoryname;

    @SerializedName("hypervisor")
    @Param(description = "kind of hypervisor")
    private final String hypervisor;

    @SerializedName("rootdeviceid")
    @Param(description = "position of the root volume")
    private final @Nullable Long rootdeviceid;

    @SerializedName("rootdevicetype")
    @Param(description = "ROOT when the VM has a root volume")
    private final @Nullable String rootdevicetype;

    @SerializedName("ipaddress")
    @Param(description = "IPv4 address of the default interface")
    private final @Nullable String ipaddress;

    @SerializedName("nic")
    @Param(description = "the interfaces", responseObject = NicResponse.class)
    private final List<NicResponse> nic;

    @SerializedName("details")
    @Param(description = "details of the VM")
    private final @Nullable Map<String, String> details;

    @SerializedName("affinitygroup")
    @Param(description = "always empty: there are no affinity groups here")
    private final List<String> affinitygroup;

    @SerializedName("securitygroup")
    @Param(description = "always empty: there are no security groups here")
    private final List<String> securitygroup;

    @SerializedName("displayvm")
    @Param(description = "always true")
    private final boolean displayvm;

    @SerializedName("haenable")
    @Param(description = "always false")
    private final boolean haenable;

    @SerializedName("passwordenabled")
    @Param(description = "always false")
    private final boolean passwordenabled;

    @SerializedName("isdynamicallyscalable")
    @Param(description = "always false")
    private final boolean isdynamicallyscalable;

    UserVmResponse(ListedVm listed) {
        Vm vm = listed.vm();
        Named backup = listed.backupOffering();
        Volume root = listed.rootVolume();
        id = vm.uuid();
        name = vm.name();
        displayname = vm.displayName();
        instancename = vm.instanceName();
        state = vm.state().wireName();
        created = Date.from(vm.created());
        account = listed.owner().accountOrNull();
        projectid = listed.owner().projectUuid();
        project = listed.owner().projectName();
        domainId = listed.owner().domainUuid();
        domain = listed.owner().domain();
        domainPath = listed.owner().domainPath();
        zoneId = listed.zone().uuid();
        zoneName = listed.zone().name();
        templateid = listed.template().uuid();
        templatename = listed.template().name();
        templatedisplaytext = listed.templateDisplayText();
        serviceofferingid = listed.serviceOffering().uuid();
        serviceofferingname = listed.serviceOffering().name();
        cpunumber = listed.serviceOffering().cpuNumber();
        cpuspeed = listed.serviceOffering().cpuSpeedMhz();
        memory = listed.serviceOffering().memoryMib();
        backupofferingid = backup == null ? null : backup.uuid();
        backupofferingname = backup == null ? null : backup.name();
        guestosid = listed.guestOs().uuid();
        ostypeid = listed.guestOs().uuid();
        osdisplayname = listed.guestOs().name();
        oscategoryid = listed.guestOsCategory().uuid();
        oscategoryname = listed.guestOsCategory().name();
        hypervisor = vm.hypervisorType();
        rootdeviceid = root == null ? null : root.deviceId();
        rootdevicetype = root == null ? null : "ROOT";
        ipaddress = listed.nics().isEmpty() ? null : listed.nics().get(0).ipAddress();
        nic = listed.nics().stream().map(NicResponse::new).toList();
        details = listed.details().isEmpty() ? null : listed.details();
        affinitygroup = List.of();
        securitygroup = List.of();
        displayvm = true;
        haenable = false;
        passwordenabled = false;
        isdynamicallyscalable = false;
        setObjectName("virtualmachine");
    }
}
