/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Narrows to machines. Absent is null; a list or map is never null. */
public record MachineFilter(
        @Nullable String vmNamePattern,
        List<String> osName,
        List<BackupMachine> includeVms,
        List<BackupMachine> excludeVms) {}
