/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.DailyPolicy;
import org.cloudstackbackup.pxbackup.client.IncrementalCount;
import org.cloudstackbackup.pxbackup.client.IntervalPolicy;
import org.cloudstackbackup.pxbackup.client.MonthlyPolicy;
import org.cloudstackbackup.pxbackup.client.WeeklyPolicy;
import org.jspecify.annotations.Nullable;

/** When one kind of interval is due, and how many backups it keeps. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupTimesResponse extends BaseResponse {
    @SerializedName("minutes")
    @Param(description = "minutes between two backups")
    private @Nullable Long minutes;

    @SerializedName("time")
    @Param(description = "time of day in the zone of the cluster")
    private @Nullable String time;

    @SerializedName("day")
    @Param(description = "days of the week")
    private @Nullable String day;

    @SerializedName("date")
    @Param(description = "day of the month")
    private @Nullable Long date;

    @SerializedName("retain")
    @Param(description = "backups that are kept")
    private @Nullable Long retain;

    @SerializedName("incrementalcount")
    @Param(description = "increments between two full backups")
    private @Nullable Long incrementalCount;

    PxBackupTimesResponse(@Nullable String at, @Nullable Long retain, @Nullable IncrementalCount increments) {
        super("times");
        time = at;
        this.retain = retain;
        incrementalCount = increments == null ? null : increments.count();
    }

    static @Nullable PxBackupTimesResponse of(@Nullable IntervalPolicy policy) {
        if (policy == null) {
            return null;
        }
        PxBackupTimesResponse times = new PxBackupTimesResponse(null, policy.retain(), policy.incrementalCount());
        times.minutes = policy.minutes();
        return times;
    }

    static @Nullable PxBackupTimesResponse of(@Nullable DailyPolicy policy) {
        return policy == null
                ? null
                : new PxBackupTimesResponse(policy.time(), policy.retain(), policy.incrementalCount());
    }

    static @Nullable PxBackupTimesResponse of(@Nullable WeeklyPolicy policy) {
        if (policy == null) {
            return null;
        }
        PxBackupTimesResponse times =
                new PxBackupTimesResponse(policy.time(), policy.retain(), policy.incrementalCount());
        times.day = policy.day();
        return times;
    }

    static @Nullable PxBackupTimesResponse of(@Nullable MonthlyPolicy policy) {
        if (policy == null) {
            return null;
        }
        PxBackupTimesResponse times =
                new PxBackupTimesResponse(policy.time(), policy.retain(), policy.incrementalCount());
        times.date = policy.date();
        return times;
    }
}
