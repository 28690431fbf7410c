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

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    private static BackupScheduleInfo info(BackupScheduleObject schedule) {
        return requireNonNull(schedule.backupScheduleInfo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void aScheduleIsMadeRunsIsSuspendedAndDeletedInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Schedules schedules = rig.client().schedules();
            BackupScheduleObject made = schedules.create(
                    rig.schedule("gold", "vm1").with("reclaim_policy", "Delete").with("labels", Map.of("env", "prod")));
            rig.pass(120);
            BackupScheduleObject seen = schedules.inspectOne(Rig.of(made));
            assertThat(seen.isSuspended()).isFalse();
            assertThat(info(seen).reclaimPolicy()).isEqualTo("Delete");
            assertThat(requireNonNull(info(seen).backupStatus().get("interval")).status())
                    .extracting(ScheduleRun::state)
                    .containsExactly(ScheduleState.SUCCESS);

            schedules.update(Rig.of(made).with("suspend", true).with("parallel_backup", true));
            assertThat(schedules.inspectOne(Rig.of(made)).isSuspended()).isTrue();
            rig.emulator().addPolicy("every-30", "{\"interval\":{\"minutes\":30,\"retain\":3}}");
            schedules.update(Rig.of(made).with("schedule_policy_ref", rig.ref("schedule_policy", "every-30")));
            BackupScheduleObject changed = schedules.inspectOne(Rig.of(made));
            assertThat(changed.isSuspended()).as("an update says nothing of it").isTrue();
            assertThat(info(changed).parallelBackup()).isTrue();
            assertThat(requireNonNull(info(changed).schedulePolicyRef()).name()).isEqualTo("every-30");

            schedules.delete(Rig.of(made));
            rig.pass(600);
            assertThatThrownBy(() -> schedules.inspectOne(Rig.of(made)))
                    .isInstanceOfSatisfying(
                            PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void schedulesAreListedAndFilteredInEachLine(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Schedules schedules = rig.client().schedules();
            for (String name : List.of("s1", "s2", "s3", "s4", "t1")) {
                schedules.create(rig.schedule(name, "vm1"));
            }
            assertThat(schedules.inspectAll(Parameters.none())).hasSize(5);
            Map<String, Object> options = Map.of("name_filter", "s", "max_objects", "3", "object_index", "0");
            assertThat(schedules.inspectAll(Parameters.none().with("enumerate_options", options)))
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(each.name()).startsWith("s"));
            assertThat(schedules.inspectAll(Parameters.none()
                            .with("cluster_ref", rig.ref("cluster", "cl"))
                            .with("backup_location_ref", rig.ref("backup_location", "bl"))
                            .with("backup_object_type", "VM")
                            .with("enumerate_options.name_filter", "t1")))
                    .extracting(BackupScheduleObject::name)
                    .containsExactly("t1");
            assertThat(schedules.inspectAll(Parameters.none().with("cluster_ref", new ObjectRef("other", "other"))))
                    .isEmpty();
        }
    }

    @Test
    void aScheduleCanBeMadeSuspended() {
        try (Rig rig = Rig.of("3.1")) {
            BackupScheduleObject made =
                    rig.client().schedules().create(rig.schedule("gold", "vm1").with("suspend", true));
            assertThat(made.isSuspended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.10", "2.11", "3.1"})
    void manySchedulesAreChangedAndDeletedAtOnce(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Schedules schedules = rig.client().schedules();
            for (String name : List.of("s1", "s2", "other")) {
                schedules.create(rig.schedule(name, "vm1"));
            }
            rig.pass(120);
            Parameters many = Parameters.none()
                    .with("include_filter", "s")
                    .with("backup_object_type", Map.of("type", "VirtualMachine"));
            schedules.update(
                    many.with("suspend", true).with("schedule_policy_ref", rig.ref("schedule_policy", "every-15")));
            assertThat(schedules.inspectAll(Parameters.none()))
                    .filteredOn(BackupScheduleObject::isSuspended)
                    .extracting(BackupScheduleObject::name)
                    .containsExactlyInAnyOrder("s1", "s2");
            schedules.delete(many.with("cluster_scope", Map.of("cluster_refs", List.of(rig.ref("cluster", "cl")))));
            rig.pass(600);
            assertThat(schedules.inspectAll(Parameters.none()))
                    .extracting(BackupScheduleObject::name)
                    .containsExactly("other");
        }
    }

    @Test
    void whatCannotBeChangedIsRefusedUnlessItIsAsItIs() {
        try (Rig rig = Rig.of("3.1")) {
            Schedules schedules = rig.client().schedules();
            Parameters one = Rig.of(schedules.create(rig.schedule("gold", "vm1")));
            schedules.update(one.with("backup_type", "Normal")
                    .with("direct_kdmp", false)
                    .with("backup_object_type", Map.of("type", "VM"))
                    .with("cluster_ref", rig.ref("cluster", "cl")));
            for (Parameters wrong : List.of(
                    one.with("backup_type", "Generic"),
                    one.with("direct_kdmp", true),
                    one.with("keep_cr_status", true),
                    one.with("resource_types", List.of("Pod")),
                    one.with("exclude_resource_types", List.of("Pod")),
                    one.with("backup_object_type", "All"),
                    one.with("cluster_ref", new ObjectRef("other", "x")))) {
                assertThatThrownBy(() -> schedules.update(wrong))
                        .isInstanceOf(PxBackupException.class)
                        .hasMessageContaining("cannot be changed once a schedule is made");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "3.1"})
    void aChangeMustFitWhatTheScheduleIs(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Schedules schedules = rig.client().schedules();
            Parameters machines = Rig.of(schedules.create(rig.schedule("machines", "vm1")));
            Parameters all = Rig.of(schedules.create(rig.schedule("all")
                    .with("include_resources", null)
                    .with("backup_object_type", Map.of("type", "NS"))));
            rig.emulator().journal().clear();
            for (String rule : List.of("pre_exec_rule_ref", "post_exec_rule_ref")) {
                assertThatThrownBy(() -> schedules.update(machines.with(rule, new ObjectRef("rule", "u"))))
                        .hasMessage("Parameter " + rule
                                + " needs skip_vm_auto_exec_rules true for backup_object_type VirtualMachine");
            }
            assertThatThrownBy(() -> schedules.update(all.with("skip_vm_auto_exec_rules", true)))
                    .hasMessageContaining("belongs to backup_object_type VirtualMachine only");
            assertThatThrownBy(() -> schedules.update(machines.with("label_selectors", Map.of("a", "b"))
                            .with("advanced_resource_label_selector", "a=b")))
                    .hasMessageContaining("excludes label_selectors");
            if (dialect.equals("2.8")) {
                assertThatThrownBy(() -> schedules.update(machines.with("ns_label_selectors", "a=b")))
                        .hasMessage("UPDATE of ns_label_selectors needs PX-Backup 2.10 or newer; this server is 2.8.4");
            }
            assertThat(rig.emulator().journal().entries("PUT", ".*")).isEmpty();
        }
    }

    @Test
    void whatAnUpdateSaysOfSkippingRulesIsSent() {
        try (Rig rig = Rig.of("3.1")) {
            Schedules schedules = rig.client().schedules();
            Parameters one = Rig.of(schedules.create(rig.schedule("gold", "vm1")));
            assertThat(info(schedules.inspectOne(one)).skipVmAutoExecRules()).isFalse();
            schedules.update(one.with("skip_vm_auto_exec_rules", true));
            assertThat(info(schedules.inspectOne(one)).skipVmAutoExecRules()).isTrue();
            schedules.update(one.with("labels", Map.of("a", "b")));
            assertThat(info(schedules.inspectOne(one)).skipVmAutoExecRules()).isTrue();
            schedules.update(one.with("skip_vm_auto_exec_rules", false));
            assertThat(info(schedules.inspectOne(one)).skipVmAutoExecRules()).isFalse();
        }
    }

    @Test
    void otherNamesOfATypeAndThePolicysNameAreSentAsTheServerKnowsThem() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client().schedules().create(rig.schedule("gold", "vm1").with("backup_object_type", "VM"));
            rig.client()
                    .schedules()
                    .create(rig.schedule("all")
                            .with("include_resources", null)
                            .with("backup_object_type", Map.of("type", "NS")));
            assertThat(rig.emulator().journal().entries("POST", "/v1/backupschedule"))
                    .extracting(
                            each -> Json.read(each.body().getBytes(StandardCharsets.UTF_8), JsonNode.class, "the body"))
                    .extracting(each -> each.at("/backup_object_type/type").asText() + " "
                            + each.path("schedule_policy").asText())
                    .containsExactly("VirtualMachine every-15", "All every-15");
        }
    }

    @Test
    void manySchedulesAreSelectedByEveryMeans() {
        try (Rig rig = Rig.of("3.1")) {
            Schedules schedules = rig.client().schedules();
            List<BackupScheduleObject> made = List.of("s1", "s2", "s3").stream()
                    .map(name -> schedules.create(rig.schedule(name, "vm1")))
                    .toList();
            rig.pass(120);
            ObjectRef first = new ObjectRef("s1", made.get(0).uid());
            Map<String, Object> everywhere = Map.of("all_clusters", true);
            List<Parameters> selections = List.of(
                    Parameters.none().with("include_objects", List.of(first)),
                    Parameters.none().with("include_filter", "s").with("exclude_objects", List.of(first)),
                    Parameters.none().with("include_filter", "s").with("exclude_filter", "s3"),
                    Parameters.none().with("policy_ref", List.of(rig.ref("schedule_policy", "every-15"))));
            List<List<String>> meant =
                    List.of(List.of("s1"), List.of("s2", "s3"), List.of("s1", "s2"), List.of("s1", "s2", "s3"));
            for (int i = 0; i < selections.size(); i++) {
                schedules.update(Parameters.none()
                        .with("include_filter", "s")
                        .with("suspend", false)
                        .with("cluster_scope", everywhere));
                schedules.update(selections.get(i).with("suspend", true).with("cluster_scope", everywhere));
                assertThat(schedules.inspectAll(Parameters.none()))
                        .as("selection %d", i)
                        .filteredOn(BackupScheduleObject::isSuspended)
                        .extracting(BackupScheduleObject::name)
                        .containsExactlyInAnyOrderElementsOf(meant.get(i));
            }
        }
    }

    @Test
    void aCallForManyMustSayForWhichAndWhetherTheyStaySuspended() {
        try (Rig rig = Rig.of("3.1")) {
            Schedules schedules = rig.client().schedules();
            assertThatThrownBy(() -> schedules.delete(Parameters.none()))
                    .hasMessageContaining("Parameter name is missing");
            assertThatThrownBy(() -> schedules.update(Parameters.none().with("include_filter", "*")))
                    .hasMessageContaining("Parameter suspend is missing");
            assertThatThrownBy(() -> schedules.delete(Parameters.none()
                            .with("include_filter", "*")
                            .with("include_objects", List.of(new ObjectRef("a", "b")))))
                    .hasMessageContaining("excludes include_objects");
            assertThatThrownBy(() -> schedules.delete(Parameters.of("a", "b").with("include_filter", "*")))
                    .hasMessageContaining("selects many schedules");
            assertThat(rig.emulator().journal().count()).isZero();
        }
        try (Rig rig = Rig.of("2.8")) {
            assertThatThrownBy(() ->
                            rig.client().schedules().delete(Parameters.none().with("include_filter", "*")))
                    .hasMessageContaining("needs PX-Backup 2.9");
        }
    }
}
