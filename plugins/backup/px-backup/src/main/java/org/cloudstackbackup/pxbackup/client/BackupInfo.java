/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a backup is made of and how far it is. Absent is null; a list or map is never null. */
public record BackupInfo(
        @Nullable String backupLocation,
        @Nullable String cluster,
        List<String> namespaces,
        Map<String, String> labelSelectors,
        @Nullable StatusInfo status,
        List<ResourceInfo> resources,
        List<BackupVolume> volumes,
        @Nullable String backupPath,
        @Nullable String stage,
        @Nullable String preExecRule,
        @Nullable String postExecRule,
        @Nullable ObjectRef backupSchedule,
        @Nullable String crName,
        @Nullable Long totalSize,
        @Nullable String cloudCredential,
        List<ResourceInfo> includeResources,
        @Nullable Long resourceCount,
        @Nullable String storkVersion,
        @Nullable String csiSnapshotClassName,
        List<String> resourceTypes,
        @Nullable ObjectRef backupLocationRef,
        @Nullable ObjectRef preExecRuleRef,
        @Nullable ObjectRef postExecRuleRef,
        @Nullable ObjectRef cloudCredentialRef,
        @Nullable Typed backupType,
        @Nullable String crUid,
        @Nullable Long retentionPeriod,
        @Nullable BackupShare backupShare,
        @Nullable String userBackupshareAccess,
        @Nullable ObjectRef clusterRef,
        @Nullable String nsLabelSelectors,
        Map<String, String> rancherProjects,
        @Nullable String targetNamespace,
        boolean largeResourceEnabled,
        @Nullable Typed backupObjectType,
        boolean skipVmAutoExecRules,
        Map<String, String> volumeSnapshotClassMapping,
        boolean directKdmp,
        @Nullable Instant retentionTime,
        @Nullable CompletionTimes completionTimeInfo,
        List<String> excludeResourceTypes,
        boolean parallelBackup,
        boolean keepCrStatus,

        @JsonProperty("isBackupReady_for_PXDLocalSnapshotRestore")
        boolean isBackupReadyForPXDLocalSnapshotRestore,

        @Nullable String advancedResourceLabelSelector,
        @Nullable ObjectRef schedulePolicyRef,
        List<BackupMachine> virtualMachines,
        @Nullable Long virtualMachinesTotalCount,
        @Nullable Long virtualMachinesFailedCount,
        @Nullable ObjectRef retryParent,
        @Nullable ObjectRef volumeResourceOnlyPolicyRef,
        List<MachineResource> virtualMachineResources,
        List<String> missingNamespaces,
        @Nullable MachineResources vmResources,
        @Nullable NamespaceResources namespaceResources,
        @Nullable SyncStatus resourcesSyncStatusInfo,
        @Nullable SyncStatus namespaceSyncStatusInfo,
        @Nullable Long failedResourceCount,
        @Nullable Long failedVolCount)
        implements BackupDefinition {}
