/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is restored and how far it is. Absent is null; a list or map is never null. */
public record RestoreInfo(
        @Nullable String backup,
        @Nullable String backupLocation,
        Map<String, String> labelSelectors,
        Map<String, String> namespaceMapping,
        @Nullable String replacePolicy,
        @Nullable StatusInfo status,
        List<RestoredResource> resources,
        List<RestoredVolume> volumes,
        @Nullable String cluster,
        List<String> includeOptionalResourceTypes,
        @Nullable Long totalSize,
        List<ResourceInfo> includeResources,
        @Nullable Long resourceCount,
        @Nullable String storkVersion,
        @Nullable ObjectRef backupLocationRef,
        Map<String, String> storageClassMapping,
        @Nullable ObjectRef backupRef,
        Map<String, String> rancherProjectMapping,
        Map<String, String> rancherProjectNameMapping,
        boolean largeResourceEnabled,
        @Nullable Long restoredResourceCount,
        @Nullable RestoreProgress restoreStatus,
        @Nullable ObjectRef clusterRef,
        @Nullable Typed backupObjectType,
        @Nullable MachineRestoreOptions virtualMachineRestoreOptions,
        boolean isSfr,
        @Nullable FileRestore fileLevelRestoreInfo,
        @Nullable RestoreFilter filter,
        @Nullable String targetNamespacePrefix,
        @Nullable RestoredResources restoreResources,
        @Nullable Long retentionPeriod) {}
