/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.vm.VMInstanceVO;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.junit.jupiter.api.Test;

/** Runs of CloudStack's sync that take long, or meet deletions that do. */
class SyncRunTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration PER_MACHINE = Duration.ofSeconds(3);

    private final Rig rig = new Rig();

    @Test
    void oneListingServesALongRunWithChangesInBetween() {
        List<VMInstanceVO> machines = machines(120);
        rig.clock.advance(INTERVAL);
        rig.product.pageSize = 500;
        rig.provider.syncBackupMetrics(FakeCloudStack.ZONE);
        rig.product.calls.clear();
        for (int i = 0; i < machines.size(); i++) {
            VMInstanceVO vm = machines.get(i);
            if (i % 10 == 3) {
                rig.backup(vm);
            }
            if (i % 10 == 7) {
                delete(rig.row(vm));
            }
            List<String> before = List.copyOf(rig.product.calls);
            rig.cloudStack.sync(rig.provider, vm, rig.cloudStack.rowsOf(vm));
            assertThat(rig.product.calls)
                    .as("inside the transaction of machine %d", i)
                    .isEqualTo(before);
            assertThat(rig.cloudStack.rowsOf(vm)).hasSize(i % 10 == 3 ? 2 : i % 10 == 7 ? 0 : 1);
            rig.clock.advance(PER_MACHINE);
        }
        assertThat(rig.product.count("restorePoints")).isZero();
        assertThat(rig.cloudStack.counted).isEqualTo(120);

        rig.clock.advance(INTERVAL);
        assertThat(rig.sync(machines.toArray(VMInstanceVO[]::new))).isEmpty();
        assertThat(rig.cloudStack.counted).isEqualTo(120);
        assertThat(rig.product.count("restorePoints")).isEqualTo(1);
    }

    @Test
    void whatThisServerChangesWhileTheZoneIsListedIsInTheListing() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        VMInstanceVO database = rig.machine("db", Rig.GIB);
        BackupVO old = rig.backup(web);
        rig.clock.advance(INTERVAL);
        rig.product.pageSize = 500;
        RestorePoint point = Objects.requireNonNull(rig.product.points.get(old.getExternalId()));
        rig.product.during.put("restorePoints", () -> {
            rig.product.during.clear();
            delete(old);
            rig.backup(database);
            String made = rig.row(database).getExternalId();
            rig.product.points.remove(made);
            rig.product.points.put(old.getExternalId(), point);
        });
        rig.sync(web, database);
        assertThat(rig.cloudStack.rowsOf(web))
                .as("the deleted point is not taken for a new one")
                .isEmpty();
        assertThat(rig.provider.listRestorePoints(database))
                .extracting(told -> told.getId())
                .contains(rig.row(database).getExternalId());
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aRowThatEndedLateInARunIsNotRemovedByThatRunsListing() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        DriverBackupProvider other = rig.provider;
        rig.restart();
        rig.provider.syncBackupMetrics(FakeCloudStack.ZONE);
        rig.clock.advance(INTERVAL);
        rig.cloudStack.take(other, web);
        rig.clock.advance(INTERVAL);
        for (int i = 0; i < 3; i++) {
            rig.cloudStack.sync(rig.provider, web, rig.cloudStack.rowsOf(web));
        }
        assertThat(rig.row(web).getExternalId()).isEqualTo("point-1");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void anOldListingIsMadeAnewInTheBackgroundAndNotToldWhenTooOld() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        List<Runnable> background = new ArrayList<>();
        rig.background = background::add;
        assertThatThrownBy(() -> rig.provider.listRestorePoints(web)).hasMessageContaining("are being listed");
        assertThatThrownBy(() -> rig.provider.listRestorePoints(web)).hasMessageContaining("are being listed");
        assertThat(rig.product.count("restorePoints")).isZero();
        assertThat(background).as("one is enough").hasSize(1);
        background.remove(0).run();
        assertThat(rig.provider.listRestorePoints(web)).isEmpty();

        rig.clock.advance(Duration.ofMinutes(20));
        assertThat(rig.provider.listRestorePoints(web)).isEmpty();
        assertThat(background).hasSize(1);
        rig.clock.advance(Duration.ofMinutes(41));
        assertThatThrownBy(() -> rig.provider.listRestorePoints(web)).hasMessageContaining("are being listed");
        assertThat(rig.product.count("restorePoints")).isEqualTo(1);
        background.remove(0).run();
        assertThat(rig.provider.listRestorePoints(web)).isEmpty();
    }

    @Test
    void aDeletionOfAnHourKeepsItsRowAndIsCountedOnce() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        BackupVO row = rig.backup(web);
        rig.backup(rig.machine("db", Rig.GIB));
        rig.clock.advance(INTERVAL);
        DriverBackupProvider deleting = rig.provider;
        Instant begun = rig.clock.instant();
        rig.product.polls = 360;
        Instant[] lastRun = {begun};
        rig.whileWaiting = () -> {
            if (rig.clock.instant().isBefore(lastRun[0].plus(INTERVAL))) {
                return;
            }
            lastRun[0] = rig.clock.instant();
            assertThat(rig.product.points).doesNotContainKey(row.getExternalId());
            rig.cloudStack.sync(rig.provider, web);
            assertThat(rig.cloudStack.rowsOf(web)).hasSize(1);
        };
        Runnable waiting = rig.whileWaiting;
        rig.restart();
        rig.whileWaiting = waiting;
        deleting.deleteBackup(row, false);
        assertThat(Duration.between(begun, rig.clock.instant())).isGreaterThan(Duration.ofMinutes(50));
        rig.cloudStack.sync(rig.provider, web);
        assertThat(rig.cloudStack.counted).as("the job itself subtracts").isEqualTo(2);
        assertThat(rig.cloudStack.rowsOf(web)).hasSize(1);
    }

    @Test
    void theRowOfADeletionWhoseServerDiedGoesByTheSync() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        BackupVO row = rig.backup(web);
        rig.clock.advance(INTERVAL);
        rig.provider.deleteBackup(row, false);
        rig.restart();
        for (int run = 0; run < 4; run++) {
            rig.sync(web);
            rig.clock.advance(INTERVAL.plusMinutes(1));
        }
        assertThat(rig.cloudStack.rowsOf(web)).isEmpty();
        assertThat(rig.cloudStack.counted).isZero();
    }

    @Test
    void aBackupWhoseDeletionFailedStaysAndCanBeDeletedAgain() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        BackupVO row = rig.backup(web);
        rig.clock.advance(INTERVAL);
        rig.product.ending = new OperationStatus.Failed(ErrorKind.EXTERNAL, "The bucket refused");
        assertThatThrownBy(() -> rig.provider.deleteBackup(row, false)).hasMessageContaining("The bucket refused");
        rig.product.points.remove(row.getExternalId());
        rig.product.unusable.put(row.getExternalId(), "Failed");
        for (int run = 0; run < 4; run++) {
            rig.clock.advance(INTERVAL);
            rig.sync(web);
        }
        assertThat(rig.row(web).getExternalId()).isEqualTo(row.getExternalId());
        assertThat(rig.cloudStack.counted).isEqualTo(1);

        rig.product.ending = null;
        rig.product.unusable.clear();
        delete(rig.row(web));
        assertThat(rig.cloudStack.rowsOf(web)).isEmpty();
    }

    @Test
    void whatIsNoGoodPointGetsNoRow() {
        VMInstanceVO web = rig.machine("web", Rig.GIB);
        rig.product.unusable.put("hollow", "no volume of the machine is in it");
        assertThat(rig.sync(web)).isEmpty();
        assertThat(rig.cloudStack.rowsOf(web)).isEmpty();
    }

    private List<VMInstanceVO> machines(int count) {
        List<VMInstanceVO> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            VMInstanceVO vm = rig.machine("many-" + i, Rig.GIB);
            rig.backup(vm);
            machines.add(vm);
        }
        return machines;
    }

    /** As CloudStack's job deletes. */
    private void delete(BackupVO row) {
        rig.provider.deleteBackup(row, false);
        rig.cloudStack.backups.remove(row.getId());
        rig.cloudStack.counted--;
    }
}
