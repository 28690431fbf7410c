/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoresTest {
    static Parameters parameters(Rig rig, String name, BackupObject backup) {
        return Parameters.none()
                .with("name", name)
                .with("backup_ref", new ObjectRef(backup.name(), backup.uid()))
                .with("cluster_ref", rig.ref("cluster", "cl"))
                .with("backup_object_type", "VirtualMachine")
                .with("include_resources", List.of(ResourceInfo.virtualMachine("ns1", "vm1")))
                .with("namespace_mapping", Map.of("ns1", "ns2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void aRestoreIsMadeSeenListedAndItsRecordDeletedInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            BackupObject backup = rig.finished("b1", "vm1");
            Restores restores = rig.client().restores();
            RestoreObject made = restores.create(parameters(rig, "r1", backup).with("replace_policy", "Delete"));
            rig.pass(600);
            RestoreObject seen = restores.inspectOne(Parameters.of(made.name(), made.uid()));
            assertThat(seen.state()).as(seen.reason()).isEqualTo(RestoreState.SUCCESS);
            RestoreInfo info = requireNonNull(seen.restoreInfo());
            assertThat(info.volumes()).extracting(RestoredVolume::pvc).contains("vm1-root", "vm1-data");
            assertThat(info.namespaceMapping()).containsEntry("ns1", "ns2");
            assertThat(info.replacePolicy()).isEqualTo("Delete");
            assertThat(restores.inspectAll(Parameters.none().with("status", "Success")))
                    .extracting(RestoreObject::uid)
                    .containsExactly(made.uid());
            restores.delete(Parameters.of(made.name(), made.uid()));
            rig.pass(60);
            assertThat(restores.inspectAll(Parameters.none())).isEmpty();
        }
    }

    @Test
    void optionsOfMachinesNeedANewLine() {
        Map<String, Object> options = Map.of("skip_mac_masking", true, "skip_vm_restart", true);
        try (Rig rig = Rig.of("2.11")) {
            BackupObject backup = rig.finished("b1", "vm1");
            RestoreObject made = rig.client()
                    .restores()
                    .create(parameters(rig, "r1", backup).with("virtual_machine_restore_options", options));
            assertThat(requireNonNull(requireNonNull(made.restoreInfo()).virtualMachineRestoreOptions()))
                    .isEqualTo(new MachineRestoreOptions(true, true));
        }
        try (Rig rig = Rig.of("2.10")) {
            BackupObject backup = rig.finished("b1", "vm1");
            assertThatThrownBy(() -> rig.client()
                            .restores()
                            .create(parameters(rig, "r1", backup).with("virtual_machine_restore_options", options)))
                    .isInstanceOfSatisfying(
                            PxBackupException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BY_SERVER));
        }
    }

    @Test
    void whatExcludesEachOtherIsRefused() {
        try (Rig rig = Rig.of("3.1")) {
            Parameters some = parameters(rig, "r1", rig.finished("b1", "vm1"));
            rig.emulator().journal().clear();
            Map<String, Object> filter = Map.of("vm_name_pattern", "vm");
            for (Parameters wrong : List.of(
                    some.with("virtual_machine_filter", filter),
                    some.with("namespace_mapping", null)
                            .with("virtual_machine_filter", filter)
                            .with("namespace_filter", Map.of("gvks", List.of("core/v1/Pod"))),
                    some.with("target_namespace_prefix", "x"),
                    some.with("is_sfr", true),
                    some.with("replace_policy", "Overwrite"),
                    some.with("backup_ref", null))) {
                assertThatThrownBy(() -> rig.client().restores().create(wrong))
                        .isInstanceOfSatisfying(
                                PxBackupException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.PARAMETER));
            }
            assertThat(rig.emulator().journal().count()).isZero();
        }
    }
}
