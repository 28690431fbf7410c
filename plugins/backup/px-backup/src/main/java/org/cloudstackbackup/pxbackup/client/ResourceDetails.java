/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import org.jspecify.annotations.Nullable;

/** An object of a machine in a backup. */
public record ResourceDetails(
        @Nullable String name,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String version,
        @Nullable StatusInfo status) {}
