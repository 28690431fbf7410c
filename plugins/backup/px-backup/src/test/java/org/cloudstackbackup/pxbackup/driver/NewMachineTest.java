/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.Test;

/** A restore to a VM that is no machine of KubeVirt yet. */
class NewMachineTest {
    @Test
    void aVmWithoutAMachineBecomesOneInANamespaceOfItsOwn() {
        for (String dialect : List.of("2.10", "3.1")) {
            try (var px = new Followed(dialect)) {
                VmRef vm = px.vm();
                RestorePoint point = px.backedUp(vm);
                VmRef fresh = fresh();
                RestoreRequest request = Requests.restoreInto(point, fresh);

                OperationRef restore = px.driver().startRestore(request);
                px.reopen();
                assertThat(px.driver().startRestore(request)).isEqualTo(restore);
                RestoredMachine place = ((OperationStatus.Succeeded) px.end(restore))
                        .restoredMachine()
                        .orElseThrow();

                String namespace = Names.machine(fresh.uuid());
                assertThat(place.details())
                        .isEqualTo(Map.of("kubevirt.namespace", namespace, "kubevirt.name", vm.name()));
                VmRef made = made(fresh, place);
                assertThat(hashes(px, made)).as(dialect).isEqualTo(hashes(px, vm));
                boolean stopped = px.harness()
                                .cluster()
                                .machine(namespace, vm.name())
                                .orElseThrow()
                                .phase()
                        == VirtualMachine.Phase.STOPPED;
                assertThat(stopped).as("before 2.11 a restored machine starts").isEqualTo(dialect.equals("3.1"));

                assertThat(px.backedUp(made).vmUuid()).isEqualTo(fresh.uuid());
            }
        }
    }

    @Test
    void whatStandsInTheWayIsLeftAlone() {
        try (var px = new Followed("3.1")) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            VmRef fresh = fresh();
            assertThat(px.end(px.driver().startRestore(Requests.restoreInto(point, fresh))))
                    .isInstanceOf(OperationStatus.Succeeded.class);

            assertThat(px.failure(px.driver().startRestore(Requests.restoreInto(point, fresh)))
                            .message())
                    .contains("in the way", Names.machine(fresh.uuid()));
        }
    }

    @Test
    void aVolumeThatDoesNotComeBackIsAFailureThatNamesThePlace() {
        try (var px = new Followed("3.1")) {
            RestorePoint point = px.backedUp(px.vm());
            VmRef fresh = fresh();
            px.harness().emulator().mishap(Mishap.of(Mishap.Kind.FAIL_RESTORE_VOLUME, ".*", "disk-1"));
            assertThat(px.failure(px.driver().startRestore(Requests.restoreInto(point, fresh)))
                            .message())
                    .contains("disk-1", "is in namespace " + Names.machine(fresh.uuid()));
        }
    }

    @Test
    void aVmThatIsTooSmallOrLacksAVolumeIsRefused() {
        try (var px = new Followed("3.1")) {
            RestorePoint point = px.backedUp(px.vm());
            VmRef small = VmRefBuilder.vm("small").volume("a", 4).volume("b", 4).build();
            Followed.refused(ErrorKind.USER, () -> px.driver().startRestore(Requests.restoreInto(point, small)));
            VmRef fresh = fresh();
            var part = new RestoreRequest(
                    Requests.token(),
                    point.id(),
                    fresh,
                    Map.of(point.volumes().get(0).uuid(), fresh.volumes().get(0)));
            Followed.refused(ErrorKind.USER, () -> px.driver().startRestore(part));
            assertThat(px.harness().emulator().names("restore")).isEmpty();
        }
    }

    /** As a host makes it: paths of its own, and no detail of KubeVirt. */
    private static VmRef fresh() {
        return VmRefBuilder.vm("fresh").volume("a.raw", 64).volume("b.raw", 64).build();
    }

    private static VmRef made(VmRef fresh, RestoredMachine place) {
        VmRefBuilder made = VmRefBuilder.copyOf(fresh)
                .volumes(fresh.volumes().stream()
                        .map(each -> new VolumeRef(
                                each.uuid(),
                                place.paths().getOrDefault(each.uuid(), "nowhere"),
                                each.root(),
                                each.sizeBytes(),
                                each.deviceId()))
                        .toList());
        place.details().forEach(made::detail);
        return made.build();
    }

    private static List<String> hashes(Followed px, VmRef vm) {
        return vm.volumes().stream().map(px.harness()::contentHash).toList();
    }
}
