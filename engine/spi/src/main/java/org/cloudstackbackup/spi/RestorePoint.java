/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete backup of one VM at the product.
 *
 * @param id the product's id, unique within the zone
 * @param vmUuid CloudStack's id of the VM, as far as the product knows it; null when it cannot tell
 * @param vmName the product's name of the VM, for people
 * @param offeringExternalId the policy that made it; null when the product does not say
 * @param created when the data was frozen
 * @param type the product's word, such as {@code FULL} or {@code INCREMENTAL}
 * @param sizeBytes bytes on backup storage
 * @param protectedBytes sum of the virtual sizes of the volumes
 * @param volumes the volumes in it; never empty, a point without volumes is no backup
 */
public record RestorePoint(
        String id,
        @Nullable String vmUuid,
        String vmName,
        @Nullable String offeringExternalId,
        Instant created,
        String type,
        long sizeBytes,
        long protectedBytes,
        List<VolumeRef> volumes) {
    public RestorePoint {
        requireNonNull(id, "id is null");
        requireNonNull(vmName, "vmName is null");
        requireNonNull(created, "created is null");
        requireNonNull(type, "type is null");
        volumes = List.copyOf(volumes);
        if (volumes.isEmpty()) {
            throw new IllegalArgumentException("Restore point " + id + " has no volume in it");
        }
        if (sizeBytes < 0 || protectedBytes < 0) {
            throw new IllegalArgumentException(
                    "Restore point " + id + " has a negative size: " + sizeBytes + " of " + protectedBytes);
        }
    }
}
