/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.hypervisor.Hypervisor.HypervisorType;
import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.utils.Pair;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.util.List;
import org.apache.cloudstack.backup.Backup.VolumeInfo;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.junit.jupiter.api.Test;

class VolumeRestoringTest {
    private final Rig rig = new Rig();
    private final VMInstanceVO vm = rig.machine("web-1", Rig.GIB, 2 * Rig.GIB);
    private final BackupVO backup = rig.backup(vm);
    private final VolumeInfo data = backup.getBackedUpVolumes().get(1);
    private int volumesBefore = volumes();

    @Test
    void theNewVolumeHasARowThatCloudStackCanAttach() {
        Pair<Boolean, String> restored = restore(FakeCloudStack.HOST, FakeCloudStack.POOL);
        assertThat(restored.first()).isTrue();
        VolumeVO row = rig.cloudStack.volumes.known(restored.second());
        assertThat(row.getPath()).isEqualTo(row.getUuid() + ".raw");
        assertThat(row.getVolumeType()).isEqualTo(Volume.Type.DATADISK);
        assertThat(row.getSize()).isEqualTo(2 * Rig.GIB);
        assertThat(row.getPoolId()).isEqualTo(1);
        assertThat(row.getState()).isEqualTo(Volume.State.Copying);
        assertThat(row.getInstanceId()).isNull();
        assertThat(row.getName()).isEqualTo("RestoredVol-web-1-1");
        assertThat(rig.product.volumeRestores.get(0).volumeUuid()).isEqualTo(data.getUuid());
        assertThat(rig.product.volumeRestores.get(0).newVolumeUuid()).isEqualTo(row.getUuid());
    }

    @Test
    void everySpellingButOneIsRefusedWithoutEffect() {
        rig.product.calls.clear();
        for (Pair<Boolean, String> answer : List.of(
                restore(FakeCloudStack.HOST, FakeCloudStack.POOL_NAME),
                restore("host-1", FakeCloudStack.POOL),
                restore("host-1", FakeCloudStack.POOL_NAME))) {
            assertThat(answer.first()).isFalse();
            assertThat(answer.second()).startsWith("Nothing was done");
        }
        assertThat(rig.product.calls).isEmpty();
        assertThat(volumes()).isEqualTo(volumesBefore);
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).first()).isTrue();
    }

    @Test
    void theLastAnswerThatCloudStackShowsHoldsTheRealReason() {
        rig.product.ending = new Failed(ErrorKind.EXTERNAL, "the chain is broken");
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second()).contains("the chain is broken");
        assertThat(restore("host-1", FakeCloudStack.POOL_NAME).second())
                .contains("Nothing was done")
                .contains("the chain is broken");
        assertThat(volumes()).isEqualTo(volumesBefore);
        assertThat(rig.product.count("startVolumeRestore")).isEqualTo(1);
    }

    @Test
    void aCallThatIsMadeAgainBeforeTheVolumeIsAttachedMakesNoSecondVolume() {
        String first = restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second();
        rig.cloudStack.backupDetails.addDetail(
                backup.getId(), Marks.PREFIX + "volume." + data.getUuid() + "." + vm.getUuid(), first, false);
        rig.restart();
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second()).isEqualTo(first);
        assertThat(volumes()).isEqualTo(volumesBefore + 1);
    }

    @Test
    void aVolumeIsRestoredAgainWhenTheFirstOneIsInUse() {
        String first = restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second();
        rig.cloudStack.volumes.known(first).setInstanceId(vm.getId());
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second()).isNotEqualTo(first);
        assertThat(volumes()).isEqualTo(volumesBefore + 2);
    }

    @Test
    void aRestoreThatOutlivedItsServerIsTakenUpByTheNextCall() {
        rig.product.polls = 1;
        rig.whileWaiting = () -> Thread.currentThread().interrupt();
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).first()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        rig.restart();
        String volume = restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second();
        assertThat(rig.product.volumeRestores).hasSize(1);
        assertThat(rig.product.volumeRestores.get(0).newVolumeUuid()).isEqualTo(volume);
    }

    @Test
    void theBackupIsNotDeletedMeanwhile() {
        rig.whileWaiting = () -> {
            rig.whileWaiting = () -> {};
            assertThatThrownBy(() -> rig.provider.deleteBackup(backup, false))
                    .hasMessageContaining("a restore from it has not ended");
        };
        // The refused deletion asks for the state, too.
        rig.product.polls = 2;
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).first()).isTrue();
        assertThat(rig.product.points).hasSize(1);
        rig.product.polls = 0;
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
    }

    @Test
    void aSuccessWithoutAPathIsAFailureAndMakesNoRow() {
        rig.product.ending = OperationStatus.Succeeded.done();
        assertThat(restore(FakeCloudStack.HOST, FakeCloudStack.POOL).second()).contains("no path of the new volume");
        assertThat(volumes()).isEqualTo(volumesBefore);
    }

    @Test
    void forVmwareTheLocationIsTheProductsPathAndThereIsNoRow() {
        VMInstanceVO vmware = new VMInstanceVO(
                900, 1, "esx", "i-2-900-VM", VirtualMachine.Type.User, 1L, HypervisorType.VMware, 1, 1, 2, 2, false);
        rig.cloudStack.machines.insert(vmware);
        Pair<Boolean, String> restored = rig.provider.restoreBackedUpVolume(
                backup, data, FakeCloudStack.HOST, FakeCloudStack.POOL, named(vmware));
        assertThat(restored.second()).endsWith(".raw");
        assertThat(volumes()).isEqualTo(volumesBefore);
    }

    @Test
    void anUnknownMachineIsRefused() {
        Pair<Boolean, String> restored = rig.provider.restoreBackedUpVolume(
                backup,
                data,
                FakeCloudStack.HOST,
                FakeCloudStack.POOL,
                new Pair<>("i-9-9-VM", VirtualMachine.State.Stopped));
        assertThat(restored.first()).isFalse();
        assertThat(restored.second()).contains("there is no VM i-9-9-VM");
    }

    private Pair<Boolean, String> restore(String host, String pool) {
        return rig.provider.restoreBackedUpVolume(backup, data, host, pool, named(vm));
    }

    private static Pair<String, VirtualMachine.State> named(VMInstanceVO vm) {
        return new Pair<>(vm.getName(), vm.getState());
    }

    private int volumes() {
        return rig.cloudStack.volumes.live(volume -> true).size();
    }
}
