/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.Test;

/** Who reads an incomplete list as the truth, or deletes before it has a copy, destroys data; here nobody does. */
class NothingIsLostTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void backupsWhoseBucketCannotBeReadStayListedAndAreNotRestored() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().loseData("location");
            px.harness().emulator().advance(Duration.ofHours(1));
            String name = px.harness().emulator().names("backup").get(0);
            assertThat(px.harness().emulator().status("backup", name)).isEqualTo("CloudBackupMissing");

            assertThat(px.points()).extracting(RestorePoint::id).containsExactly(point.id());
            assertThat(Followed.refused(
                                    ErrorKind.NOT_FOUND, () -> px.driver().startRestore(Requests.restore(point, vm)))
                            .text())
                    .contains("CloudBackupMissing");
        }
    }

    @Test
    void backupsOfAClusterThatWasRegisteredAgainStayListed() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            List<String> ids = px.points().stream().map(RestorePoint::id).toList();
            assertThat(ids).hasSize(2).contains(point.id());

            px.harness().emulator().remove("backup_schedule", Names.schedule(vm.uuid()));
            px.harness().emulator().remove("cluster", "cluster");
            px.harness().emulator().addCluster("cluster", "UTC");
            px.reopen();

            assertThat(px.points()).extracting(RestorePoint::id).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void backupsOfALostScheduleOnAnotherClusterAreNotTheZones() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            px.harness().emulator().remove("backup_schedule", Names.schedule(vm.uuid()));
            assertThat(px.points()).hasSize(1);

            px.harness().emulator().addCluster("other", "UTC");
            px.harness().set(PxBackupSettings.CLUSTER, "other");
            px.reopen();

            assertThat(px.points()).isEmpty();
        }
    }

    @Test
    void anEmptyCopyIsNoProofThatNothingIsThere() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().changeContent(vm.volumes().get(0), "late".getBytes(UTF_8));
            List<String> before =
                    vm.volumes().stream().map(px.harness()::contentHash).toList();
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_EMPTY, "acs-.*-s.*", ""));

            OperationStatus.Failed end = px.failure(px.driver().startRestore(Requests.restore(point, vm)));

            assertThat(end.message()).contains("in the way", "disk-0", "disk-1").doesNotContain("is kept in backup");
            assertThat(vm.volumes().stream().map(px.harness()::contentHash).toList())
                    .isEqualTo(before);
        }
    }

    @Test
    void aCopyThatCannotBeDeletedDoesNotSpoilAGoodRestore() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().addLocation("vault", 7);
            px.harness().set(PxBackupSettings.LOCATION, "vault");
            px.reopen();
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);

            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));

            assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.driver().status(restore)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.harness().emulator().names("backup")).hasSize(2);
        }
    }

    @Test
    void aVolumeOutsideTheNamespaceOfItsMachineIsNotTakenForBackedUp() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            String stray = Requests.token();
            VmRef wider =
                    VmRefBuilder.copyOf(vm).volume(stray, "elsewhere/disk-0", 5).build();

            String why = Followed.refused(
                            ErrorKind.USER, () -> px.driver().startBackup(Requests.backup(wider, "policy")))
                    .text();

            assertThat(why).contains(stray, "elsewhere/disk-0", "is not in the namespace of its machine");
            assertThat(px.harness().emulator().names("backup")).isEmpty();
            assertThat(Labels.volumes(Labels.of(Labels.SCHEDULE, PxBackupHarness.ZONE, wider)))
                    .extracting(Labels.Named::uuid)
                    .containsExactlyInAnyOrderElementsOf(
                            vm.volumes().stream().map(VolumeRef::uuid).toList());
        }
    }

    @Test
    void aBackupThatARestoreReadsIsNotDeleted() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));
            px.harness().emulator().advance(LONG);
            assertThat(px.driver().status(restore).isEnded()).isFalse();
            String record = px.harness().emulator().names("restore").get(0);

            assertThat(Followed.refused(ErrorKind.CONFLICT, () -> px.driver().startDelete(Requests.delete(point)))
                            .text())
                    .contains("restore " + record + " reads it");

            assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.end(px.driver().startDelete(Requests.delete(point))))
                    .isInstanceOf(OperationStatus.Succeeded.class);
        }
    }

    @Test
    void aRestoreWaitsForABackupThatBeganAfterItsCopy() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));
            px.harness().emulator().advance(LONG);
            OperationRef backup = px.driver().startBackup(Requests.backup(vm, "policy"));

            OperationStatus waiting = px.driver().status(restore);

            assertThat(waiting).isInstanceOf(OperationStatus.Running.class);
            assertThat(waiting.toString()).contains("waits", "is busy at PX-Backup with backup");
            assertThat(px.harness().emulator().names("restore")).isEmpty();
            assertThat(px.end(backup)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
        }
    }

    @Test
    void aMachineOfTheSameNameOnAnotherClusterBlocksNoRestore() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            KubeCluster other = px.harness().emulator().addCluster("other", "UTC");
            String namespace = PxBackupHarness.namespaceOf(vm);
            other.put(Claim.of(namespace, "disk-0", 1L << 30, "twin"));
            other.put(VirtualMachine.of(namespace, vm.name(), "disk-0"));
            px.harness().set(PxBackupSettings.CLUSTER, "other");
            px.reopen();
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().makeOperationsSlow();
            for (int i = 0; i < 100 && px.harness().emulator().names("backup").size() < 2; i++) {
                px.harness().step();
            }
            assertThat(px.harness().emulator().names("backup")).hasSize(2);
            px.harness().set(PxBackupSettings.CLUSTER, "cluster");
            px.reopen();

            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));

            assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
        }
    }

    @Test
    void aVmThatLostTheDetailsOfItsMachineIsRefusedAndNotRestoredElsewhere() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            String namespace = PxBackupHarness.namespaceOf(vm);
            for (Map<String, String> details :
                    List.of(Map.<String, String>of(), Map.of("kubevirt.namespace", namespace))) {
                VmRef edited =
                        new VmRef(vm.uuid(), vm.name(), vm.instanceName(), vm.externalId(), vm.volumes(), details);

                assertThat(Followed.refused(
                                        ErrorKind.USER, () -> px.driver().startRestore(Requests.restore(point, edited)))
                                .text())
                        .contains("has no detail kubevirt.n");
            }
            assertThat(px.harness().emulator().names("restore")).isEmpty();
            assertThat(px.harness().emulator().names("backup")).hasSize(1);
        }
    }

    @Test
    void aVolumeThatCameAfterTheScheduleIsKnownByIt() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            String policy = px.offering("quarter-hourly");
            String schedule = px.driver().assign(vm, policy).orElseThrow();
            VolumeRef old = vm.volumes().get(1);
            VmRef changed = VmRefBuilder.copyOf(vm)
                    .volumes(List.of(
                            vm.volumes().get(0),
                            new VolumeRef(Requests.token(), old.path(), old.root(), old.sizeBytes(), old.deviceId())))
                    .build();

            assertThat(px.driver().assign(changed, policy)).contains(schedule);
            px.harness().emulator().advance(Duration.ofMinutes(1));

            assertThat(px.points())
                    .singleElement()
                    .satisfies(point -> assertThat(point.volumes())
                            .extracting(VolumeRef::uuid)
                            .containsExactlyElementsOf(changed.volumes().stream()
                                    .map(VolumeRef::uuid)
                                    .toList()));
        }
    }
}
