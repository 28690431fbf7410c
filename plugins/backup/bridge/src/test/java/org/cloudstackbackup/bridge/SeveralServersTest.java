/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloud.vm.VMInstanceVO;
import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.junit.jupiter.api.Test;

/** Two management servers with a listing each, over the same tables. */
class SeveralServersTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final Rig rig = new Rig();
    private final VMInstanceVO database = rig.machine("db-1", Rig.GIB, Rig.GIB);

    @Test
    void whatOneServerRemovedIsNotBroughtBackByTheOlderListingOfAnother() {
        RestorePoint deleted = rig.product.point("deleted", database.getUuid(), volumesOf(database));
        rig.product.point("lost", database.getUuid(), volumesOf(database));
        DriverBackupProvider other = otherServer();
        rig.sync(database);
        rig.clock.advance(INTERVAL);
        other.syncBackupMetrics(FakeCloudStack.ZONE);
        BackupVO row = rig.cloudStack.rowsOf(database).stream()
                .filter(each -> each.getExternalId().equals("deleted"))
                .findFirst()
                .orElseThrow();
        rig.provider.deleteBackup(row, false);
        rig.cloudStack.backups.remove(row.getId());
        rig.product.points.remove("lost");
        for (int run = 0; run < 2; run++) {
            rig.clock.advance(INTERVAL);
            rig.sync(database);
        }
        assertThat(rig.cloudStack.rowsOf(database)).isEmpty();

        rig.cloudStack.sync(other, database, List.of());
        assertThat(rig.cloudStack.rowsOf(database))
                .as("the other server's listing still has both")
                .isEmpty();

        rig.product.points.put("deleted", deleted);
        rig.clock.advance(LATER);
        rig.cloudStack.sync(other, database);
        assertThat(rig.row(database).getExternalId())
                .as("the product has it after all")
                .isEqualTo("deleted");
    }

    private DriverBackupProvider otherServer() {
        DriverBackupProvider first = rig.provider;
        rig.restart();
        DriverBackupProvider other = rig.provider;
        rig.provider = first;
        return other;
    }

    private List<VolumeRef> volumesOf(VMInstanceVO vm) {
        return rig.parts().machines.reference(vm).volumes();
    }
}
