/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.storage.VolumeVO;
import com.cloud.vm.VMInstanceVO;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRef;
import org.junit.jupiter.api.Test;

/** A management server is killed in the middle of a backup, and the next one finds out what became of it. */
class RecoveryTest {
    private final Rig rig = new Rig();
    private final VMInstanceVO vm = rig.machine("web-1", Rig.GIB);

    @Test
    void aBackupThatEndedWithoutItsServerKeepsItsRowAndIsCountedOnce() {
        String uuid = killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        assertThat(rig.sync(vm)).isEmpty();
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackingUp);
        assertThat(rig.sync(vm)).isEmpty();

        BackupVO row = rig.row(vm);
        assertThat(row.getUuid()).isEqualTo(uuid);
        assertThat(row.getStatus()).isEqualTo(Status.BackedUp);
        assertThat(row.getExternalId()).isEqualTo("point-1");
        assertThat(rig.cloudStack.counted).isEqualTo(1);
        assertThat(rig.cloudStack.backupDetails.listDetailsKeyPairs(row.getId()))
                .containsKey("nics")
                .doesNotContainKeys(Marks.OPERATION, Marks.ALIVE);

        rig.clock.advance(Duration.ofHours(1));
        rig.sync(vm);
        assertThat(rig.row(vm).getUuid()).isEqualTo(uuid);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void twoManagementServersThatFindTheSameBackupCountItOnce() {
        killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        DriverBackupProvider first = rig.provider;
        rig.restart();
        rig.sync(vm);
        DriverBackupProvider second = rig.provider;
        second.syncBackupMetrics(FakeCloudStack.ZONE);
        List<Status> seen = new ArrayList<>();
        rig.cloudStack.machines.beforeLock = () -> {
            rig.cloudStack.sync(second, vm, rig.cloudStack.rowsOf(vm));
            seen.add(rig.row(vm).getStatus());
        };
        rig.cloudStack.sync(first, vm);
        assertThat(seen).as("the other one was first").containsExactly(Status.BackedUp);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aBackupWhoseAnswerWasLostWithTheServerIsFoundByItsToken() {
        BackupVO row = begunRow();
        rig.product.startBackup(
                new BackupRequest(row.getUuid(), rig.parts().machines.reference(vm), "gold", row.getName(), false));
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.sync(vm);
        assertThat(rig.row(vm).getUuid()).isEqualTo(row.getUuid());
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.product.points).hasSize(1);
    }

    @Test
    void aBackupThatFailedWithoutItsServerIsInErrorWithTheReason() {
        rig.product.ending = new Failed(ErrorKind.EXTERNAL, "the repository is full");
        killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.sync(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.Error);
        assertThat(rig.row(vm).getDescription()).contains("the repository is full");
        rig.sync(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.Error);
        assertThat(rig.cloudStack.counted).isZero();
    }

    @Test
    void aBackupThatLacksAVolumeOfItsMachineIsInErrorAndKeepsItsVolumes() {
        VolumeVO data = rig.cloudStack.volume(vm, 1, Rig.GIB);
        List<VolumeRef> withoutData =
                rig.parts().machines.reference(vm).volumes().subList(0, 1);
        rig.product.ending = Succeeded.backup(rig.product.point("half", null, withoutData));
        killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.sync(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.Error);
        assertThat(rig.row(vm).getDescription()).contains("names no volume " + data.getUuid());
        assertThat(rig.row(vm).getBackedUpVolumes()).hasSize(2);
        assertThat(rig.cloudStack.counted).isZero();
    }

    @Test
    void aBackupThatStillRunsIsWaitedForAndAProductThatIsAwayDecidesNothing() {
        rig.product.polls = 3;
        killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.product.away("status", 1);
        for (int run = 0; run < 3; run++) {
            rig.sync(vm);
            assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackingUp);
        }
        rig.sync(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
    }

    @Test
    void aBackupThatTheProductForgotIsInError() {
        String uuid = killedInTheMiddle();
        rig.product.lose(uuid);
        rig.product.points.clear();
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.sync(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.Error);
        assertThat(rig.row(vm).getDescription()).contains("no longer knows");
    }

    @Test
    void aBackupThatTheProductRefusesToFindIsInError() {
        BackupVO row = begunRow();
        rig.product.fail("startBackup", 1, new ProviderException(ErrorKind.NOT_FOUND, "vm", "There is no vm web-1"));
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        rig.sync(vm);
        assertThat(rig.row(vm).getId()).isEqualTo(row.getId());
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.Error);
        assertThat(rig.row(vm).getDescription()).contains("There is no vm web-1");
    }

    @Test
    void aBackupThatSomebodyWaitsForIsLeftToThem() {
        rig.product.polls = 100;
        int[] runs = {0};
        rig.whileWaiting = () -> {
            runs[0]++;
            DriverBackupProvider otherServer = rig.provider;
            rig.cloudStack.sync(otherServer, vm);
            assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackingUp);
        };
        rig.backup(vm);
        assertThat(runs[0]).isGreaterThan(50);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void aJobThatWaitedTooLongLeavesTheRestToTheSync() {
        rig.product.polls = 9000;
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null))
                .hasMessageContaining("has not ended within 86400 s");
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackingUp);
        rig.product.polls = 0;
        rig.clock.advance(Marks.SILENCE);
        rig.sync(vm);
        for (int run = 0; run < 1000 && rig.row(vm).getStatus() == Status.BackingUp; run++) {
            rig.sync(vm);
        }
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
    }

    @Test
    void aJobWhoseRowTheSyncTookOverHandsNothingToBeCounted() {
        rig.product.polls = 1;
        rig.whileWaiting = () -> {
            DriverBackupProvider job = rig.provider;
            rig.clock.advance(Marks.SILENCE.plusSeconds(1));
            rig.restart();
            rig.sync(vm);
            rig.sync(vm);
            rig.provider = job;
        };
        assertThat(rig.cloudStack.take(rig.provider, vm).second()).isNull();
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.cloudStack.counted).isEqualTo(1);
    }

    @Test
    void removalFromTheOfferingEndsWhatTheSyncWouldNotSeeAnyMore() {
        killedInTheMiddle();
        rig.clock.advance(Marks.SILENCE);
        assertThat(rig.provider.removeVMFromBackupOffering(vm)).isTrue();
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
    }

    /** Kills the server while it waits; returns the uuid of the row. */
    private String killedInTheMiddle() {
        rig.product.polls = Math.max(rig.product.polls, 1);
        rig.whileWaiting = () -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).hasMessageContaining("goes on at the product");
        assertThat(Thread.interrupted()).isTrue();
        rig.restart();
        return rig.row(vm).getUuid();
    }

    /** As a server leaves it that is killed before the product has answered. */
    private BackupVO begunRow() {
        BackupVO row = rig.parts().rows.begin(vm, rig.gold.getId(), rig.cloudStack.volumes.findByInstance(vm.getId()));
        rig.restart();
        return row;
    }
}
