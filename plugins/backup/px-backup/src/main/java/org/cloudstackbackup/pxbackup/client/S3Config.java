/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** How an object store is reached. */
public record S3Config(
        @Nullable String endpoint,
        @Nullable String region,
        boolean disableSsl,
        boolean disablePathStyle,
        @Nullable String storageClass,
        @Nullable String sseType,
        @Nullable Typed azureEnvironment,
        @Nullable String azureResourceGroupName,
        @Nullable String azureAccountName,
        @Nullable String azureSubscriptionId,
        @Nullable String googleProjectId) {}
