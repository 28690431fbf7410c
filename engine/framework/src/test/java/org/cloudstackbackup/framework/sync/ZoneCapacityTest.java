/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.spi.StorageUse;
import org.junit.jupiter.api.Test;

class ZoneCapacityTest {
    private static final Zone ZONE =
            new Zone(1, "zone-1", "zone", null, "Advanced", "Enabled", "sim", Instant.EPOCH, null);

    @Test
    void productsAreAddedUp() {
        assertThat(of(new StorageUse(10, 100), new StorageUse(20, 100)))
                .isEqualTo(new ZoneCapacity(ZONE, 30, 200))
                .extracting(ZoneCapacity::fraction)
                .isEqualTo(0.15);
    }

    @Test
    void aProductThatDoesNotTellItsTotalIsLeftOutWhenAnotherDoes() {
        assertThat(of(new StorageUse(10, 100), new StorageUse(500, 0))).isEqualTo(new ZoneCapacity(ZONE, 10, 100));
        assertThat(of(new StorageUse(500, 0))).isEqualTo(new ZoneCapacity(ZONE, 500, 0));
        assertThat(of(new StorageUse(500, 0)).fraction()).isZero();
        assertThat(of()).isEqualTo(new ZoneCapacity(ZONE, 0, 0));
    }

    private static ZoneCapacity of(StorageUse... products) {
        return ZoneCapacity.of(ZONE, List.of(products));
    }
}
