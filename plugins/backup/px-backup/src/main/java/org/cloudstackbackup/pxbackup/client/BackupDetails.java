/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backup with the state of each machine, volume and object in it. Absent is null; a list or map is never null. */
public record BackupDetails(
        @Nullable Metadata metadata,
        @Nullable String cluster,
        Map<String, String> labelSelectors,
        @Nullable StatusInfo status,
        @Nullable String stage,
        @Nullable Long totalSize,
        @Nullable String csiSnapshotClassName,
        List<String> resourceTypes,
        @Nullable ObjectRef backupLocationRef,
        @Nullable ObjectRef clusterRef,
        @Nullable String nsLabelSelectors,
        Map<String, String> rancherProjects,
        boolean directKdmp,
        boolean largeResourceEnabled,
        @Nullable Typed backupObjectType,
        boolean skipVmAutoExecRules,
        Map<String, String> volumeSnapshotClassMapping,
        @Nullable Instant retentionTime,
        @Nullable CompletionTimes completionTimeInfo,
        @Nullable String advancedResourceLabelSelector,
        @Nullable Long virtualMachinesTotalCount,
        @Nullable Long virtualMachinesFailedCount,
        List<String> namespaces,
        List<BackupVolume> volumes,
        List<ResourceInfo> resources,
        @Nullable DetailContainer resourceDetails,
        @Nullable Long totalResourceCount,
        List<FilteredNamespace> filteredNamespaces,
        @Nullable SyncStatus resourcesSyncStatusInfo,
        @Nullable SyncStatus namespaceSyncStatusInfo) {}
