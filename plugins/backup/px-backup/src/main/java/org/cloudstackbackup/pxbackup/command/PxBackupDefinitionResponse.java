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
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.BackupDefinition;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.jspecify.annotations.Nullable;

/** What is backed up and how, of a backup or of a schedule. */
@SuppressWarnings("UnusedVariable")
abstract class PxBackupDefinitionResponse extends PxBackupObjectResponse {
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

    PxBackupDefinitionResponse(String objectName, @Nullable Metadata metadata) {
        super(objectName, metadata);
    }

    /** @param schedulePolicy its name where only that is known */
    final void showWhat(BackupDefinition info, @Nullable String schedulePolicy) {
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
        schedulePolicyName = Shown.either(Shown.name(info.schedulePolicyRef()), schedulePolicy);
        schedulePolicyUid = Shown.uid(info.schedulePolicyRef());
        storkVersion = info.storkVersion();
        missingNamespaces = Shown.texts(info.missingNamespaces());
    }
}
