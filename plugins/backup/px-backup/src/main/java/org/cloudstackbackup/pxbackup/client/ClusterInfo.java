/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cluster is and whether it can be used. Its secrets are not read. Absent is null; a list or map is never null. */
public record ClusterInfo(
        @Nullable String cloudCredential,
        @Nullable StatusInfo status,
        @Nullable String storkVersion,
        @Nullable ObjectRef cloudCredentialRef,
        @Nullable StatusInfo backupShareStatusInfo,
        List<String> ownerGroupList,
        @Nullable ObjectRef platformCredentialRef,
        @Nullable String teleportClusterId,
        @Nullable String tenantId,
        @Nullable String provider,
        @Nullable String k8sVersion,
        @Nullable String deletedBy,
        @Nullable String timeZone,
        @Nullable String applicationClusterUuid) {}
