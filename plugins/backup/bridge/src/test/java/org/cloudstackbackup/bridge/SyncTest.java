/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.utils.exception.CloudRuntimeException;
import com.cloud.vm.VMInstanceVO;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.junit.jupiter.api.Test;

/** What CloudStack's sync does to rows when this provider answers it. */
class SyncTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final Rig rig = new Rig();
    private final VMInstanceVO web = rig.machine("web-1", Rig.GIB);
    private final VMInstanceVO database = rig.machine("db-1", Rig.GIB, Rig.GIB);

    @Test
    void oneListingServesAllMachinesOfARun() {
        List<VMInstanceVO> machines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            VMInstanceVO vm = rig.machine("many-" + i, Rig.GIB);
            rig.backup(vm);
            machines.add(vm);
        }
        rig.clock.advance(LATER);
        rig.product.pageSize = 500;
        rig.product.calls.clear();
        assertThat(rig.sync(machines.toArray(VMInstanceVO[]::new))).isEmpty();
        assertThat(rig.product.count("restorePoints")).isEqualTo(1);
        assertThat(rig.cloudStack.counted).isEqualTo(50);
    }

    @Test
    void theProductIsNotAskedInsideTheTransactionOfAMachine() {
        rig.backup(web);
        rig.clock.advance(LATER);
        rig.provider.syncBackupStorageStats(FakeCloudStack.ZONE);
        rig.provider.syncBackupMetrics(FakeCloudStack.ZONE);
        rig.product.calls.clear();
        rig.cloudStack.sync(rig.provider, web, rig.cloudStack.rowsOf(web));
        rig.cloudStack.sync(rig.provider, database, rig.cloudStack.rowsOf(database));
        assertThat(rig.product.calls).isEmpty();
    }

    @Test
    void aProductThatCannotListLeavesEveryRow() {
        rig.backup(web);
        rig.backup(database);
        rig.clock.advance(LATER);
        rig.product.calls.clear();
        rig.product.away("restorePoints", 1);
        assertThat(rig.sync(web, database))
                .hasSize(2)
                .allSatisfy(logged -> assertThat(logged)
                        .isInstanceOf(CloudRuntimeException.class)
                        .hasMessageContaining("The product does not answer"));
        assertThat(rig.row(web).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.row(database).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.product.count("restorePoints"))
                .as("not asked again for each machine")
                .isEqualTo(1);

        rig.clock.advance(Duration.ofSeconds(31));
        assertThat(rig.provider.listRestorePoints(web)).isNotEmpty();
    }

    @Test
    void aListingThatBreaksInTheMiddleIsNoListing() {
        rig.product.pageSize = 1;
        rig.backup(web);
        rig.backup(database);
        rig.clock.advance(LATER);
        rig.product.fail(
                "restorePoints answer",
                1,
                new ProviderException(ErrorKind.EXTERNAL, "points", "Page 2 cannot be read"));
        assertThat(rig.sync(web, database)).hasSize(2);
        assertThat(rig.cloudStack.backups.live(row -> true)).hasSize(2);
        rig.product.fail("restorePoints", 1, new NoClassDefFoundError("some/Thing"));
        assertThat(rig.sync(web, database)).hasSize(2).allMatch(CloudRuntimeException.class::isInstance);
        assertThat(rig.cloudStack.backups.live(row -> true)).hasSize(2);
    }

    @Test
    void aFailureTakesThePlaceOfTheFormerListing() {
        rig.backup(web);
        rig.clock.advance(LATER);
        assertThat(rig.sync(web)).isEmpty();
        rig.product.away("restorePoints", 1);
        assertThat(rig.sync(web)).hasSize(1);
    }

    @Test
    void aListingThatTurnsInACircleIsAnError() {
        rig.product.pageSize = 0;
        rig.product.point("point-1", web.getUuid(), List.of(new VolumeRef("v", "p", true, 1, 0)));
        assertThatThrownBy(() -> rig.provider.listRestorePoints(web)).hasMessageContaining("turns in a circle");
    }

    @Test
    void theStepsOfARunThatWouldEndItForAllZonesNeverThrow() {
        rig.product.fail("restorePoints", 1, new NoClassDefFoundError("some/Thing"));
        rig.product.fail("storageUse", 2, new IllegalStateException("a bug"));
        assertThatCode(() -> {
                    rig.provider.syncBackupMetrics(FakeCloudStack.ZONE);
                    rig.provider.syncBackupStorageStats(FakeCloudStack.ZONE);
                    rig.provider.syncBackupStorageStats(99L);
                    rig.provider.syncBackupMetrics(99L);
                })
                .doesNotThrowAnyException();
        assertThat(rig.provider.getBackupStorageStats(FakeCloudStack.ZONE).first())
                .isZero();
        rig.provider.syncBackupStorageStats(FakeCloudStack.ZONE);
        rig.provider.syncBackupStorageStats(FakeCloudStack.ZONE);
        assertThat(rig.provider.getBackupStorageStats(FakeCloudStack.ZONE).first())
                .isEqualTo(70);
        assertThat(rig.provider.getBackupStorageStats(FakeCloudStack.ZONE).second())
                .isEqualTo(700);
    }

    @Test
    void aRowIsRemovedWhenTwoListingsHaveNoPointForIt() {
        rig.backup(web);
        rig.backup(database);
        RestorePoint lost = rig.product.points.remove("point-1");
        rig.clock.advance(LATER);
        rig.sync(web, database);
        rig.sync(web, database);
        assertThat(rig.cloudStack.rowsOf(web)).as("too early to say").hasSize(1);

        rig.clock.advance(INTERVAL);
        rig.product.points.put("point-1", Objects.requireNonNull(lost));
        rig.sync(web, database);
        rig.product.points.remove("point-1");
        rig.clock.advance(INTERVAL);
        rig.sync(web, database);
        assertThat(rig.cloudStack.rowsOf(web)).as("it was there in between").hasSize(1);

        rig.clock.advance(INTERVAL);
        rig.sync(web, database);
        assertThat(rig.cloudStack.rowsOf(web)).isEmpty();
        assertThat(rig.cloudStack.rowsOf(database)).hasSize(1);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aProductThatSuddenlyKnowsLessThanHalfIsBelievedAfterADay() {
        VMInstanceVO[] all = twelveWithABackup();
        rig.product.points.clear();
        for (int run = 0; run < 3; run++) {
            rig.clock.advance(INTERVAL);
            assertThat(rig.sync(all))
                    .hasSize(12)
                    .allSatisfy(logged ->
                            assertThat(logged).hasMessageContaining("lists 0 restore points where there were 12"));
        }
        assertThat(rig.cloudStack.counted).isEqualTo(12);
        rig.clock.advance(Duration.ofDays(1));
        rig.sync(all);
        rig.clock.advance(INTERVAL);
        rig.sync(all);
        assertThat(rig.cloudStack.counted).isZero();
    }

    @Test
    void neitherABackupNorADeletionEndsTheDoubtOfASuddenLoss() {
        VMInstanceVO[] all = twelveWithABackup();
        rig.product.points.clear();
        rig.backup(web);
        rig.product.fail("startDelete", 1, new ProviderException(ErrorKind.EXTERNAL, "point", "It is locked"));
        assertThatThrownBy(() -> delete(all[3])).hasMessage("It is locked");
        rig.clock.advance(INTERVAL);
        assertThat(rig.sync(all)).hasSize(12);
        for (int i = 0; i < 3; i++) {
            delete(all[i]);
        }
        for (int run = 0; run < 2; run++) {
            rig.clock.advance(INTERVAL);
            assertThat(rig.sync(all)).hasSize(12);
        }
        assertThat(rig.cloudStack.backups.live(row -> row.getVmId() != web.getId()))
                .hasSize(9);
    }

    @Test
    void manyDeletionsOnRequestAreNoSuddenLoss() {
        VMInstanceVO[] all = twelveWithABackup();
        for (int i = 0; i < 8; i++) {
            delete(all[i]);
        }
        rig.clock.advance(INTERVAL);
        assertThat(rig.sync(all)).isEmpty();
        assertThat(rig.cloudStack.backups.live(row -> true)).hasSize(4);
    }

    @Test
    void aPointOfTheProductsOwnScheduleGetsACompleteRow() {
        rig.product.point("nightly", database.getUuid(), volumesOf(database));
        rig.sync(web, database);
        BackupVO row = rig.row(database);
        assertThat(row.getExternalId()).isEqualTo("nightly");
        assertThat(row.getStatus()).isEqualTo(Status.BackedUp);
        assertThat(row.getSize()).isEqualTo(7);
        assertThat(row.getBackedUpVolumes()).hasSize(2);
        assertThat(rig.cloudStack.backupDetails.listDetailsKeyPairs(row.getId()))
                .containsKey("nics");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
        rig.clock.advance(LATER);
        rig.sync(web, database);
        assertThat(rig.row(database).getId()).isEqualTo(row.getId());
        assertThat(rig.cloudStack.rowsOf(web)).isEmpty();
    }

    @Test
    void twoManagementServersMakeOneRowForAPoint() {
        rig.product.point("nightly", database.getUuid(), volumesOf(database));
        DriverBackupProvider other = otherServer();
        int[] waited = {0};
        rig.cloudStack.machines.beforeLock =
                () -> waited[0] += rig.cloudStack.sync(other, database).size() + 1;
        rig.sync(database);
        assertThat(waited[0])
                .as("the machine is locked before its rows are read")
                .isEqualTo(1);
        assertThat(rig.row(database).getExternalId()).isEqualTo("nightly");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aPointWithAVolumeThatWasDestroyedSinceGetsARowAndOneThatWasNeverKnownGetsNone() {
        List<VolumeRef> volumes = volumesOf(database);
        rig.cloudStack.volumes.remove(
                rig.cloudStack.volumes.known(volumes.get(1).uuid()).getId());
        rig.product.point("old", database.getUuid(), volumes);
        rig.product.point("strange", database.getUuid(), List.of(new VolumeRef("unknown", "x", true, 1, 0)));
        rig.sync(database);
        assertThat(rig.row(database).getExternalId()).isEqualTo("old");
        assertThat(rig.row(database).getBackedUpVolumes()).hasSize(2);
    }

    @Test
    void aPointOfAnotherMachineOrOfNoneGetsNoRowHere() {
        rig.product.point("other", "8a3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a99", volumesOf(web));
        rig.sync(web, database);
        assertThat(rig.cloudStack.backups.live(row -> true)).isEmpty();
    }

    @Test
    void aBackupThatEndedAfterTheListingBeganStays() {
        rig.product.during.put("restorePoints", () -> {
            rig.product.during.clear();
            rig.cloudStack.take(otherServer(), web);
            rig.product.points.remove("point-1");
        });
        rig.sync(web);
        assertThat(rig.row(web).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aBackupThatEndsBetweenTheReadOfItsRowAndTheListingStays() {
        rig.product.polls = 1;
        List<List<BackupVO>> stale = new ArrayList<>();
        DriverBackupProvider sync = otherServer();
        rig.whileWaiting = () -> stale.add(rig.cloudStack.rowsOf(web));
        rig.backup(web);
        assertThat(stale.get(0).get(0).getStatus()).isEqualTo(Status.BackingUp);
        rig.cloudStack.sync(sync, web, stale.get(0));
        assertThat(rig.row(web).getExternalId()).isEqualTo("point-1");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void whileABackupRunsItsPointGetsNoRowOfItsOwn() {
        rig.product.polls = 3;
        rig.whileWaiting = () -> {
            rig.cloudStack.sync(otherServer(), web);
            assertThat(rig.row(web).getStatus()).isEqualTo(Status.BackingUp);
        };
        rig.backup(web);
        assertThat(rig.row(web).getExternalId()).isEqualTo("point-1");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void rowsOfAnotherProviderAndOfAnotherZoneStay() {
        BackupOfferingVO foreign = rig.cloudStack.offering("nas-repository", "nas");
        BackupVO ofNas = rig.backup(web);
        ofNas.setExternalId("i-2-3/2026.01.01");
        ofNas.setBackupOfferingId(foreign.getId());
        rig.cloudStack.backups.update(ofNas.getId(), ofNas);
        BackupVO elsewhere = rig.backup(web);
        elsewhere.setExternalId("far");
        elsewhere.setZoneId(2);
        rig.cloudStack.backups.update(elsewhere.getId(), elsewhere);
        rig.product.points.clear();
        rig.clock.advance(LATER);
        rig.sync(web);
        assertThat(rig.cloudStack.rowsOf(web))
                .extracting(Backup::getId)
                .containsExactly(ofNas.getId(), elsewhere.getId());

        web.setBackupOfferingId(foreign.getId());
        assertThat(rig.provider.listRestorePoints(web)).isNull();
    }

    @Test
    void aPointThatTheProductCannotTieToAMachineKeepsTheRowThatItHas() {
        rig.backup(web);
        rig.product.point("point-1", "", volumesOf(web));
        rig.product.points.replaceAll(
                (id, point) -> new RestorePoint(id, null, "vm", null, point.created(), "FULL", 1, 1, point.volumes()));
        rig.clock.advance(LATER);
        rig.sync(web);
        assertThat(rig.row(web).getExternalId()).isEqualTo("point-1");
    }

    /** Twelve machines, each with a backup that a run of the sync has seen. */
    private VMInstanceVO[] twelveWithABackup() {
        List<VMInstanceVO> machines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            VMInstanceVO vm = rig.machine("many-" + i, Rig.GIB);
            rig.backup(vm);
            machines.add(vm);
        }
        VMInstanceVO[] all = machines.toArray(VMInstanceVO[]::new);
        rig.clock.advance(LATER);
        assertThat(rig.sync(all)).isEmpty();
        return all;
    }

    private void delete(VMInstanceVO vm) {
        BackupVO row = rig.row(vm);
        rig.provider.deleteBackup(row, false);
        rig.cloudStack.backups.remove(row.getId());
    }

    private DriverBackupProvider otherServer() {
        DriverBackupProvider first = rig.provider;
        Runnable waiting = rig.whileWaiting;
        rig.restart();
        DriverBackupProvider other = rig.provider;
        rig.provider = first;
        rig.whileWaiting = waiting;
        return other;
    }

    private List<VolumeRef> volumesOf(VMInstanceVO vm) {
        VmRef reference = rig.parts().machines.reference(vm);
        return reference.volumes();
    }
}
