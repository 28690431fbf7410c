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
 * What a policy of the product has made of one VM, and what is no good restore point, since it lacks a volume or the VM, or
 * failed: told so that people learn that a backup which they rely on is none. The product has ended it, and keeps it.
 *
 * @param id the product's id, unique within the zone, also among restore points
 * @param vmUuid CloudStack's id of the VM
 * @param offeringExternalId the policy that made it; null when the product does not say
 * @param created when the data was frozen, or was to be
 * @param type the product's word, such as {@code FULL} or {@code INCREMENTAL}
 * @param sizeBytes bytes on backup storage
 * @param protectedBytes sum of the virtual sizes of the volumes that are in it and well
 * @param volumes those that it is of, also those that it lacks, as far as they are known; the size of one that it lacks may be 0.
 *     Should the product list it as a restore point some day, it is believed only with all of these in it
 * @param reason why it is no good, in a sentence for people; the same as long as nothing changes
 */
public record IncompletePoint(
        String id,
        String vmUuid,
        @Nullable String offeringExternalId,
        Instant created,
        String type,
        long sizeBytes,
        long protectedBytes,
        List<VolumeRef> volumes,
        String reason) {
    public IncompletePoint {
        requireNonNull(id, "id is null");
        requireNonNull(vmUuid, "vmUuid is null");
        requireNonNull(created, "created is null");
        requireNonNull(type, "type is null");
        requireNonNull(reason, "reason is null");
        volumes = List.copyOf(volumes);
        if (sizeBytes < 0 || protectedBytes < 0) {
            throw new IllegalArgumentException(
                    "Incomplete point " + id + " has a negative size: " + sizeBytes + " of " + protectedBytes);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Incomplete point " + id + " does not say what is wrong with it");
        }
    }
}
