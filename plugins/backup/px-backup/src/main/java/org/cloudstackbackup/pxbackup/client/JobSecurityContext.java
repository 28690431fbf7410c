/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** As whom a volume is copied. */
public record JobSecurityContext(
        @JsonProperty("runAsUser") @Nullable Long runAsUser,
        @JsonProperty("runAsGroup") @Nullable Long runAsGroup) {}
