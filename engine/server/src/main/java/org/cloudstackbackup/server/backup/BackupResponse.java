/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.jspecify.annotations.Nullable;

/** A backup. */
@SuppressWarnings("UnusedVariable")
public final class BackupResponse extends BaseResponse {
    /** By CloudStack's numbers. */
    static final List<String> INTERVALS = List.of("HOURLY", "DAILY", "WEEKLY", "MONTHLY");

    static final String MANUAL = "MANUAL";

    @SerializedName("id")
    @Param(description = "id of the backup")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("description")
    @Param(description = "description")
    private @Nullable String description;

    @SerializedName("virtualmachineid")
    @Param(description = "id of the VM")
    private @Nullable String virtualmachineid;

    @SerializedName("virtualmachinename")
    @Param(description = "host name of the VM")
    private @Nullable String virtualmachinename;

    @SerializedName("externalid")
    @Param(description = "id at the provider")
    private @Nullable String externalid;

    @SerializedName("type")
    @Param(description = "what the provider calls it, such as FULL")
    private @Nullable String type;

    @SerializedName("created")
    @Param(description = "when the data was frozen")
    private @Nullable Date created;

    @SerializedName("size")
    @Param(description = "bytes on backup storage")
    private @Nullable Long size;

    @SerializedName("virtualsize")
    @Param(description = "bytes of the protected disks")
    private @Nullable Long virtualsize;

    @SerializedName("status")
    @Param(description = "Allocated, Queued, BackingUp, BackedUp, Restoring, Error, Failed or Removed")
    private @Nullable String status;

    @SerializedName("failurereason")
    @Param(description = "why the status is Error or Failed, in the words of the provider where it has some")
    private @Nullable String failurereason;

    @SerializedName("removed")
    @Param(description = "when it was removed; only with status Removed")
    private @Nullable Date removed;

    @SerializedName("provider")
    @Param(description = "name of the provider that made it")
    private @Nullable String provider;

    @SerializedName("scheduleid")
    @Param(description = "id of the schedule that made it")
    private @Nullable String scheduleid;

    @SerializedName("volumes")
    @Param(description = "JSON array of the volumes in it")
    private @Nullable String volumes;

    @SerializedName("backupofferingid")
    @Param(description = "id of the offering it was made under")
    private @Nullable String backupofferingid;

    @SerializedName("backupofferingname")
    @Param(description = "name of that offering")
    private @Nullable String backupofferingname;

    @SerializedName("accountid")
    @Param(description = "id of the owner")
    private @Nullable String accountid;

    @SerializedName("account")
    @Param(description = "name of the owner")
    private @Nullable String account;

    @SerializedName("projectid")
    @Param(description = "id of the project that owns it; absent, as its name, when an account does")
    private @Nullable String projectid;

    @SerializedName("project")
    @Param(description = "name of that project")
    private @Nullable String project;

    @SerializedName("domainid")
    @Param(description = "id of the owner's domain")
    private @Nullable String domainid;

    @SerializedName("domain")
    @Param(description = "name of the owner's domain")
    private @Nullable String domain;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneid;

    @SerializedName("zone")
    @Param(description = "name of the zone")
    private @Nullable String zone;

    @SerializedName("vmdetails")
    @Param(description = "what the VM was made of; only with listvmdetails")
    private @Nullable Map<String, String> vmdetails;

    @SerializedName("intervaltype")
    @Param(description = "MANUAL, or the interval of the schedule")
    private @Nullable String intervaltype;

    @SerializedName("vmbackupofferingremoved")
    @Param(description = "true when the VM has no or another offering now")
    private @Nullable Boolean vmbackupofferingremoved;

    @SerializedName("isbackupvmexpunged")
    @Param(description = "true when the VM is gone")
    private @Nullable Boolean isbackupvmexpunged;

    BackupResponse(BackupListing listing) {
        setObjectName("backup");
        Backup backup = listing.backup();
        this.id = backup.uuid();
        this.name = backup.name();
        this.description = backup.description();
        this.virtualmachineid = listing.vmUuid();
        this.virtualmachinename = listing.vmName();
        this.externalid = backup.externalId();
        this.type = backup.type();
        this.created = Date.from(backup.date());
        this.size = backup.sizeBytes();
        this.virtualsize = backup.protectedBytes();
        this.status = backup.status().wireName();
        this.failurereason = backup.failure();
        Instant gone = backup.removed();
        this.removed = gone == null ? null : Date.from(gone);
        this.provider = listing.provider();
        this.scheduleid = listing.scheduleUuid();
        this.volumes = BackedVolume.toJson(backup.volumes());
        this.backupofferingid = listing.offeringUuid();
        this.backupofferingname = listing.offeringName();
        boolean ofProject = listing.projectUuid() != null;
        this.accountid = ofProject ? null : listing.accountUuid();
        this.account = ofProject ? null : listing.accountName();
        this.projectid = listing.projectUuid();
        this.project = listing.projectName();
        this.domainid = listing.domainUuid();
        this.domain = listing.domainName();
        this.zoneid = listing.zoneUuid();
        this.zone = listing.zoneName();
        this.vmdetails = listing.details().isEmpty() ? null : new TreeMap<>(listing.details());
        this.intervaltype = intervalType(listing.scheduleType());
        Long protectedBy = listing.vmOfferingId();
        this.vmbackupofferingremoved = protectedBy == null || protectedBy != backup.offeringId() ? true : null;
        this.isbackupvmexpunged = listing.vmGone() ? true : null;
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }

    private static String intervalType(@Nullable Integer scheduleType) {
        return scheduleType == null || scheduleType < 0 || scheduleType >= INTERVALS.size()
                ? MANUAL
                : INTERVALS.get(scheduleType);
    }
}
