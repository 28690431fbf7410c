/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyInfo;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyObject;
import org.jspecify.annotations.Nullable;

/** A policy that schedules may follow. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupSchedulePolicyResponse extends PxBackupObjectResponse {
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
        super("pxbackupschedulepolicy", policy.metadata());
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
