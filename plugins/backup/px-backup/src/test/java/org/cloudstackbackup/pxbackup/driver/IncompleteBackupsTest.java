/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.spi.IncompletePoint;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.Requests;
import org.junit.jupiter.api.Test;

/** What a schedule has made that is no good backup is told with its VM and its reason; nobody has asked for it. */
class IncompleteBackupsTest {
    private static final String POLICY = "quarter-hourly";

    @Test
    void oneThatLacksAVolumeWithoutAWordNamesAllThatItIsOf() {
        for (String dialect : List.of("2.8", "3.1")) {
            try (var px = new Followed(dialect)) {
                VmRef vm = scheduled(px, Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, ".*", "disk-1"));

                IncompletePoint told = only(px);

                assertThat(told.vmUuid()).isEqualTo(vm.uuid());
                assertThat(told.offeringExternalId()).isEqualTo(px.offering(POLICY));
                assertThat(told.reason()).as(dialect).contains("lacks 1 of 2 volumes", "disk-1");
                assertThat(told.volumes()).extracting(VolumeRef::uuid).containsExactlyElementsOf(uuids(vm));
                assertThat(told.volumes()).extracting(VolumeRef::path).containsExactlyElementsOf(paths(vm));
                assertThat(told.volumes()).extracting(VolumeRef::sizeBytes).containsExactly(4L, 0L);
                assertThat(told.protectedBytes()).isEqualTo(4);
                assertThat(told.sizeBytes()).isPositive();

                px.harness().emulator().advance(Duration.ofMinutes(15));
                assertThat(only(px))
                        .as("the next one is whole, this one is told as before")
                        .isEqualTo(told);
                assertThat(px.points()).hasSize(1);
            }
        }
    }

    @Test
    void oneWithNothingInItIsToldThoughItEndedWell() {
        try (var px = new Followed("3.1")) {
            VmRef vm = scheduled(px, Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));

            IncompletePoint told = only(px);

            assertThat(told.reason()).contains("calls it Success", "is not in it");
            assertThat(told.sizeBytes()).isZero();
            assertThat(told.volumes()).extracting(VolumeRef::uuid).containsExactlyElementsOf(uuids(vm));
        }
    }

    @Test
    void oneThatFailedIsToldWithTheProductsReason() {
        try (var px = new Followed("3.1")) {
            scheduled(px, Mishap.of(Mishap.Kind.FAIL_VOLUME, ".*", "disk-1"));
            assertThat(only(px).reason()).contains("Failed", "Volume backups failed");
        }
        try (var px = new Followed("3.1")) {
            scheduled(px, Mishap.of(Mishap.Kind.FAIL_UPLOAD, ".*", ""));
            assertThat(only(px).reason()).contains("Failed", "made to fail");
        }
    }

    @Test
    void oneOfAVmThatWasTakenOutIsToldAsBefore() {
        try (var px = new Followed("3.1")) {
            VmRef vm = scheduled(px, Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));
            IncompletePoint told = only(px);
            px.driver().remove(vm, px.offering(POLICY));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            IncompletePoint left = only(px);
            assertThat(left.id()).isEqualTo(told.id());
            assertThat(left.vmUuid()).isEqualTo(vm.uuid());
            assertThat(left.reason()).isEqualTo(told.reason());
        }
    }

    @Test
    void oneOnRequestIsToldByItsOperationAlone() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));
            px.driver().startBackup(Requests.backup(px.vm(), "policy"));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            RestorePointPage page = px.driver().restorePoints(null, 100);
            assertThat(page.unusable()).hasSize(1);
            assertThat(page.incomplete()).isEmpty();
        }
    }

    @Test
    void oneThatRunsOrIsBeingDeletedIsNotToldAsEnded() {
        try (var px = new Followed("3.1")) {
            scheduled(px, Mishap.of(Mishap.Kind.STUCK, ".*", "InProgress"));
            RestorePointPage page = px.driver().restorePoints(null, 100);
            assertThat(page.unusable()).hasSize(1);
            assertThat(page.incomplete()).isEmpty();
        }
        try (var px = new Followed("3.1")) {
            scheduled(px);
            RestorePoint good = px.points().get(0);
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.STUCK_DELETING, ".*", ""));
            px.driver().startDelete(Requests.delete(good));
            px.harness().emulator().advance(Duration.ofMinutes(1));
            RestorePointPage page = px.driver().restorePoints(null, 100);
            assertThat(page.unusable()).containsOnlyKeys(good.id());
            assertThat(page.incomplete()).isEmpty();
        }
    }

    @Test
    void oneOfAScheduleThatIsGoneIsOfAVmThatNobodyKnows() {
        try (var px = new Followed("3.1")) {
            VmRef vm = scheduled(px, Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));
            px.harness().emulator().remove("backup_schedule", Names.schedule(vm.uuid()));
            RestorePointPage page = px.driver().restorePoints(null, 100);
            assertThat(page.unusable()).hasSize(1);
            assertThat(page.incomplete()).isEmpty();
        }
    }

    @Test
    void oneThatIsKnownToLackSomethingCanBeDeleted() {
        try (var px = new Followed("3.1")) {
            scheduled(px, Mishap.of(Mishap.Kind.SILENT_EMPTY, ".*", ""));
            IncompletePoint told = only(px);
            var point = new RestorePoint(
                    told.id(), told.vmUuid(), "web", null, told.created(), "FULL", 0, 0, told.volumes());
            px.end(px.driver().startDelete(Requests.delete(point)));
            assertThat(px.unusable()).isEmpty();
        }
    }

    /** A VM whose schedule has made its first backup. */
    private static VmRef scheduled(Followed px, Mishap... mishaps) {
        for (Mishap each : mishaps) {
            px.harness().emulator().mishap(each);
        }
        VmRef vm = px.vm();
        px.driver().assign(vm, px.offering(POLICY));
        px.harness().emulator().advance(Duration.ofMinutes(1));
        return vm;
    }

    private static IncompletePoint only(Followed px) {
        RestorePointPage page = px.driver().restorePoints(null, 100);
        assertThat(page.incomplete()).hasSize(1);
        IncompletePoint told = page.incomplete().get(0);
        assertThat(page.unusable()).containsEntry(told.id(), told.reason());
        assertThat(page.points()).extracting(RestorePoint::id).doesNotContain(told.id());
        return told;
    }

    private static List<String> uuids(VmRef vm) {
        return vm.volumes().stream().map(VolumeRef::uuid).toList();
    }

    private static List<String> paths(VmRef vm) {
        return vm.volumes().stream().map(VolumeRef::path).toList();
    }
}
