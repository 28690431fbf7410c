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
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupShare;
import org.cloudstackbackup.pxbackup.client.CompletionTimes;
import org.jspecify.annotations.Nullable;

/** A backup as PX-Backup knows it. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupResponse extends PxBackupDefinitionResponse {
    @SerializedName("status")
    @Param(description = "Pending, InProgress, Success, PartialSuccess, Failed, Deleting, ...")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state, in PX-Backup's words")
    private @Nullable String reason;

    @SerializedName("stage")
    @Param(description = "what is being done")
    private @Nullable String stage;

    @SerializedName("backuppath")
    @Param(description = "where it is in the location")
    private @Nullable String backupPath;

    @SerializedName("totalsize")
    @Param(description = "bytes")
    private @Nullable Long totalSize;

    @SerializedName("resourcecount")
    @Param(description = "number of objects")
    private @Nullable Long resourceCount;

    @SerializedName("failedresourcecount")
    @Param(description = "number of objects that failed")
    private @Nullable Long failedResourceCount;

    @SerializedName("failedvolumecount")
    @Param(description = "number of volumes that failed")
    private @Nullable Long failedVolumeCount;

    @SerializedName("virtualmachinecount")
    @Param(description = "number of machines")
    private @Nullable Long virtualMachineCount;

    @SerializedName("virtualmachinefailedcount")
    @Param(description = "number of machines that failed")
    private @Nullable Long virtualMachineFailedCount;

    @SerializedName("virtualmachine")
    @Param(description = "the machines", responseObject = PxBackupResourceResponse.class)
    private @Nullable List<PxBackupResourceResponse> virtualMachine;

    @SerializedName("volume")
    @Param(description = "the volumes", responseObject = PxBackupResourceResponse.class)
    private @Nullable List<PxBackupResourceResponse> volume;

    @SerializedName("resource")
    @Param(description = "the objects, when details are asked for", responseObject = PxBackupResourceResponse.class)
    private @Nullable List<PxBackupResourceResponse> resource;

    @SerializedName("cloudcredentialname")
    @Param(description = "credential that it is read with; its secrets are not read")
    private @Nullable String cloudCredentialName;

    @SerializedName("schedulename")
    @Param(description = "schedule that made it")
    private @Nullable String scheduleName;

    @SerializedName("scheduleuid")
    @Param(description = "uid of the schedule")
    private @Nullable String scheduleUid;

    @SerializedName("retryparentname")
    @Param(description = "backup that it is a retry of")
    private @Nullable String retryParentName;

    @SerializedName("retryparentuid")
    @Param(description = "uid of that backup")
    private @Nullable String retryParentUid;

    @SerializedName("sharegroups")
    @Param(description = "groups that see it", responseObject = AccessResponse.class)
    private @Nullable List<AccessResponse> shareGroups;

    @SerializedName("sharecollaborators")
    @Param(description = "users that see it", responseObject = AccessResponse.class)
    private @Nullable List<AccessResponse> shareCollaborators;

    @SerializedName("retentiontime")
    @Param(description = "until when the location keeps it locked")
    private @Nullable Date retentionTime;

    @SerializedName("volumescompleted")
    @Param(description = "when the volumes were complete")
    private @Nullable Date volumesCompleted;

    @SerializedName("resourcescompleted")
    @Param(description = "when the objects were complete")
    private @Nullable Date resourcesCompleted;

    @SerializedName("completed")
    @Param(description = "when all was complete")
    private @Nullable Date completed;

    PxBackupResponse(BackupObject backup) {
        super("pxbackup", backup.metadata());
        BackupInfo info = backup.backupInfo();
        if (info != null) {
            showWhat(info, null);
            showHowFar(info);
            showOrigin(info);
        }
    }

    private void showHowFar(BackupInfo info) {
        status = Shown.status(info.status());
        reason = Shown.reason(info.status());
        stage = info.stage();
        backupPath = info.backupPath();
        totalSize = info.totalSize();
        resourceCount = info.resourceCount();
        failedResourceCount = info.failedResourceCount();
        failedVolumeCount = info.failedVolCount();
        virtualMachineCount = info.virtualMachinesTotalCount();
        virtualMachineFailedCount = info.virtualMachinesFailedCount();
        virtualMachine = Shown.list(info.virtualMachines(), PxBackupResourceResponse::of);
        volume = Shown.list(info.volumes(), PxBackupResourceResponse::of);
        resource = Shown.list(info.resources(), PxBackupResourceResponse::of);
        CompletionTimes times = info.completionTimeInfo();
        if (times != null) {
            volumesCompleted = Shown.date(times.volumesCompletionTime());
            resourcesCompleted = Shown.date(times.resourcesCompletionTime());
            completed = Shown.date(times.totalCompletionTime());
        }
    }

    private void showOrigin(BackupInfo info) {
        cloudCredentialName = Shown.either(Shown.name(info.cloudCredentialRef()), info.cloudCredential());
        scheduleName = Shown.name(info.backupSchedule());
        scheduleUid = Shown.uid(info.backupSchedule());
        retryParentName = Shown.name(info.retryParent());
        retryParentUid = Shown.uid(info.retryParent());
        retentionTime = Shown.date(info.retentionTime());
        BackupShare share = info.backupShare();
        if (share != null) {
            shareGroups = Shown.list(share.groups(), AccessResponse::new);
            shareCollaborators = Shown.list(share.collaborators(), AccessResponse::new);
        }
    }
}
