/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.spi.StorageUse;

/**
 * The backup storage of a zone: that of all its products together, as each was last told.
 *
 * @param usedBytes of products that tell both; of all when none tells a total
 * @param totalBytes 0 when no product tells it
 */
public record ZoneCapacity(Zone zone, long usedBytes, long totalBytes) {
    public ZoneCapacity {
        requireNonNull(zone, "zone is null");
    }

    /** Used of total, 0 to 1 or somewhat above; 0 when there is no total. */
    public double fraction() {
        return totalBytes == 0 ? 0 : (double) usedBytes / totalBytes;
    }

    /** A product that does not tell its total would make the others look fuller than they are, so it is left out then. */
    static ZoneCapacity of(Zone zone, Collection<StorageUse> products) {
        List<StorageUse> measurable =
                products.stream().filter(use -> use.totalBytes() > 0).toList();
        Collection<StorageUse> counted = measurable.isEmpty() ? products : measurable;
        return new ZoneCapacity(
                zone,
                counted.stream().mapToLong(StorageUse::usedBytes).sum(),
                counted.stream().mapToLong(StorageUse::totalBytes).sum());
    }
}
