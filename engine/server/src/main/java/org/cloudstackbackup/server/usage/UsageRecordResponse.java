/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.usage;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.usage.UsageRecord;
import org.cloudstackbackup.framework.usage.UsageSum;
import org.jspecify.annotations.Nullable;

/** What was protected and stored of one VM under one offering within an interval. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class UsageRecordResponse extends BaseResponse {
    @SerializedName("account")
    @Param(description = "name of the account; of the account behind it, if a project owns it")
    private @Nullable String account;

    @SerializedName("accountid")
    @Param(description = "id of the account")
    private @Nullable String accountid;

    @SerializedName("projectid")
    @Param(description = "id of the project, if one owns it")
    private @Nullable String projectid;

    @SerializedName("project")
    @Param(description = "name of the project, if one owns it")
    private @Nullable String project;

    @SerializedName("domainid")
    @Param(description = "id of the domain")
    private @Nullable String domainid;

    @SerializedName("domain")
    @Param(description = "name of the domain")
    private @Nullable String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the domain")
    private @Nullable String domainpath;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneid;

    @SerializedName("description")
    @Param(description = "what it is a record of")
    private @Nullable String description;

    @SerializedName("usage")
    @Param(description = "rawusage with its unit")
    private @Nullable String usage;

    @SerializedName("usagetype")
    @Param(description = "28")
    private @Nullable Integer usagetype;

    @SerializedName("rawusage")
    @Param(description = "hours within the interval in which the VM was protected or had backups")
    private @Nullable String rawusage;

    @SerializedName("usageid")
    @Param(description = "id of the VM")
    private @Nullable String usageid;

    @SerializedName("name")
    @Param(description = "name of the VM")
    private @Nullable String name;

    @SerializedName("offeringid")
    @Param(description = "id of the backup offering")
    private @Nullable String offeringid;

    @SerializedName("size")
    @Param(description = "average of the bytes on backup storage over these hours")
    private @Nullable Long size;

    @SerializedName("virtualsize")
    @Param(description = "average of the bytes of the protected disks over these hours")
    private @Nullable Long virtualsize;

    @SerializedName("startdate")
    @Param(description = "begin of the interval")
    private @Nullable Date startdate;

    @SerializedName("enddate")
    @Param(description = "end of the interval")
    private @Nullable Date enddate;

    UsageRecordResponse(UsageRecord record, Date start, Date end) {
        setObjectName("usagerecord");
        UsageSum sum = record.sum();
        this.account = sum.accountName();
        this.accountid = sum.accountUuid();
        this.projectid = sum.projectUuid();
        this.project = sum.projectName();
        this.domainid = sum.domainUuid();
        this.domain = sum.domainName();
        this.domainpath = Domain.displayPath(sum.domainPath());
        this.zoneid = sum.zoneUuid();
        this.description = "Backup usage of VM " + (sum.vmName() == null ? "that was purged" : sum.vmName())
                + " under backup offering " + sum.offeringName();
        this.rawusage = record.hours().toPlainString();
        this.usage = rawusage + " Hrs";
        this.usagetype = UsageTypeResponse.BACKUP;
        this.usageid = sum.vmUuid();
        this.name = sum.vmName();
        this.offeringid = sum.offeringUuid();
        this.size = record.averageBytes();
        this.virtualsize = record.averageProtectedBytes();
        this.startdate = start;
        this.enddate = end;
    }
}
