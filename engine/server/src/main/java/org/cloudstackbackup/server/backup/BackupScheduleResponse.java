/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.schedule.ListedSchedule;
import org.cloudstackbackup.framework.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/** A backup schedule of a VM. */
@SuppressWarnings("UnusedVariable")
public final class BackupScheduleResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the schedule")
    private @Nullable String id;

    @SerializedName("virtualmachineid")
    @Param(description = "id of the VM")
    private @Nullable String virtualmachineid;

    @SerializedName("virtualmachinename")
    @Param(description = "name of the VM")
    private @Nullable String virtualmachinename;

    @SerializedName("schedule")
    @Param(description = "the times, such as 15:02 for a daily one")
    private @Nullable String schedule;

    @SerializedName("intervaltype")
    @Param(description = "HOURLY, DAILY, WEEKLY or MONTHLY")
    private @Nullable String intervaltype;

    @SerializedName("timezone")
    @Param(description = "time zone of the times")
    private @Nullable String timezone;

    @SerializedName("maxbackups")
    @Param(description = "backups that are kept")
    private @Nullable Integer maxbackups;

    @SerializedName("quiescevm")
    @Param(description = "whether file systems are frozen")
    private @Nullable Boolean quiescevm;

    @SerializedName("nextrun")
    @Param(description = "when the next backup is due; not in CloudStack")
    private @Nullable Date nextrun;

    public BackupScheduleResponse(ListedSchedule listed) {
        setObjectName("backupschedule");
        Schedule schedule = listed.schedule();
        this.id = schedule.uuid();
        this.virtualmachineid = listed.vmUuid();
        this.virtualmachinename = listed.vmName();
        this.schedule = schedule.times();
        this.intervaltype = schedule.type().name();
        this.timezone = schedule.timezone();
        this.maxbackups = schedule.maxBackups();
        this.quiescevm = schedule.quiesce();
        this.nextrun = Date.from(schedule.next());
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
