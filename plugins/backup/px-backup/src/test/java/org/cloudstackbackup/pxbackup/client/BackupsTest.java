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
import java.util.stream.IntStream;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupsTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void aBackupIsMadeSeenChangedSharedAndDeletedInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Backups backups = rig.client().backups();
            BackupObject made = backups.create(rig.machines("b1", "vm1").with("labels", Map.of("env", "prod")));
            assertThat(made.uid()).isEqualTo(rig.emulator().uid("backup", "b1"));
            rig.pass(120);
            BackupObject seen = backups.inspectOne(Rig.of(made));
            assertThat(seen.state()).isEqualTo(BackupState.SUCCESS);
            BackupInfo info = requireNonNull(seen.backupInfo());
            assertThat(info.volumes()).extracting(BackupVolume::pvc).containsExactlyInAnyOrder("vm1-root", "vm1-data");
            assertThat(info.volumes())
                    .allSatisfy(each -> assertThat(each.state()).isEqualTo(BackupState.SUCCESS));
            assertThat(info.volumes())
                    .extracting(BackupVolume::totalSize)
                    .containsExactlyInAnyOrder(1L << 30, 2L << 30);
            assertThat(info.totalSize()).isPositive();
            assertThat(requireNonNull(info.backupObjectType()).type()).isEqualTo("VirtualMachine");
            assertThat(requireNonNull(info.backupType()).type()).isEqualTo("Normal");
            assertThat(requireNonNull(info.completionTimeInfo()).totalCompletionTime())
                    .isAfter(Rig.START);

            backups.update(Rig.of(made).with("labels", Map.of("env", "test")));
            assertThat(requireNonNull(backups.inspectOne(Rig.of(made)).metadata())
                            .labels())
                    .containsEntry("env", "test");
            backups.updateShare(Rig.of(made)
                    .with(
                            "backup_share",
                            Map.of(
                                    "groups",
                                    List.of(Map.of("id", "viewers", "access", "View")),
                                    "collaborators",
                                    List.of())));
            assertThat(requireNonNull(requireNonNull(
                                            backups.inspectOne(Rig.of(made)).backupInfo())
                                    .backupShare())
                            .groups())
                    .containsExactly(new Access("viewers", "View"));
            backups.delete(Rig.of(made).with("cluster_ref", rig.ref("cluster", "cl")));
            rig.pass(600);
            assertThatThrownBy(() -> backups.inspectOne(Rig.of(made)))
                    .isInstanceOfSatisfying(PxBackupException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
                        assertThat(e.httpStatus()).isEqualTo(404);
                        assertThat(e.grpcCode()).isEqualTo(5);
                        assertThat(e.serverText()).contains("object not found");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void allBackupsAreListedPageByPageInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().addBackups("cl", "bl", "old", 10);
            rig.finished("mine", "vm1");
            Backups backups = rig.client().backups();
            rig.emulator().journal().clear();
            assertThat(backups.inspectAll(Parameters.none()))
                    .extracting(BackupObject::name)
                    .hasSize(11)
                    .doesNotHaveDuplicates();
            assertThat(rig.emulator().journal().entries("GET", "/v1/backup/default"))
                    .as("pages of three that overlap by one")
                    .hasSize(5);
            assertThat(backups.inspectAll(Parameters.none().with("max_objects", 4)))
                    .hasSize(4);
            assertThat(backups.inspectAll(Parameters.none().with("name_filter", "min")))
                    .extracting(BackupObject::name)
                    .containsExactly("mine");
            assertThat(backups.inspectAll(Parameters.none()
                            .with("status", List.of("Success", "Failed"))
                            .with("cluster_name_filter", "cl")
                            .with("cluster_uid_filter", rig.emulator().uid("cluster", "cl"))
                            .with("include_detailed_resources", true)
                            .with("backup_object_type", "VirtualMachine")
                            .with("time_range", Map.of("start_time", "2026-11-21T08:00:00Z"))))
                    .extracting(BackupObject::name)
                    .contains("mine");
            assertThat(backups.inspectAll(Parameters.none().with("status", "Failed")))
                    .isEmpty();
            assertThat(backups.inspectAll(Parameters.none().with("owners", List.of("nobody"))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.10", "2.11", "3.1"})
    void aSortedListIsAskedByPost(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            for (String name : List.of("b", "c", "a", "e", "d")) {
                rig.client().backups().create(rig.machines(name, "vm1"));
                rig.pass(60);
            }
            List<BackupObject> sorted = rig.client()
                    .backups()
                    .inspectAll(Parameters.none()
                            .with("sort_option", Map.of("sort_by", "Name", "sort_order", "Ascending"))
                            .with("labels", Map.of()));
            assertThat(sorted).extracting(BackupObject::name).containsExactly("a", "b", "c", "d", "e");
            assertThat(rig.emulator().journal().entries("POST", "/v1/backup/default/enumerate"))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.11"})
    void backupsAreFoundByTheirScheduleAndPolicy(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.finished("manual", "vm1");
            BackupScheduleObject schedule = rig.client().schedules().create(rig.schedule("gold", "vm1"));
            rig.pass(120);
            ObjectRef ref = new ObjectRef(schedule.name(), schedule.uid());
            for (String filter : List.of("backup_schedule_ref", "schedule_policy_ref")) {
                ObjectRef given = filter.equals("backup_schedule_ref") ? ref : rig.ref("schedule_policy", "every-15");
                assertThat(rig.client().backups().inspectAll(Parameters.none().with(filter, List.of(given))))
                        .as(filter)
                        .hasSize(1)
                        .allSatisfy(each -> assertThat(each.name()).isNotEqualTo("manual"));
            }
        }
    }

    @Test
    void backupsOfAMachineAreFound() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.finished("b2", "vm2");
            assertThat(rig.client()
                            .backups()
                            .inspectAll(Parameters.none()
                                    .with("resource_info", ResourceInfo.virtualMachine("ns1", "vm2"))
                                    .with("vm_volume_name", "vm2-root")))
                    .extracting(BackupObject::name)
                    .containsExactly("b2");
        }
    }

    @Test
    void nothingIsLeftOutWhenBackupsVanishBetweenPages() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addBackups("cl", "bl", "old", 12);
            List<String> names = rig.client().backups().inspectAll(Parameters.none()).stream()
                    .map(BackupObject::name)
                    .toList();
            List<String> seen = new java.util.ArrayList<>();
            rig.client().backups().forEach(Parameters.none(), each -> {
                seen.add(each.name());
                if (seen.size() == 5) {
                    rig.emulator().remove("backup", names.get(0));
                    rig.emulator().remove("backup", names.get(1));
                    rig.emulator().remove("backup", names.get(2));
                }
            });
            assertThat(seen).doesNotHaveDuplicates().containsAll(names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.10", "2.11", "3.1"})
    void detailsNameEachMachineTheFailedOnesToo(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
            BackupObject backup = rig.finished("b1", "vm1", "vm2");
            BackupDetails details = rig.client().backups().resourceDetails(Rig.of(backup));
            MachineList list =
                    requireNonNull(requireNonNull(details.resourceDetails()).virtualMachineList());
            assertThat(list.virtualMachines())
                    .extracting(each -> requireNonNull(each.vmInfo()).name())
                    .containsExactlyInAnyOrder("vm1", "vm2");
            assertThat(list.virtualMachines())
                    .flatExtracting(MachineDetails::volumes)
                    .extracting(VolumeDetails::state)
                    .contains(BackupState.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.10", "2.11", "3.1"})
    void whatFailedIsTriedAgainAsANewBackup(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
            BackupObject backup = rig.finished("b1", "vm1", "vm2");
            assertThat(backup.state()).isEqualTo(BackupState.PARTIAL_SUCCESS);
            BackupObject again = rig.client()
                    .backups()
                    .retryResources(Rig.of(backup)
                            .with("include_resources", List.of(ResourceInfo.virtualMachine("ns1", "vm2")))
                            .with("skip_vm_auto_exec_rules", true));
            assertThat(again.name()).startsWith("b1-retry");
            rig.pass(120);
            assertThat(rig.client().backups().inspectOne(Rig.of(again)).state()).isEqualTo(BackupState.SUCCESS);
        }
    }

    @Test
    void whatALineLacksIsRefusedWithoutSendingIt() {
        try (Rig rig = Rig.of("2.8")) {
            BackupObject backup = rig.finished("b1", "vm1");
            long before = rig.emulator().journal().count();
            Backups backups = rig.client().backups();
            List<Runnable> lacking = List.of(
                    () -> backups.resourceDetails(Rig.of(backup)),
                    () -> backups.retryResources(Rig.of(backup)),
                    () -> backups.inspectAll(Parameters.none().with("sort_option", Map.of("sort_by", "Name"))),
                    () -> backups.inspectAll(
                            Parameters.none().with("schedule_policy_ref", List.of(new ObjectRef("p", "u")))),
                    () -> backups.inspectAll(
                            Parameters.none().with("resource_info", ResourceInfo.virtualMachine("ns1", "vm1"))),
                    () -> backups.create(rig.machines("b2", "vm1")
                            .with("volume_resource_only_policy_ref", new ObjectRef("p", "u"))));
            lacking.forEach(each -> assertThatThrownBy(each::run).isInstanceOfSatisfying(PxBackupException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BY_SERVER);
                assertThat(e).hasMessageContaining("needs PX-Backup 2.").hasMessageContaining("this server is 2.8.4");
            }));
            assertThat(rig.emulator().journal().count()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9"})
    void olderLinesNeedTheUid(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.finished("b1", "vm1");
            assertThatThrownBy(() -> rig.client().backups().inspectOne(Parameters.of("b1", "")))
                    .isInstanceOf(PxBackupException.class)
                    .hasMessageContaining("Parameter uid is missing");
        }
        try (Rig rig = Rig.of("2.10")) {
            rig.finished("b1", "vm1");
            assertThat(rig.client()
                            .backups()
                            .inspectOne(Parameters.of("b1", ""))
                            .name())
                    .isEqualTo("b1");
        }
    }

    @Test
    void aThousandBackupsNeedOneConnection() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addBackups("cl", "bl", "old", 200);
            long before = rig.emulator().connections();
            assertThat(rig.client().backups().inspectAll(Parameters.none())).hasSize(200);
            IntStream.range(0, 20).forEach(each -> rig.client().version());
            assertThat(rig.emulator().connections() - before).isLessThanOrEqualTo(1);
        }
    }
}
