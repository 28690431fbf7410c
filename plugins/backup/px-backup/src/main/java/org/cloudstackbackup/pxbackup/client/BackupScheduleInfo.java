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

/** What a schedule backs up, how, and what its runs came to. Absent is null; a list or map is never null. */
public record BackupScheduleInfo(
        @Nullable String schedulePolicy,
        boolean suspend,
        @Nullable String reclaimPolicy,
        Map<String, ScheduleRuns> backupStatus,
        @Nullable String backupLocation,
        @Nullable String cluster,
        List<String> namespaces,
        Map<String, String> labelSelectors,
        @Nullable String preExecRule,
        @Nullable String postExecRule,
        @Nullable ScheduleRun status,
        @Nullable SuspendedBy suspendedBy,
        List<ResourceInfo> includeResources,
        @Nullable String storkVersion,
        @Nullable String csiSnapshotClassName,
        List<String> resourceTypes,
        @Nullable ObjectRef schedulePolicyRef,
        @Nullable ObjectRef backupLocationRef,
        @Nullable ObjectRef preExecRuleRef,
        @Nullable ObjectRef postExecRuleRef,
        @Nullable Typed backupType,
        @Nullable String nsLabelSelectors,
        @Nullable String targetNamespace,
        @Nullable ObjectRef clusterRef,
        @Nullable Typed backupObjectType,
        boolean skipVmAutoExecRules,
        Map<String, String> volumeSnapshotClassMapping,
        boolean directKdmp,
        List<String> excludeResourceTypes,
        boolean parallelBackup,
        boolean keepCrStatus,
        @Nullable String advancedResourceLabelSelector,
        @Nullable ObjectRef volumeResourceOnlyPolicyRef,
        @Nullable Remark remark,
        List<String> missingNamespaces)
        implements BackupDefinition {}
