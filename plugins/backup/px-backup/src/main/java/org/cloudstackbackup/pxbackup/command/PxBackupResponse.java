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
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupShare;
import org.cloudstackbackup.pxbackup.client.CompletionTimes;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.jspecify.annotations.Nullable;

/** A backup as PX-Backup knows it. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupResponse extends BaseResponse {
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

    @SerializedName("clustername")
    @Param(description = "name of the cluster")
    private @Nullable String clusterName;

    @SerializedName("clusteruid")
    @Param(description = "uid of the cluster")
    private @Nullable String clusterUid;

    @SerializedName("backuplocationname")
    @Param(description = "name of the location")
    private @Nullable String backupLocationName;

    @SerializedName("backuplocationuid")
    @Param(description = "uid of the location")
    private @Nullable String backupLocationUid;

    @SerializedName("backuptype")
    @Param(description = "Normal or Generic")
    private @Nullable String backupType;

    @SerializedName("backupobjecttype")
    @Param(description = "All or VirtualMachine")
    private @Nullable String backupObjectType;

    @SerializedName("namespaces")
    @Param(description = "namespaces")
    private @Nullable List<String> namespaces;

    @SerializedName("labelselectors")
    @Param(description = "labels that objects are chosen by")
    private @Nullable Map<String, String> labelSelectors;

    @SerializedName("nslabelselectors")
    @Param(description = "labels that namespaces are chosen by")
    private @Nullable String nsLabelSelectors;

    @SerializedName("advancedresourcelabelselector")
    @Param(description = "labels that objects are chosen by, with operators")
    private @Nullable String advancedResourceLabelSelector;

    @SerializedName("resourcetypes")
    @Param(description = "kinds of objects")
    private @Nullable List<String> resourceTypes;

    @SerializedName("excluderesourcetypes")
    @Param(description = "kinds of objects that are left out")
    private @Nullable List<String> excludeResourceTypes;

    @SerializedName("includeresources")
    @Param(description = "objects that were named", responseObject = PxBackupResourceResponse.class)
    private @Nullable List<PxBackupResourceResponse> includeResources;

    @SerializedName("preexecrule")
    @Param(description = "rule that runs before")
    private @Nullable String preExecRule;

    @SerializedName("postexecrule")
    @Param(description = "rule that runs after")
    private @Nullable String postExecRule;

    @SerializedName("directkdmp")
    @Param(description = "whether files are copied without a snapshot before")
    private @Nullable Boolean directKdmp;

    @SerializedName("skipvmautoexecrules")
    @Param(description = "whether guests are not frozen and thawed by themselves")
    private @Nullable Boolean skipVmAutoExecRules;

    @SerializedName("parallelbackup")
    @Param(description = "whether runs may overlap")
    private @Nullable Boolean parallelBackup;

    @SerializedName("keepcrstatus")
    @Param(description = "whether the state of custom resources is kept")
    private @Nullable Boolean keepCrStatus;

    @SerializedName("volumesnapshotclassmapping")
    @Param(description = "snapshot class for each provisioner")
    private @Nullable Map<String, String> volumeSnapshotClassMapping;

    @SerializedName("csisnapshotclassname")
    @Param(description = "snapshot class for all volumes")
    private @Nullable String csiSnapshotClassName;

    @SerializedName("volumeresourceonlypolicyname")
    @Param(description = "policy that names volumes whose data is not backed up")
    private @Nullable String volumeResourceOnlyPolicyName;

    @SerializedName("schedulepolicyname")
    @Param(description = "policy that it follows")
    private @Nullable String schedulePolicyName;

    @SerializedName("schedulepolicyuid")
    @Param(description = "uid of the policy")
    private @Nullable String schedulePolicyUid;

    @SerializedName("storkversion")
    @Param(description = "version of the data mover")
    private @Nullable String storkVersion;

    @SerializedName("missingnamespaces")
    @Param(description = "namespaces that were not there")
    private @Nullable List<String> missingNamespaces;

    PxBackupResponse(BackupObject backup) {
        super("pxbackup");
        Metadata metadata = backup.metadata();
        if (metadata != null) {
            uid = metadata.uid();
            name = metadata.name();
            orgId = metadata.orgId();
            created = Shown.date(metadata.createTime());
            lastUpdated = Shown.date(metadata.lastUpdateTime());
            labels = Shown.map(metadata.labels());
            ownership = OwnershipResponse.of(metadata);
        }
        BackupInfo info = backup.backupInfo();
        if (info != null) {
            showWhat(info);
            showHowFar(info);
            showOrigin(info);
        }
    }

    private void showWhat(BackupInfo info) {
        clusterName = Shown.either(Shown.name(info.clusterRef()), info.cluster());
        clusterUid = Shown.uid(info.clusterRef());
        backupLocationName = Shown.either(Shown.name(info.backupLocationRef()), info.backupLocation());
        backupLocationUid = Shown.uid(info.backupLocationRef());
        backupType = Shown.type(info.backupType());
        backupObjectType = Shown.type(info.backupObjectType());
        namespaces = Shown.texts(info.namespaces());
        labelSelectors = Shown.map(info.labelSelectors());
        nsLabelSelectors = info.nsLabelSelectors();
        advancedResourceLabelSelector = info.advancedResourceLabelSelector();
        resourceTypes = Shown.texts(info.resourceTypes());
        excludeResourceTypes = Shown.texts(info.excludeResourceTypes());
        includeResources = Shown.list(info.includeResources(), PxBackupResourceResponse::of);
        preExecRule = Shown.either(Shown.name(info.preExecRuleRef()), info.preExecRule());
        postExecRule = Shown.either(Shown.name(info.postExecRuleRef()), info.postExecRule());
        directKdmp = info.directKdmp();
        skipVmAutoExecRules = info.skipVmAutoExecRules();
        parallelBackup = info.parallelBackup();
        keepCrStatus = info.keepCrStatus();
        volumeSnapshotClassMapping = Shown.map(info.volumeSnapshotClassMapping());
        csiSnapshotClassName = info.csiSnapshotClassName();
        volumeResourceOnlyPolicyName = Shown.name(info.volumeResourceOnlyPolicyRef());
        schedulePolicyName = Shown.name(info.schedulePolicyRef());
        schedulePolicyUid = Shown.uid(info.schedulePolicyRef());
        storkVersion = info.storkVersion();
        missingNamespaces = Shown.texts(info.missingNamespaces());
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
