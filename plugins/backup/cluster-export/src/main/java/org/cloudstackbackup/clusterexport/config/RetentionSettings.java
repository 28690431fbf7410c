/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.time.Duration;

/** How long runs are kept: the newest {@code runs} complete ones, and every run younger than {@code age}. */
public record RetentionSettings(boolean enabled, Duration age, int runs, boolean atStart) {}
