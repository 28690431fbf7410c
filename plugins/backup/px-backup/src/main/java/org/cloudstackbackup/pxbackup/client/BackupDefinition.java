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

/** What is backed up and how: what a backup and the schedule that makes backups have in common. */
public sealed interface BackupDefinition permits BackupInfo, BackupScheduleInfo {
    @Nullable
    ObjectRef clusterRef();

    @Nullable
    String cluster();

    @Nullable
    ObjectRef backupLocationRef();

    @Nullable
    String backupLocation();

    @Nullable
    Typed backupType();

    @Nullable
    Typed backupObjectType();

    List<String> namespaces();

    Map<String, String> labelSelectors();

    @Nullable
    String nsLabelSelectors();

    @Nullable
    String advancedResourceLabelSelector();

    List<String> resourceTypes();

    List<String> excludeResourceTypes();

    List<ResourceInfo> includeResources();

    @Nullable
    ObjectRef preExecRuleRef();

    @Nullable
    String preExecRule();

    @Nullable
    ObjectRef postExecRuleRef();

    @Nullable
    String postExecRule();

    boolean directKdmp();

    boolean skipVmAutoExecRules();

    boolean parallelBackup();

    boolean keepCrStatus();

    Map<String, String> volumeSnapshotClassMapping();

    @Nullable
    String csiSnapshotClassName();

    @Nullable
    ObjectRef volumeResourceOnlyPolicyRef();

    @Nullable
    ObjectRef schedulePolicyRef();

    @Nullable
    String storkVersion();

    List<String> missingNamespaces();
}
