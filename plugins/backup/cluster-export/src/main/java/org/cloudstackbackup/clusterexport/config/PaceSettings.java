/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.time.Duration;

/** How fast, how parallel and how patient the program is. {@code retryAttempts} counts tries after the first. */
public record PaceSettings(
        int pageSize,
        int retryAttempts,
        Duration retryDelay,
        int lists,
        int uploads,
        Duration requestTimeout,
        Duration lockExpiry) {}
