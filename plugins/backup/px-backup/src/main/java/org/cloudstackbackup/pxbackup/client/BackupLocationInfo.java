/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a location is and whether it can be used. Its secrets are not read. Absent is null; a list or map is never null. */
public record BackupLocationInfo(
        @Nullable String type,
        @Nullable String path,
        @Nullable String cloudCredential,
        @Nullable StatusInfo status,
        boolean validateCloudCredential,
        @Nullable ObjectRef cloudCredentialRef,
        boolean objectLockEnabled,
        boolean useWorkloadIdentity,
        List<ObjectRef> clusterRefs,
        @Nullable Instant validationStartedAt,
        boolean sync,
        @Nullable LocationSync syncInfo,
        @Nullable S3Config s3Config,
        @Nullable NfsConfig nfsConfig) {}
