/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyInfo;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyObject;
import org.jspecify.annotations.Nullable;

/** A policy that schedules may follow. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupSchedulePolicyResponse extends BaseResponse {
    @SerializedName("uid")
    @Param(description = "uid")
    private @Nullable String uid;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("orgid")
    @Param(description = "organisation")
    private @Nullable String orgId;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("lastupdated")
    @Param(description = "when it was changed last")
    private @Nullable Date lastUpdated;

    @SerializedName("labels")
    @Param(description = "labels")
    private @Nullable Map<String, String> labels;

    @SerializedName("ownership")
    @Param(description = "to whom it belongs", responseObject = OwnershipResponse.class)
    private @Nullable OwnershipResponse ownership;

    @SerializedName("interval")
    @Param(description = "every so many minutes", responseObject = PxBackupTimesResponse.class)
    private @Nullable PxBackupTimesResponse interval;

    @SerializedName("daily")
    @Param(description = "once a day", responseObject = PxBackupTimesResponse.class)
    private @Nullable PxBackupTimesResponse daily;

    @SerializedName("weekly")
    @Param(description = "on days of the week", responseObject = PxBackupTimesResponse.class)
    private @Nullable PxBackupTimesResponse weekly;

    @SerializedName("monthly")
    @Param(description = "once a month", responseObject = PxBackupTimesResponse.class)
    private @Nullable PxBackupTimesResponse monthly;

    @SerializedName("autodelete")
    @Param(description = "whether old backups are deleted")
    private @Nullable Boolean autoDelete;

    @SerializedName("forobjectlock")
    @Param(description = "whether it is made for locked locations")
    private @Nullable Boolean forObjectLock;

    @SerializedName("backupschedule")
    @Param(description = "schedules that follow it")
    private @Nullable List<String> backupSchedule;

    PxBackupSchedulePolicyResponse(SchedulePolicyObject policy) {
        super("pxbackupschedulepolicy");
        Metadata metadata = policy.metadata();
        if (metadata != null) {
            uid = metadata.uid();
            name = metadata.name();
            orgId = metadata.orgId();
            created = Shown.date(metadata.createTime());
            lastUpdated = Shown.date(metadata.lastUpdateTime());
            labels = Shown.map(metadata.labels());
            ownership = OwnershipResponse.of(metadata);
        }
        SchedulePolicyInfo info = policy.schedulePolicyInfo();
        if (info != null) {
            interval = PxBackupTimesResponse.of(info.interval());
            daily = PxBackupTimesResponse.of(info.daily());
            weekly = PxBackupTimesResponse.of(info.weekly());
            monthly = PxBackupTimesResponse.of(info.monthly());
            autoDelete = info.autoDelete();
            forObjectLock = info.forObjectLock();
            backupSchedule = Shown.texts(info.backupSchedule());
        }
    }
}
