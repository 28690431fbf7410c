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
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.ListedVolume;
import org.cloudstackbackup.framework.inventory.Named;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.jspecify.annotations.Nullable;

/** A volume on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class VolumeResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the volume")
    private final String id;

    @SerializedName("name")
    @Param(description = "name of the volume")
    private final String name;

    @SerializedName("type")
    @Param(description = "ROOT or DATADISK")
    private final String type;

    @SerializedName("state")
    @Param(description = "state of the volume")
    private final String state;

    @SerializedName("size")
    @Param(description = "size in bytes")
    private final long size;

    @SerializedName("deviceid")
    @Param(description = "position in the VM")
    private final @Nullable Long deviceid;

    @SerializedName("virtualmachineid")
    @Param(description = "id of the VM it is attached to")
    private final @Nullable String virtualmachineid;

    @SerializedName("vmname")
    @Param(description = "host name of that VM")
    private final @Nullable String vmname;

    @SerializedName("vmdisplayname")
    @Param(description = "name to show of that VM")
    private final @Nullable String vmdisplayname;

    @SerializedName("vmstate")
    @Param(description = "state of that VM")
    private final @Nullable String vmstate;

    @SerializedName("attached")
    @Param(description = "when it was attached")
    private final @Nullable Date attached;

    @SerializedName("diskofferingid")
    @Param(description = "id of the disk offering")
    private final @Nullable String diskofferingid;

    @SerializedName("diskofferingname")
    @Param(description = "name of the disk offering")
    private final @Nullable String diskofferingname;

    @SerializedName("diskofferingdisplaytext")
    @Param(description = "description of the disk offering")
    private final @Nullable String diskofferingdisplaytext;

    @SerializedName("templateid")
    @Param(description = "id of the template it was made from")
    private final @Nullable String templateid;

    @SerializedName("templatename")
    @Param(description = "name of the template it was made from")
    private final @Nullable String templatename;

    @SerializedName("miniops")
    @Param(description = "least IO operations per second")
    private final @Nullable Long miniops;

    @SerializedName("maxiops")
    @Param(description = "most IO operations per second")
    private final @Nullable Long maxiops;

    @SerializedName("path")
    @Param(description = "where the hypervisor finds it", authorized = RoleType.Admin)
    private final @Nullable String path;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private final String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private final String zoneName;

    @SerializedName("account")
    @Param(description = "name of the owner")
    private final @Nullable String account;

    @SerializedName("projectid")
    @Param(description = "id of the project that owns the volume; absent when an account does")
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

    @SerializedName("created")
    @Param(description = "when it was made")
    private final Date created;

    @SerializedName("storagetype")
    @Param(description = "always shared")
    private final String storagetype;

    @SerializedName("provisioningtype")
    @Param(description = "always thin")
    private final String provisioningtype;

    @SerializedName("destroyed")
    @Param(description = "whether it waits for its data to be deleted")
    private final boolean destroyed;

    @SerializedName("isextractable")
    @Param(description = "always false")
    private final boolean isextractable;

    @SerializedName("displayvolume")
    @Param(description = "always true")
    private final boolean displayvolume;

    @SerializedName("quiescevm")
    @Param(description = "always false")
    private final boolean quiescevm;

    @SerializedName("supportsstoragesnapshot")
    @Param(description = "always false")
    private final boolean supportsstoragesnapshot;

    VolumeResponse(ListedVolume listed) {
        Volume stored = listed.volume();
        DiskOffering offering = listed.diskOffering();
        ListedVolume.Attachment attachment = listed.attachment();
        Named template = listed.template();
        id = stored.uuid();
        name = stored.name();
        type = stored.type().name();
        state = stored.state().wireName();
        size = stored.sizeBytes();
        deviceid = stored.deviceId();
        virtualmachineid = attachment == null ? null : attachment.vm().uuid();
        vmname = attachment == null ? null : attachment.vm().name();
        vmdisplayname = attachment == null ? null : attachment.displayName();
        vmstate = attachment == null ? null : attachment.vmState();
        attached = attachment == null || attachment.attached() == null ? null : Date.from(attachment.attached());
        diskofferingid = offering == null ? null : offering.uuid();
        diskofferingname = offering == null ? null : offering.name();
        diskofferingdisplaytext = offering == null ? null : offering.displayText();
        templateid = template == null ? null : template.uuid();
        templatename = template == null ? null : template.name();
        miniops = stored.minIops();
        maxiops = stored.maxIops();
        path = stored.path();
        zoneId = listed.zone().uuid();
        zoneName = listed.zone().name();
        account = listed.owner().accountOrNull();
        projectid = listed.owner().projectUuid();
        project = listed.owner().projectName();
        domainId = listed.owner().domainUuid();
        domain = listed.owner().domain();
        domainPath = listed.owner().domainPath();
        created = Date.from(stored.created());
        storagetype = "shared";
        provisioningtype = "thin";
        destroyed = stored.state() == VolumeState.DESTROY;
        isextractable = false;
        displayvolume = true;
        quiescevm = false;
        supportsstoragesnapshot = false;
        setObjectName("volume");
    }
}
