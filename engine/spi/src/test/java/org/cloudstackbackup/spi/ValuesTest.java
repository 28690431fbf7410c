/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bounds and copies of the values that cross the border. */
final class ValuesTest {
    private static final VolumeRef VOLUME = new VolumeRef("v1", "v1.raw", true, 10, 0);

    @Test
    void aVolumeHasNoNegativeSize() {
        assertThat(new VolumeRef("v", "p", false, 0, 1).sizeBytes()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VolumeRef("v", "p", false, -1, 1))
                .withMessage("sizeBytes -1 is negative");
    }

    @Test
    void aRestorePointHasAVolumeAndNoNegativeSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> point(0, 0, List.of()))
                .withMessage("Restore point p1 has no volume in it");
        assertThatIllegalArgumentException().isThrownBy(() -> point(-1, 0, List.of(VOLUME)));
        assertThatIllegalArgumentException().isThrownBy(() -> point(0, -1, List.of(VOLUME)));
    }

    @Test
    void storageUseIsNotNegative() {
        assertThat(new StorageUse(5, 0).totalBytes()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new StorageUse(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StorageUse(0, -1));
    }

    @Test
    void anOperationReferenceFitsItsColumn() {
        assertThat(new OperationRef("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationRef(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationRef("x".repeat(256)));
    }

    @Test
    void aPercentageIsFromZeroToAHundred() {
        assertThat(new OperationStatus.Running(0, "").isEnded()).isFalse();
        assertThat(new OperationStatus.Running(100, "").isEnded()).isFalse();
        assertThat(new OperationStatus.Running(null, "").isEnded()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationStatus.Running(-1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationStatus.Running(101, ""));
    }

    @Test
    void everyOtherStateIsAnEnd() {
        RestorePoint point = point(1, 1, List.of(VOLUME));

        assertThat(OperationStatus.Succeeded.backup(point).madeRestorePoint()).contains(point);
        assertThat(OperationStatus.Succeeded.volume("v.raw").restoredVolumePath())
                .contains("v.raw");
        assertThat(OperationStatus.Succeeded.done().madeRestorePoint()).isEmpty();
        assertThat(OperationStatus.Succeeded.done().isEnded()).isTrue();
        assertThat(new OperationStatus.Failed(ErrorKind.EXTERNAL, "why").isEnded())
                .isTrue();
        assertThat(new OperationStatus.Cancelled("why").isEnded()).isTrue();
    }

    @Test
    void aRestoreNamesATarget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestoreRequest("t", "p1", vm(List.of(VOLUME), Map.of()), Map.of()));
    }

    @Test
    void valuesKeepCopiesOfWhatTheyWereGiven() {
        var volumes = new ArrayList<>(List.of(VOLUME));
        var details = new HashMap<>(Map.of("kubevirt.name", "web"));
        var targets = new HashMap<>(Map.of("v1", VOLUME));
        var settings = new HashMap<>(Map.of("a.b", "c"));
        VmRef vm = vm(volumes, details);
        RestorePoint point = point(1, 1, volumes);
        var points = new ArrayList<>(List.of(point));
        var page = new RestorePointPage(points, null);
        var restore = new RestoreRequest("t", "p1", vm, targets);
        var zone = new ZoneContext("z", "zone", settings, Clock.systemUTC());

        volumes.clear();
        details.clear();
        targets.clear();
        settings.clear();
        points.clear();

        assertThat(vm.volumes()).containsExactly(VOLUME);
        assertThat(vm.details()).containsEntry("kubevirt.name", "web");
        assertThat(point.volumes()).containsExactly(VOLUME);
        assertThat(page.points()).containsExactly(point);
        assertThat(restore.targets()).containsEntry("v1", VOLUME);
        assertThat(zone.setting("a.b")).isEqualTo("c");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> vm.volumes().clear());
    }

    @Test
    void aPageSaysWhereTheNextOneBegins() {
        assertThat(new RestorePointPage(List.of(), "cursor").next()).contains("cursor");
        assertThat(new RestorePointPage(List.of(), null).next()).isEmpty();
    }

    @Test
    void whatIsIncompleteIsUnusableToo() {
        var hollow = incomplete(0, "no volume is in it");
        var page = new RestorePointPage(List.of(), null, Map.of("p8", "is being deleted"), List.of(hollow));

        assertThat(page.unusable()).isEqualTo(Map.of("p8", "is being deleted", "p9", "no volume is in it"));
        assertThat(new RestorePointPage(List.of(), null, page.unusable()).incomplete())
                .isEmpty();
    }

    @Test
    void anIncompletePointSaysWhatIsWrongWithIt() {
        assertThat(incomplete(0, "no volume is in it").volumes()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> incomplete(0, " "))
                .withMessageContaining("p9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> incomplete(-1, "no volume is in it"))
                .withMessageContaining("negative size");
    }

    private static IncompletePoint incomplete(long size, String reason) {
        return new IncompletePoint("p9", "vm", null, Instant.EPOCH, "FULL", size, 0, List.of(), reason);
    }

    @Test
    void aZoneDoesNotShowItsSettings() {
        var zone = new ZoneContext("z-uuid", "zone-1", Map.of("a.password", "hunter2"), Clock.systemUTC());

        assertThat(zone.toString()).contains("zone-1", "z-uuid").doesNotContain("hunter2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone.setting("a.other"))
                .withMessageContaining("a.other");
    }

    private static VmRef vm(List<VolumeRef> volumes, Map<String, String> details) {
        return new VmRef("vm", "web", "i-2-3-VM", null, volumes, details);
    }

    private static RestorePoint point(long sizeBytes, long protectedBytes, List<VolumeRef> volumes) {
        return new RestorePoint("p1", null, "web", null, Instant.EPOCH, "FULL", sizeBytes, protectedBytes, volumes);
    }
}
