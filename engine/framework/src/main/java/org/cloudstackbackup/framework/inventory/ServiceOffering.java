/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much computing a VM gets. */
public record ServiceOffering(
        long id,
        String uuid,
        String name,
        @Nullable String displayText,
        int cpuNumber,
        int cpuSpeedMhz,
        int memoryMib,
        Instant created,
        @Nullable Instant removed) {}
