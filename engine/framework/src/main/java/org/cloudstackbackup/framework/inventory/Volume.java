/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A disk.
 *
 * @param path where the hypervisor finds it; null before it was made
 * @param vmId the VM it is attached to, null when detached
 * @param deviceId position in the VM, 0 for the root volume; null when detached
 */
public record Volume(
        long id,
        String uuid,
        String name,
        VolumeType type,
        VolumeState state,
        long sizeBytes,
        @Nullable String path,
        @Nullable Long vmId,
        @Nullable Long deviceId,
        long diskOfferingId,
        @Nullable Long templateId,
        @Nullable Long minIops,
        @Nullable Long maxIops,
        long zoneId,
        Owner owner,
        Instant created,
        @Nullable Instant removed) {}
