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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.Test;

/** A backup that the product has stays known, whatever becomes of it; only good ones are restore points. */
class KnownBackupsTest {
    @Test
    void aBackupThatIsBeingDeletedIsStillThere() {
        try (var px = new Followed("3.1")) {
            RestorePoint point = px.backedUp(px.vm());
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.STUCK_DELETING, ".*", ""));
            OperationRef deletion = px.driver().startDelete(Requests.delete(point));
            px.harness().emulator().advance(Duration.ofHours(1));
            assertThat(px.driver().status(deletion).isEnded()).isFalse();
            assertThat(px.points()).isEmpty();
            assertThat(px.unusable()).containsOnlyKeys(point.id());
            assertThat(px.unusable().get(point.id())).contains("Deleting");
        }
    }

    @Test
    void aBackupWhoseDeletionFailedIsStillThereAndCanBeDeletedAgain() {
        try (var px = new Followed("3.1")) {
            RestorePoint point = px.backedUp(px.vm());
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_DELETE, ".*", ""));
            px.failure(px.driver().startDelete(Requests.delete(point)));
            assertThat(px.points()).isEmpty();
            assertThat(px.unusable().get(point.id())).contains("Failed", "made to fail");

            OperationRef again = px.driver().startDelete(Requests.delete(point));
            assertThat(px.driver().status(again)).isInstanceOf(OperationStatus.Running.class);
            px.harness().losePoint(point);
            assertThat(px.driver().status(again)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.unusable()).isEmpty();
        }
    }

    @Test
    void aStateOfALaterLineHidesNoBackupAndIsNotRestored() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            String name = point.id().substring(0, point.id().indexOf('/'));
            px.harness().emulator().status("backup", name, "Quarantined");

            assertThat(px.points()).isEmpty();
            assertThat(px.unusable().get(point.id())).contains("Quarantined");
            assertThat(Followed.refused(ErrorKind.EXTERNAL, () -> px.driver().startRestore(Requests.restore(point, vm)))
                            .text())
                    .contains("Quarantined");

            px.harness().emulator().status("backup", name, "Success");
            assertThat(px.points()).extracting(RestorePoint::id).containsExactly(point.id());
        }
    }

    @Test
    void runsInAStateOfALaterLineAreToldAsSuchAndGoOn() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().makeOperationsSlow();
            OperationRef backup = px.driver().startBackup(Requests.backup(vm, "policy"));
            String name = px.harness().emulator().names("backup").get(1);
            px.harness().emulator().status("backup", name, "Verifying");
            assertUnknown(px, backup, "Verifying");
            px.harness().emulator().status("backup", name, "Pending");
            assertThat(px.end(backup)).isInstanceOf(OperationStatus.Succeeded.class);

            px.harness().makeOperationsFast();
            OperationRef volume = px.driver()
                    .startVolumeRestore(
                            Requests.volumeRestore(point, vm.volumes().get(1), vm));
            assertUnknownRestore(px, volume);
            OperationRef machine = px.driver().startRestore(Requests.restore(point, vm));
            for (int i = 0; i < 20 && px.harness().emulator().names("restore").size() < 2; i++) {
                px.harness().step();
                px.driver().status(machine);
            }
            assertUnknownRestore(px, machine);
        }
    }

    private static void assertUnknownRestore(Followed px, OperationRef restore) {
        List<String> records = px.harness().emulator().names("restore");
        String record = records.get(records.size() - 1);
        px.harness().emulator().status("restore", record, "Skipped");
        assertUnknown(px, restore, "Skipped");
        px.harness().emulator().status("restore", record, "Pending");
        assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
    }

    private static void assertUnknown(Followed px, OperationRef operation, String word) {
        ProviderException refusal =
                Followed.refused(ErrorKind.EXTERNAL, () -> px.driver().status(operation));
        assertThat(refusal.text()).contains(word, "not known here");
    }

    @Test
    void aScheduledBackupThatLacksAVolumeWithoutAWordIsNoPoint() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, ".*", "disk-1"));
            VmRef vm = px.vm();
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(1));

            assertThat(px.points()).isEmpty();
            Map<String, String> unusable = px.unusable();
            assertThat(unusable).hasSize(1);
            String id = unusable.keySet().iterator().next();
            assertThat(unusable.get(id)).contains("lacks 1 of 2 volumes", "disk-1");
            var hollow =
                    new RestorePoint(id, vm.uuid(), vm.name(), null, PxBackupHarness.START, "FULL", 1, 1, vm.volumes());
            assertThat(Followed.refused(
                                    ErrorKind.EXTERNAL, () -> px.driver().startRestore(Requests.restore(hollow, vm)))
                            .text())
                    .contains("lacks 1 of 2 volumes");

            px.harness().emulator().advance(Duration.ofMinutes(15));
            assertThat(px.points()).as("the next run is whole").hasSize(1);
        }
    }

    @Test
    void aVolumeThatCameLaterSpoilsNoEarlierBackupAndOneThatWentNoLaterOne() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            String policy = px.offering("quarter-hourly");
            VmRef smaller =
                    VmRefBuilder.copyOf(vm).volumes(vm.volumes().subList(0, 1)).build();
            px.harness().cluster().put(machine(vm, "disk-0"));
            px.driver().assign(smaller, policy);
            px.harness().emulator().advance(Duration.ofMinutes(1));
            px.harness().cluster().put(machine(vm, "disk-0", "disk-1"));
            px.driver().assign(vm, policy);
            px.harness().emulator().advance(Duration.ofMinutes(15));
            assertThat(px.points()).extracting(point -> point.volumes().size()).containsExactly(1, 2);

            px.harness().cluster().put(machine(vm, "disk-0"));
            px.driver().assign(smaller, policy);
            px.harness().emulator().advance(Duration.ofMinutes(30));
            assertThat(px.points()).extracting(point -> point.volumes().size()).containsExactly(1, 2, 1, 1);
            assertThat(px.points().get(1).volumes())
                    .extracting(VolumeRef::uuid)
                    .containsExactlyElementsOf(
                            vm.volumes().stream().map(VolumeRef::uuid).toList());
        }
    }

    private static VirtualMachine machine(VmRef vm, String... claims) {
        return VirtualMachine.of(PxBackupHarness.namespaceOf(vm), vm.name(), claims)
                .withPhase(VirtualMachine.Phase.STOPPED);
    }

    @Test
    void claimsWithLongNamesAreBackedUpAndScheduled() {
        String claim = "a-" + "0123456789-.".repeat(20) + "z";
        try (var px = new Followed("3.1")) {
            VmRef plain = px.vm();
            String namespace = PxBackupHarness.namespaceOf(plain);
            px.harness().cluster().put(Claim.of(namespace, claim, 5, ""));
            px.harness().cluster().write(namespace, claim, "long!".getBytes(UTF_8), 5);
            px.harness().cluster().put(machine(plain, "disk-0", "disk-1", claim));
            VmRef vm = VmRefBuilder.copyOf(plain)
                    .volume(namespace + "/" + claim, 5)
                    .build();

            px.driver().assign(vm, px.offering("quarter-hourly"));
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().advance(Duration.ofMinutes(1));

            assertThat(point.volumes()).extracting(VolumeRef::uuid).containsExactlyElementsOf(uuids(vm));
            assertThat(px.points())
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.volumes())
                            .extracting(VolumeRef::uuid)
                            .containsExactlyElementsOf(uuids(vm)));
        }
    }

    private static List<String> uuids(VmRef vm) {
        return vm.volumes().stream().map(VolumeRef::uuid).toList();
    }

    @Test
    void claimsOfAnyLengthAreReadAsTheyWereWritten() {
        for (int length : Set.of(1, 60, 61, 62, 121, 122, 123, 183, 253)) {
            String claim = "-.x".repeat(85).substring(0, length);
            VmRef vm = VmRefBuilder.vm("web")
                    .detail("kubevirt.namespace", "ns")
                    .detail("kubevirt.name", "web")
                    .volume("ns/" + claim, 5)
                    .build();
            Map<String, String> labels = Labels.of(Labels.BACKUP, "zone", vm);
            assertThat(labels.values())
                    .as(claim)
                    .filteredOn(value -> length > 61 || !value.endsWith(claim))
                    .allMatch(value -> value.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"));
            assertThat(Labels.volumes(labels))
                    .containsExactly(new Labels.Named(vm.volumes().get(0).uuid(), claim, 0));
            assertThat(Labels.volumes(Labels.renewed(labels, Map.of(), Instant.EPOCH)))
                    .containsExactly(new Labels.Named(vm.volumes().get(0).uuid(), claim, 0));
        }
    }
}
