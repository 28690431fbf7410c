/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place where VMs live.
 *
 * @param networkType {@code Basic} or {@code Advanced}
 * @param allocationState {@code Enabled} or {@code Disabled}
 * @param inventory name of the {@link Hypervisor} that runs its VMs, such as {@code simulator}
 */
public record Zone(
        long id,
        String uuid,
        String name,
        @Nullable String description,
        String networkType,
        String allocationState,
        String inventory,
        Instant created,
        @Nullable Instant removed) {}
