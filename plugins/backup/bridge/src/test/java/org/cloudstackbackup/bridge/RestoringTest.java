/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.utils.Pair;
import com.cloud.vm.VMInstanceVO;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VolumeRef;
import org.junit.jupiter.api.Test;

class RestoringTest {
    private final Rig rig = new Rig();
    private final VMInstanceVO vm = rig.machine("web-1", Rig.GIB, 2 * Rig.GIB, 3 * Rig.GIB);
    private final BackupVO backup = rig.backup(vm);

    @Test
    void inPlaceEachVolumeGetsItsOwnContent() {
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        Map<String, VolumeRef> targets = rig.product.restores.get(0).targets();
        assertThat(targets)
                .hasSize(3)
                .allSatisfy((source, target) -> assertThat(target.uuid()).isEqualTo(source));
        assertThat(rig.product.restores.get(0).restorePointId()).isEqualTo("point-1");
        assertThat(marks()).isEmpty();
    }

    @Test
    void aMachineThatWasExpungedIsRestoredOverItsRemovedVolumes() {
        for (VolumeVO volume : rig.cloudStack.volumes.findByInstance(vm.getId())) {
            volume.setRemoved(new Date(0));
            if (volume.getVolumeType() != Volume.Type.ROOT) {
                volume.setInstanceId(null);
            }
        }
        vm.setRemoved(new Date(0));
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores.get(0).targets()).hasSize(3);
    }

    @Test
    void aRestoreInPlaceThatMadeAnotherMachineIsNoSuccess() {
        rig.product.ending = OperationStatus.Succeeded.machine(
                new RestoredMachine(Map.of("kubevirt.namespace", "elsewhere"), Map.of()));
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup))
                .hasMessageContaining("went to another machine")
                .hasMessageContaining("elsewhere");
        assertThat(rig.cloudStack.machineDetails.listDetailsKeyPairs(vm.getId()))
                .doesNotContainKey("kubevirt.namespace");
    }

    @Test
    void aVolumeThatWasReplacedSinceIsNotOverwritten() {
        VolumeVO detached = rig.cloudStack.volumes.findByInstance(vm.getId()).get(2);
        detached.setInstanceId(null);
        rig.cloudStack.volume(vm, 2, 3 * Rig.GIB);
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup))
                .hasMessageContaining("volume " + detached.getUuid())
                .hasMessageContaining("no volume of the VM any more");
        assertThat(rig.product.restores).isEmpty();
    }

    @Test
    void aNewMachineGetsContentByPositionAndNotByOrderOfRows() {
        VMInstanceVO fresh = rig.cloudStack.machine("web-2");
        VolumeVO second = rig.cloudStack.volume(fresh, 7, 3 * Rig.GIB);
        VolumeVO first = rig.cloudStack.volume(fresh, 4, 2 * Rig.GIB);
        VolumeVO root = rig.cloudStack.volume(fresh, 0, Rig.GIB);
        Pair<Boolean, String> restored = rig.provider.restoreBackupToVM(fresh, backup, "", "");
        assertThat(restored.first()).isTrue();
        Map<String, VolumeRef> targets = rig.product.restores.get(0).targets();
        List<VolumeVO> sources = rig.cloudStack.volumes.findByInstance(vm.getId());
        assertThat(sources)
                .extracting(source -> targetOf(targets, source))
                .containsExactly(root.getUuid(), first.getUuid(), second.getUuid());
    }

    @Test
    void aNewMachineThatTheProductPutsElsewhereIsFoundThere() {
        rig.cloudStack.machineDetails.addDetail(vm.getId(), "kubevirt.namespace", "old", true);
        rig.cloudStack.backupDetails.addDetail(
                backup.getId(), "vmsettings", "{\"kubevirt.name\":\"web\",\"keyboard\":\"us\"}", true);
        VMInstanceVO fresh = rig.cloudStack.machine("fresh", Rig.GIB, 2 * Rig.GIB, 3 * Rig.GIB);
        rig.cloudStack.machineDetails.addDetail(fresh.getId(), "kubevirt.namespace", "old", true);
        rig.cloudStack.machineDetails.addDetail(fresh.getId(), "kubevirt.name", "web", true);
        rig.cloudStack.machineDetails.addDetail(fresh.getId(), "kubevirt.kind", "fast", true);
        VolumeVO data = rig.cloudStack.volumes.findByInstance(fresh.getId()).get(1);
        rig.product.ending = OperationStatus.Succeeded.machine(
                new RestoredMachine(Map.of("kubevirt.namespace", "new"), Map.of(data.getUuid(), "new/disk-1")));

        assertThat(rig.provider.restoreBackupToVM(fresh, backup, "", "").first())
                .isTrue();

        assertThat(rig.product.restores.get(0).vm().details())
                .as("what was copied from the old machine says nothing about the new one")
                .isEqualTo(Map.of("kubevirt.kind", "fast"));
        assertThat(rig.cloudStack.machineDetails.listDetailsKeyPairs(fresh.getId()))
                .containsEntry("kubevirt.namespace", "new");
        assertThat(rig.cloudStack.volumes.known(data.getUuid()).getPath()).isEqualTo("new/disk-1");
    }

    @Test
    void thePlaceOfANewMachineIsNotLostWithTheServerThatWaitedForIt() {
        VMInstanceVO fresh = rig.cloudStack.machine("fresh", Rig.GIB, 2 * Rig.GIB, 3 * Rig.GIB);
        VolumeVO data = rig.cloudStack.volumes.findByInstance(fresh.getId()).get(1);
        rig.product.ending = OperationStatus.Succeeded.machine(
                new RestoredMachine(Map.of("kubevirt.namespace", "new"), Map.of(data.getUuid(), "new/disk-1")));
        rig.product.polls = 3;
        rig.whileWaiting = () -> Thread.currentThread().interrupt();
        assertThat(rig.provider.restoreBackupToVM(fresh, backup, "", "").second())
                .contains("goes on at the product");
        assertThat(Thread.interrupted()).isTrue();
        rig.restart();

        rig.sync(vm);
        assertThat(marks()).as("it runs").hasSize(1);
        rig.product.polls = 0;
        for (int run = 0; run < 3; run++) {
            rig.sync(vm);
        }

        assertThat(rig.cloudStack.machineDetails.listDetailsKeyPairs(fresh.getId()))
                .containsEntry("kubevirt.namespace", "new");
        assertThat(rig.cloudStack.volumes.known(data.getUuid()).getPath()).isEqualTo("new/disk-1");
        assertThat(marks()).isEmpty();
        assertThat(rig.cloudStack.backupDetails.listDetailsKeyPairs(backup.getId()))
                .doesNotContainKey(Marks.RESTORING);
        long asked = rig.product.count("status");
        rig.sync(vm);
        assertThat(rig.product.count("status")).isEqualTo(asked);
    }

    @Test
    void thePlaceOfANewMachineIsWrittenBeforeItsMarkGoes() {
        VMInstanceVO fresh = rig.cloudStack.machine("fresh", Rig.GIB, 2 * Rig.GIB, 3 * Rig.GIB);
        rig.product.ending =
                OperationStatus.Succeeded.machine(new RestoredMachine(Map.of("kubevirt.namespace", "new"), Map.of()));
        rig.cloudStack.machineDetails.beforeAdding = () -> {
            throw new IllegalStateException("the server is killed");
        };
        assertThatThrownBy(() -> rig.provider.restoreBackupToVM(fresh, backup, "", ""))
                .hasMessageContaining("the server is killed");
        assertThat(marks()).hasSize(1);
        rig.cloudStack.machineDetails.beforeAdding = () -> {};
        rig.restart();

        rig.sync(vm);

        assertThat(rig.cloudStack.machineDetails.listDetailsKeyPairs(fresh.getId()))
                .containsEntry("kubevirt.namespace", "new");
        assertThat(marks()).isEmpty();
    }

    @Test
    void aRestoreInPlaceThatNobodyWaitsForEndsWithTheSync() {
        rig.product.polls = 1;
        killedInTheMiddle();
        rig.sync(vm);
        rig.sync(vm);
        assertThat(marks()).isEmpty();
    }

    @Test
    void aNewMachineThatDoesNotFitIsRefusedInWords() {
        VMInstanceVO few = rig.cloudStack.machine("few", Rig.GIB);
        assertThat(rig.provider.restoreBackupToVM(few, backup, "", "").second())
                .contains("the backup has 3 volumes and the VM has 1");
        VMInstanceVO small = rig.cloudStack.machine("small", Rig.GIB, Rig.GIB, Rig.GIB);
        assertThat(rig.provider.restoreBackupToVM(small, backup, "", "").second())
                .contains("its content needs " + 2 * Rig.GIB);
        assertThat(rig.product.restores).isEmpty();
    }

    @Test
    void aFailureIsToldAndTheNextAttemptIsAnotherOne() {
        rig.product.ending = new Failed(ErrorKind.EXTERNAL, "the chain is broken");
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup))
                .hasMessageContaining("the chain is broken");
        rig.product.ending = null;
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores)
                .extracting(request -> request.clientToken())
                .doesNotHaveDuplicates();
    }

    @Test
    void aRestoreThatOutlivedItsServerIsJoinedAndNotBegunAgain() {
        rig.product.polls = 3;
        killedInTheMiddle();
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores).hasSize(1);
        assertThat(marks()).isEmpty();
    }

    @Test
    void aRestoreThatEndedLongAgoWithoutItsServerIsNotTakenForANewOne() {
        rig.product.polls = 1;
        killedInTheMiddle();
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores)
                .extracting(request -> request.clientToken())
                .doesNotHaveDuplicates();
        assertThat(rig.product.restores).hasSize(2);
    }

    @Test
    void aRestoreWhoseAnswerWasLostIsTheSameOneWhenItIsAskedForAgain() {
        rig.product.away("startRestore answer", 3);
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup)).hasMessageContaining("does not answer");
        rig.restart();
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores)
                .extracting(request -> request.clientToken())
                .containsOnly(rig.product.restores.get(0).clientToken());
    }

    @Test
    void badAnswersAboutARunningRestoreDoNotEndTheWaitForIt() {
        rig.product.polls = 1;
        ProviderException badAnswer = new ProviderException(ErrorKind.EXTERNAL, "product", "500 Internal Server Error");
        rig.product.fail("status", 4, badAnswer);
        int[] waits = {0};
        rig.whileWaiting = () -> {
            waits[0]++;
            if (waits[0] == 5) {
                rig.product.fail("status", 4, badAnswer);
            }
        };
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.count("status"))
                .as("4 errors, running, 4 errors, done, and one of the backup")
                .isEqualTo(11);
        assertThat(rig.product.restores).hasSize(1);
    }

    @Test
    void theFifthBadAnswerInARowEndsTheWaitAndTheRestoreIsJoinedLater() {
        rig.product.polls = 1;
        rig.product.fail("status", 5, new ProviderException(ErrorKind.EXTERNAL, "product", "401 Unauthorized"));
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup)).hasMessage("401 Unauthorized");
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(rig.product.restores).hasSize(1);
    }

    @Test
    void aBackupIsNotDeletedWhileAnyServerRestoresFromIt() {
        rig.product.polls = 3;
        int[] refused = {0};
        Runnable refusal = () -> {
            for (Deleting deleting : List.of(rig.parts().deleting, rig.parts().deleting)) {
                refused[0] += refusalOf(deleting).contains("a restore from it has not ended") ? 1 : 0;
            }
        };
        rig.product.during.put("startRestore", refusal);
        rig.whileWaiting = () -> {
            refusal.run();
            rig.whileWaiting = () -> {};
        };
        assertThat(rig.provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(refused[0]).as("two servers, at the start and in the middle").isEqualTo(4);
        assertThat(rig.product.count("startDelete")).isZero();
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
        assertThat(rig.product.points).isEmpty();
    }

    @Test
    void aRestoreThatNobodyWaitsForKeepsItsBackupUntilItsEnd() {
        rig.product.polls = 3;
        killedInTheMiddle();
        assertThat(refusalOf(rig.parts().deleting)).contains("a restore from it has not ended");
        rig.product.fail("status", 1, new ProviderException(ErrorKind.EXTERNAL, "product", "500 Server Error"));
        assertThat(refusalOf(rig.parts().deleting))
                .contains("it is not known whether a restore from it has ended: 500 Server Error");
        rig.product.polls = 0;
        assertThat(refusalOf(rig.parts().deleting)).contains("has not ended");
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
    }

    @Test
    void aRestoreWhoseAnswerWasLostKeepsItsBackupForAWhileOnly() {
        rig.product.away("startRestore answer", 3);
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup)).hasMessageContaining("does not answer");
        assertThat(refusalOf(rig.parts().deleting)).contains("has not ended");
        rig.clock.advance(Marks.SILENCE);
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
    }

    private String refusalOf(Deleting deleting) {
        try {
            deleting.delete(backup, true);
            return "";
        } catch (ProviderException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            return e.text();
        }
    }

    private static String targetOf(Map<String, VolumeRef> targets, VolumeVO source) {
        VolumeRef target = targets.get(source.getUuid());
        return target == null ? "none" : target.uuid();
    }

    private void killedInTheMiddle() {
        rig.whileWaiting = () -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rig.provider.restoreVMFromBackup(vm, backup))
                .hasMessageContaining("goes on at the product");
        assertThat(Thread.interrupted()).isTrue();
        rig.restart();
    }

    private List<String> marks() {
        return rig.cloudStack.backupDetails.listDetailsKeyPairs(backup.getId()).keySet().stream()
                .filter(name -> name.startsWith(Marks.PREFIX + "restore"))
                .toList();
    }
}
