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
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.ScheduleRun;
import org.jspecify.annotations.Nullable;

/** One run of a schedule. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupScheduleRunResponse extends BaseResponse {
    @SerializedName("backupname")
    @Param(description = "the backup that it made")
    private @Nullable String backupName;

    @SerializedName("interval")
    @Param(description = "the kind of interval of the policy")
    private @Nullable String interval;

    @SerializedName("status")
    @Param(description = "Success, PartialSuccess, Failed, ...")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state")
    private @Nullable String reason;

    @SerializedName("created")
    @Param(description = "when it began")
    private @Nullable Date created;

    @SerializedName("finished")
    @Param(description = "when it ended")
    private @Nullable Date finished;

    PxBackupScheduleRunResponse(String interval, ScheduleRun run) {
        super("run");
        this.interval = interval;
        backupName = run.backupName();
        status = run.status();
        reason = run.reason();
        created = Shown.date(run.createTime());
        finished = Shown.date(run.finishTime());
    }
}
