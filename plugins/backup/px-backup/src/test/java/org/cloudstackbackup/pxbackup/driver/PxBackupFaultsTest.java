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
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.Test;

/** What goes wrong at the product, on the way to it, and behind its back. */
class PxBackupFaultsTest {
    @Test
    void aSuccessWithNothingInItIsAFailureWithThatReason() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));

            OperationStatus.Failed end = px.failure(px.driver().startBackup(Requests.backup(px.vm(), "policy")));

            assertThat(end.message()).contains("PX-Backup calls it Success", "is not in it");
            assertThat(px.points()).isEmpty();
        }
    }

    @Test
    void aVolumeThatIsLeftOutWithoutAWordIsAFailure() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, ".*", "disk-1"));
            VmRef vm = px.vm();

            OperationStatus.Failed end = px.failure(px.driver().startBackup(Requests.backup(vm, "policy")));

            assertThat(end.message())
                    .contains(
                            "lacks 1 of 2 volumes",
                            "disk-1",
                            vm.volumes().get(1).uuid());
            assertThat(px.points()).isEmpty();
        }
    }

    @Test
    void aPartialSuccessIsAFailureThatNamesTheVolume() {
        for (String dialect : List.of("2.9", "3.1")) {
            try (var px = new Followed(dialect)) {
                px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, ".*", "disk-1"));
                VmRef vm = px.vm();

                OperationStatus.Failed end = px.failure(px.driver().startBackup(Requests.backup(vm, "policy")));

                assertThat(end.kind()).isEqualTo(ErrorKind.EXTERNAL);
                assertThat(end.message()).as(dialect).containsAnyOf("disk-1", "made to fail", "Volume backups failed");
                assertThat(px.points()).as(dialect).isEmpty();
                assertThat(px.backedUp(vm).volumes()).as(dialect).hasSize(2);
            }
        }
    }

    @Test
    void aServerThatRestartsInTheMiddleOfABackupLosesNothing() {
        try (var px = new Followed("3.1")) {
            px.harness().makeOperationsSlow();
            VmRef vm = px.vm();
            BackupRequest request = Requests.backup(vm, "policy");
            OperationRef backup = px.driver().startBackup(request);
            px.harness().step();

            px.harness().emulator().restart(Duration.ofMillis(50));

            assertThat(px.driver().startBackup(request)).isEqualTo(backup);
            assertThat(px.end(backup)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.points()).hasSize(1);
        }
    }

    @Test
    void aLostAnswerStartsOneBackup() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().fault(Fault.on("POST", "/v1/backup", Fault.Kind.CUT_AFTER));

            px.backedUp(px.vm());

            assertThat(px.harness().emulator().names("backup")).hasSize(1);
        }
    }

    @Test
    void aMachineDeletedBeforeItsScheduledBackupLeavesOnlyItsGoodPoints() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            List<RestorePoint> good = px.points();
            assertThat(good).hasSize(1);
            assertThat(good.get(0).vmUuid()).isEqualTo(vm.uuid());
            assertThat(good.get(0).volumes())
                    .extracting(VolumeRef::uuid)
                    .containsExactlyElementsOf(
                            vm.volumes().stream().map(VolumeRef::uuid).toList());

            px.harness().destroyVm(vm);
            px.harness().emulator().advance(Duration.ofMinutes(31));

            assertThat(px.harness().emulator().names("backup")).hasSize(3);
            assertThat(px.points()).isEqualTo(good);
        }
    }

    @Test
    void backupsByScheduleAreKnownAfterTheirScheduleIsGone() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            String policy = px.offering("quarter-hourly");
            px.driver().assign(vm, policy);
            px.harness().emulator().advance(Duration.ofMinutes(16));
            List<RestorePoint> points = px.points();
            assertThat(points).hasSize(2).allMatch(each -> policy.equals(each.offeringExternalId()));

            px.driver().remove(vm, policy);
            px.harness().emulator().advance(Duration.ofMinutes(16));

            assertThat(px.harness().emulator().names("backup_schedule")).isEmpty();
            assertThat(px.points()).isEqualTo(points);
        }
    }

    @Test
    void aScheduleDeletedByHandDoesNotHideItsBackups() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            px.driver().assign(vm, px.offering("quarter-hourly"));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            String id = px.points().get(0).id();

            px.harness().emulator().remove("backup_schedule", Names.schedule(vm.uuid()));

            assertThat(px.points()).singleElement().satisfies(point -> {
                assertThat(point.id()).isEqualTo(id);
                assertThat(point.vmUuid()).isNull();
            });
        }
    }

    @Test
    void theSameNameOfAnotherOwnerIsNotTakenForOurs() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            BackupRequest request = Requests.backup(vm, "policy");
            String foreign = backupOfAnotherOwner(px, vm, Names.backup(vm.uuid(), request.clientToken()));

            OperationRef backup = px.driver().startBackup(request);

            assertThat(backup.value()).doesNotContain(foreign);
            assertThat(px.end(backup)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(px.points()).hasSize(1).noneMatch(each -> each.id().endsWith(foreign));
        }
    }

    private static String backupOfAnotherOwner(Followed px, VmRef vm, String name) {
        String url = px.harness().emulator().url();
        var config = PxBackupConfig.of(url, Login.password(url, "px-central-admin", "admin"));
        try (var other = new PxBackupClient(config, px.harness().zone().clock(), Pause.REAL)) {
            return other.backups()
                    .create(Parameters.none()
                            .with("name", name)
                            .with("backup_location_ref", ref(px, "backup_location", "location"))
                            .with("cluster_ref", ref(px, "cluster", "cluster"))
                            .with("namespaces", List.of(PxBackupHarness.namespaceOf(vm)))
                            .with("backup_object_type", java.util.Map.of("type", "VirtualMachine"))
                            .with(
                                    "include_resources",
                                    List.of(ResourceInfo.virtualMachine(PxBackupHarness.namespaceOf(vm), vm.name()))))
                    .uid();
        }
    }

    private static ObjectRef ref(Followed px, String kind, String name) {
        return new ObjectRef(name, px.harness().emulator().uid(kind, name));
    }

    @Test
    void aMachineOfTheSameNameThatIsAnotherVmIsNotOverwritten() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            VmRef heir = VmRefBuilder.copyOf(vm).uuid(Requests.token()).build();
            px.harness().changeContent(vm.volumes().get(0), "heir".getBytes(UTF_8));
            String own = px.harness().contentHash(vm.volumes().get(0));

            String why = Followed.refused(ErrorKind.USER, () -> px.driver().startRestore(Requests.restore(point, heir)))
                    .text();

            assertThat(why).contains(vm.uuid(), heir.uuid());
            assertThat(px.harness().contentHash(vm.volumes().get(0))).isEqualTo(own);
        }
    }

    @Test
    void aVmWithoutTheDetailsOfItsMachineIsRefused() {
        try (var px = new Followed("3.1")) {
            VmRef unknown = VmRefBuilder.vm("web").volume("disk", 5).build();

            String why = Followed.refused(
                            ErrorKind.USER, () -> px.driver().startBackup(Requests.backup(unknown, "policy")))
                    .text();

            assertThat(why).contains("kubevirt.namespace", "web");
        }
    }

    @Test
    void aRestoreThatFailsKeepsTheCopyOfWhatWasThere() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_RESTORE, ".*", ""));

            OperationStatus.Failed end = px.failure(px.driver().startRestore(Requests.restore(point, vm)));

            String copy = end.message().substring(end.message().lastIndexOf(' ') + 1);
            assertThat(px.harness().emulator().names("backup")).contains(copy);
            assertThat(px.points()).extracting(RestorePoint::id).containsExactly(point.id());
        }
    }

    @Test
    void aCopyThatFailsLeavesEverythingAsItWas() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            px.harness().changeContent(vm.volumes().get(0), "late".getBytes(UTF_8));
            String before = px.harness().contentHash(vm.volumes().get(0));
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, ".*", "disk-0"));

            OperationStatus.Failed end = px.failure(px.driver().startRestore(Requests.restore(point, vm)));

            assertThat(end.message()).contains("Nothing was restored");
            assertThat(px.harness().contentHash(vm.volumes().get(0))).isEqualTo(before);
            assertThat(px.harness().emulator().names("restore")).isEmpty();
        }
    }

    @Test
    void theCopyIsGoneAfterAGoodRestore() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);

            OperationRef restore = px.driver().startRestore(Requests.restore(point, vm));
            assertThat(px.end(restore)).isInstanceOf(OperationStatus.Succeeded.class);
            px.harness().step();

            assertThat(px.harness().emulator().names("backup")).hasSize(1);
            assertThat(px.driver().status(restore)).isInstanceOf(OperationStatus.Succeeded.class);
        }
    }

    @Test
    void aMachineThatIsGoneIsBroughtBackWhereItWas() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            List<String> before =
                    vm.volumes().stream().map(px.harness()::contentHash).toList();
            RestorePoint point = px.backedUp(vm);
            px.harness().destroyVm(vm);

            assertThat(px.end(px.driver().startRestore(Requests.restore(point, vm))))
                    .isInstanceOf(OperationStatus.Succeeded.class);

            assertThat(vm.volumes().stream().map(px.harness()::contentHash).toList())
                    .isEqualTo(before);
            assertThat(px.harness().cluster().machine(PxBackupHarness.namespaceOf(vm), vm.name()))
                    .isPresent();
        }
    }

    @Test
    void aDeletionThatFailsIsToldAndOneOfALockedBackupRefused() {
        try (var px = new Followed("3.1")) {
            RestorePoint point = px.backedUp(px.vm());
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_DELETE, ".*", ""));
            assertThat(px.failure(px.driver().startDelete(Requests.delete(point)))
                            .message())
                    .contains("could not delete", "made to fail");

            px.harness().emulator().addLocation("vault", 7);
            px.harness().set(PxBackupSettings.LOCATION, "vault");
            px.reopen();
            RestorePoint locked = px.backedUp(px.vm());
            assertThat(Followed.refused(ErrorKind.CONFLICT, () -> px.driver().startDelete(Requests.delete(locked)))
                            .text())
                    .contains("locked in its bucket until 2026-11-2");
            assertThat(px.driver().offerings())
                    .as("a locked bucket takes locked policies only")
                    .isEmpty();
        }
    }

    @Test
    void pointsDeletedBetweenTwoPagesHideNoOther() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            for (int i = 0; i < 5; i++) {
                px.backedUp(vm);
                px.harness().step();
            }
            List<String> ids = px.points().stream().map(RestorePoint::id).toList();
            RestorePointPage first = px.driver().restorePoints(null, 2);
            first.points().forEach(px.harness()::losePoint);

            RestorePointPage second = px.driver().restorePoints(first.nextCursor(), 100);

            assertThat(second.points()).extracting(RestorePoint::id).containsExactlyElementsOf(ids.subList(2, 5));
        }
    }

    @Test
    void refusalsOfTheServerAreTheProductsAndOutagesCanBeRepeated() {
        try (var px = new Followed("3.1")) {
            px.harness().set(PxBackupSettings.ATTEMPTS, "1");
            px.reopen();
            assertKind(px, 401, ErrorKind.EXTERNAL);
            assertKind(px, 403, ErrorKind.EXTERNAL);
            assertKind(px, 429, ErrorKind.UNAVAILABLE);
            assertKind(px, 500, ErrorKind.EXTERNAL);
            assertKind(px, 503, ErrorKind.UNAVAILABLE);
        }
    }

    private static void assertKind(Followed px, int status, ErrorKind kind) {
        px.harness()
                .emulator()
                .fault(Fault.on("GET", "/v1/schedulepolicy/.*", Fault.Kind.STATUS)
                        .with("status", status)
                        .times(2));
        assertThat(Followed.refused(kind, () -> px.driver().offerings()).text()).contains(String.valueOf(status));
        px.harness().emulator().faults().clear();
    }

    @Test
    void aClusterOrLocationThatIsNotThereIsToldWithTheSetting() {
        try (var px = new Followed("3.1")) {
            px.harness().set(PxBackupSettings.CLUSTER, "cloister");
            px.reopen();
            assertThat(Followed.refused(ErrorKind.USER, () -> px.points()).text())
                    .contains(PxBackupSettings.CLUSTER, "'cloister'", "[cluster]");

            px.harness().set(PxBackupSettings.CLUSTER, "cluster");
            px.harness().emulator().status("cluster", "cluster", "Offline");
            px.reopen();
            assertThat(Followed.refused(ErrorKind.CONFLICT, () -> px.points()).text())
                    .contains("Offline, not Online");
        }
    }
}
