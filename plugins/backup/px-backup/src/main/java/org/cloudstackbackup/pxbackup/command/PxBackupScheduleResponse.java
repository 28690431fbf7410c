/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.pxbackup.client.BackupScheduleInfo;
import org.cloudstackbackup.pxbackup.client.BackupScheduleObject;
import org.cloudstackbackup.pxbackup.client.Remark;
import org.cloudstackbackup.pxbackup.client.ScheduleRun;
import org.cloudstackbackup.pxbackup.client.SuspendedBy;
import org.jspecify.annotations.Nullable;

/** A schedule as PX-Backup knows it. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupScheduleResponse extends PxBackupDefinitionResponse {
    @SerializedName("status")
    @Param(description = "state")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state")
    private @Nullable String reason;

    @SerializedName("suspend")
    @Param(description = "whether it makes no backups")
    private @Nullable Boolean suspend;

    @SerializedName("suspendedby")
    @Param(description = "who suspended it")
    private @Nullable String suspendedBy;

    @SerializedName("reclaimpolicy")
    @Param(description = "what becomes of backups that the policy no longer keeps")
    private @Nullable String reclaimPolicy;

    @SerializedName("remark")
    @Param(description = "note about the last change")
    private @Nullable String remark;

    @SerializedName("run")
    @Param(description = "its runs, the oldest first", responseObject = PxBackupScheduleRunResponse.class)
    private @Nullable List<PxBackupScheduleRunResponse> run;

    PxBackupScheduleResponse(BackupScheduleObject schedule) {
        super("pxbackupschedule", schedule.metadata());
        BackupScheduleInfo info = schedule.backupScheduleInfo();
        if (info != null) {
            showWhat(info, info.schedulePolicy());
            showState(info);
        }
    }

    private void showState(BackupScheduleInfo info) {
        ScheduleRun state = info.status();
        SuspendedBy by = info.suspendedBy();
        Remark note = info.remark();
        status = state == null ? null : state.status();
        reason = state == null ? null : state.reason();
        suspend = info.suspend();
        suspendedBy = by == null ? null : by.source();
        reclaimPolicy = info.reclaimPolicy();
        remark = note == null ? null : note.comment();
        List<PxBackupScheduleRunResponse> runs = new ArrayList<>();
        info.backupStatus()
                .forEach((interval, made) ->
                        made.status().forEach(each -> runs.add(new PxBackupScheduleRunResponse(interval, each))));
        run = runs.isEmpty() ? null : runs;
    }
}
