/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.utils.Pair;
import com.cloud.utils.exception.CloudRuntimeException;
import com.cloud.vm.VMInstanceVO;
import java.util.Date;
import java.util.List;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.Test;

class TakingTest {
    private final Rig rig = new Rig();

    @Test
    void aBackupHasARowFromWhichCloudStackCanMakeAnInstance() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB, 2 * Rig.GIB);
        Pair<Boolean, Backup> taken = rig.cloudStack.take(rig.provider, vm);

        assertThat(taken.first()).isTrue();
        BackupVO row = rig.row(vm);
        assertThat(taken.second().getId()).isEqualTo(row.getId());
        assertThat(row.getExternalId()).isEqualTo("point-1");
        assertThat(row.getStatus()).isEqualTo(Status.BackedUp);
        assertThat(row.getType()).isEqualTo("INCREMENTAL");
        assertThat(row.getSize()).isEqualTo(7);
        assertThat(row.getProtectedSize()).isEqualTo(70);
        assertThat(row.getDate()).isEqualTo(Date.from(SettableClock.START));
        assertThat(row.getBackupOfferingId()).isEqualTo(rig.gold.getId());
        assertThat(List.of(row.getAccountId(), row.getDomainId(), row.getZoneId()))
                .containsExactly(2L, 1L, 1L);
        assertThat(row.getName()).isEqualTo("web-1-backup");
        assertThat(row.getBackedUpVolumes())
                .extracting(Backup.VolumeInfo::getSize)
                .containsExactly(Rig.GIB, 2 * Rig.GIB);
        assertThat(rig.cloudStack.backupDetails.listDetailsKeyPairs(row.getId()))
                .containsKeys("serviceofferingid", "templateid", "vmsettings", "nics")
                .doesNotContainKeys(Marks.OPERATION, Marks.ALIVE);
    }

    @Test
    void theRowIsThereBeforeTheProductHearsOfTheBackup() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.during.put("startBackup", () -> {
            assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackingUp);
            assertThat(rig.row(vm).getExternalId()).isNotNull();
            assertThat(rig.row(vm).getSize()).isNotNull();
        });
        rig.backup(vm);
        assertThat(rig.product.backups.get(0).clientToken())
                .isEqualTo(rig.row(vm).getUuid());
    }

    @Test
    void aFailedBackupLeavesNoRowAndSaysWhy() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.ending = new Failed(ErrorKind.EXTERNAL, "the repository is full");
        assertThatThrownBy(() -> rig.cloudStack.take(rig.provider, vm))
                .isInstanceOf(CloudRuntimeException.class)
                .hasMessage("The backup of vm web-1 failed: the repository is full");
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
        assertThat(rig.cloudStack.counted).isZero();
    }

    @Test
    void aSuccessWithoutARestorePointOrWithoutAVolumeIsAFailure() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB, Rig.GIB);
        rig.product.ending = OperationStatus.Succeeded.done();
        assertThatThrownBy(() -> rig.cloudStack.take(rig.provider, vm)).hasMessageContaining("names no restore point");
        rig.product.ending = OperationStatus.Succeeded.backup(
                rig.product.point("half", vm.getUuid(), List.of(new VolumeRef("other", "x", true, 1, 0))));
        assertThatThrownBy(() -> rig.cloudStack.take(rig.provider, vm)).hasMessageContaining("names no volume");
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
    }

    @Test
    void whatCannotBeBackedUpIsRefusedBeforeThereIsARow() {
        VMInstanceVO unassigned = rig.cloudStack.machine("web-1", Rig.GIB);
        assertThatThrownBy(() -> rig.provider.takeBackup(unassigned, null))
                .hasMessageContaining("under no backup offering");
        VMInstanceVO empty = rig.machine("web-2");
        assertThatThrownBy(() -> rig.provider.takeBackup(empty, null)).hasMessageContaining("no volume");
        VMInstanceVO vm = rig.machine("web-3", Rig.GIB);
        rig.capabilities.remove(Capability.QUIESCE);
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, true)).hasMessageContaining("cannot freeze");
        assertThat(rig.cloudStack.backups.live(row -> true)).isEmpty();
        assertThat(rig.product.count("startBackup")).isZero();
    }

    @Test
    void quiesceReachesTheProduct() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.provider.takeBackup(vm, true);
        rig.provider.takeBackup(vm, null);
        assertThat(rig.product.backups).extracting(request -> request.quiesce()).containsExactly(true, false);
    }

    @Test
    void aLostAnswerIsAskedForAgainAndOneBackupResults() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.away("startBackup answer", 2);
        rig.backup(vm);
        assertThat(rig.product.points).hasSize(1);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
    }

    @Test
    void aProductThatIsAwayAtTheStartIsAFailureAfterThreeAttempts() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.away("startBackup", 9);
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).hasMessage("The product does not answer");
        assertThat(rig.product.count("startBackup")).isEqualTo(3);
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
    }

    @Test
    void aProductThatIsAwayInTheMiddleIsWaitedFor() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.polls = 3;
        rig.product.away("status", 20);
        rig.backup(vm);
        assertThat(rig.row(vm).getStatus()).isEqualTo(Status.BackedUp);
        assertThat(rig.product.count("status")).isEqualTo(24);
    }

    @Test
    void anOperationThatTheProductForgotIsAFailure() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.polls = 1;
        rig.whileWaiting = () -> rig.product.lose(rig.row(vm).getUuid());
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).hasMessageContaining("no longer knows");
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
    }

    @Test
    void anErrorOfTheDriverLeavesAsAnExceptionOfCloudStack() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.fail("startBackup", 1, new NoClassDefFoundError("some/Thing"));
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null))
                .isInstanceOf(CloudRuntimeException.class)
                .hasMessageContaining("some/Thing");
        rig.product.fail("startBackup", 1, new IllegalStateException("a bug"));
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null))
                .isInstanceOf(CloudRuntimeException.class)
                .hasRootCauseMessage("a bug");
    }

    @Test
    void aCancelledBackupLeavesNoRow() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.ending = new OperationStatus.Cancelled("an operator did it");
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).hasMessageContaining("an operator did it");
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
    }

    @Test
    void aRefusalOfTheProductIsShownAsItIs() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.fail(
                "startBackup", 1, new ProviderException(ErrorKind.CONFLICT, "vm", "A backup of vm web-1 runs already"));
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).hasMessage("A backup of vm web-1 runs already");
        assertThat(rig.product.count("startBackup")).isEqualTo(1);
    }
}
