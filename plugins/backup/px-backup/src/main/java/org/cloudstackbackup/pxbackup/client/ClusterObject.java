/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A cluster that can be backed up. */
public record ClusterObject(
        @Nullable Metadata metadata,
        @JsonProperty("clusterInfo") @Nullable ClusterInfo clusterInfo) {}
