/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server ignores what it does not know, so each parameter must be seen to come back from it. */
class RoundTripTest {
    private static Map<String, Object> common(Rig rig) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("backup_location_ref", rig.ref("backup_location", "bl"));
        all.put("cluster_ref", rig.ref("cluster", "cl"));
        all.put("cluster", "cl");
        all.put("namespaces", List.of("ns1"));
        all.put("backup_type", "Generic");
        all.put("direct_kdmp", true);
        all.put("ns_label_selectors", "env=prod");
        all.put("volume_snapshot_class_mapping", Map.of("pxd.portworx.com", "fast"));
        all.put("csi_snapshot_class_name", "default");
        all.put("exclude_resource_types", List.of("Event"));
        all.put("keep_cr_status", true);
        all.put("include_resources", List.of(new ResourceInfo("vm1", "ns1", "kubevirt.io", "VirtualMachine", "v1")));
        return all;
    }

    private static Map<String, Object> ofNamespaces(Rig rig) {
        Map<String, Object> all = common(rig);
        all.put("resource_types", List.of("PersistentVolumeClaim", "Secret"));
        all.put("label_selectors", Map.of("app", "web"));
        all.put("backup_object_type", Map.of("type", "All"));
        return all;
    }

    private static Map<String, Object> ofMachines(Rig rig) {
        Map<String, Object> all = common(rig);
        all.put("advanced_resource_label_selector", "app in (web, db)");
        all.put("backup_object_type", Map.of("type", "VirtualMachine"));
        all.put("skip_vm_auto_exec_rules", true);
        return all;
    }

    private static void same(JsonNode info, Map<String, Object> given) {
        assertThat(info.path("backup_type").path("type").asText()).isEqualTo(given.get("backup_type"));
        given.forEach((name, value) -> {
            if (!name.equals("backup_type")) {
                assertThat(info.path(name)).as(name).isEqualTo(Json.tree(value));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void whatABackupIsMadeWithComesBack(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            Map<String, Object> ownership = Map.of(
                    "groups", List.of(Map.of("id", "ops", "access", "Write")),
                    "collaborators", List.of(Map.of("id", "ann", "access", "Read")),
                    "public", Map.of("type", "Read"));
            int count = 0;
            for (Map<String, Object> given : List.of(ofNamespaces(rig), ofMachines(rig))) {
                BackupObject made = rig.client()
                        .backups()
                        .create(Parameters.of(given)
                                .with("name", "b" + count++)
                                .with("org_id", "default")
                                .with("parallel_backup", true)
                                .with("labels", Map.of("env", "prod"))
                                .with("ownership", ownership));
                same(Json.tree(Objects.requireNonNull(made.backupInfo())), given);
                Metadata metadata = Objects.requireNonNull(made.metadata());
                assertThat(metadata.labels()).containsEntry("env", "prod");
                assertThat(Objects.requireNonNull(metadata.ownership()).groups())
                        .contains(new Access("ops", "Write"));
                assertThat(metadata.ownership().collaborators()).contains(new Access("ann", "Read"));
                assertThat(metadata.ownership().publicAccess()).isEqualTo(new Typed("Read"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.1"})
    void whatAScheduleIsMadeWithAndChangedToComesBack(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            int count = 0;
            for (Map<String, Object> given : List.of(ofNamespaces(rig), ofMachines(rig))) {
                given.put("schedule_policy_ref", rig.ref("schedule_policy", "every-15"));
                given.put("reclaim_policy", "Retain");
                given.put("parallel_backup", true);
                BackupScheduleObject made = rig.client()
                        .schedules()
                        .create(Parameters.of(given).with("name", "s" + count++).with("labels", Map.of("env", "prod")));
                same(Json.tree(Objects.requireNonNull(made.backupScheduleInfo())), given);
                Map<String, Object> changed = new LinkedHashMap<>(given);
                changed.put("namespaces", List.of("ns1", "ns2"));
                changed.put("reclaim_policy", "Delete");
                changed.put("parallel_backup", false);
                changed.put("volume_snapshot_class_mapping", Map.of("csi.example.com", "slow"));
                changed.put("include_resources", List.of(ResourceInfo.virtualMachine("ns1", "vm2")));
                changed.computeIfPresent("label_selectors", (name, old) -> Map.of("app", "db"));
                changed.computeIfPresent("advanced_resource_label_selector", (name, old) -> "app!=db");
                if (dialect.equals("2.8") || dialect.equals("2.9")) {
                    changed.remove("ns_label_selectors");
                } else {
                    changed.put("ns_label_selectors", "env=test");
                }
                rig.client()
                        .schedules()
                        .update(Parameters.of(changed)
                                .with("name", made.name())
                                .with("uid", made.uid())
                                .with("suspend", true));
                BackupScheduleObject seen = rig.client().schedules().inspectOne(Rig.of(made));
                changed.remove("parallel_backup");
                JsonNode info = Json.tree(Objects.requireNonNull(seen.backupScheduleInfo()));
                same(info, changed);
                assertThat(seen.isSuspended()).isTrue();
                assertThat(info.path("parallel_backup").asBoolean()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10", "3.1"})
    void aRemarkComesBack(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            BackupScheduleObject made = rig.client().schedules().create(rig.schedule("gold", "vm1"));
            rig.client().schedules().update(Rig.of(made).with("suspend", true).with("remark", "for the move"));
            BackupScheduleInfo info = Objects.requireNonNull(
                    rig.client().schedules().inspectOne(Rig.of(made)).backupScheduleInfo());
            assertThat(Objects.requireNonNull(info.remark()).comment()).isEqualTo("for the move");
        }
    }

    /** What the document promises of a backup, in the forms the server sends: numbers in quotes, types as objects. */
    @Test
    void everythingTheDocumentReturnsIsRead() {
        String json = """
                {"metadata": {"name": "b", "org_id": "org", "uid": "u", "labels": {"env": "prod"},
                              "ownership": {"owner": "o", "groups": [{"id": "g", "access": "Write"}],
                                            "collaborators": [{"id": "c", "access": "Read"}], "public": {"type": "Admin"}}},
                 "backup_info": {"cluster": "cl", "namespaces": ["ns"], "backup_type": {"type": "Generic"},
                                 "label_selectors": {"a": "b"},
                                 "resources": [{"name": "r", "namespace": "ns", "group": "g", "kind": "k", "version": "v1"}],
                                 "status": {"status": "Failed", "reason": "no space"}, "backup_path": "path/to",
                                 "total_size": "18446744073709", "resource_count": "12", "stork_version": "24.3",
                                 "backup_object_type": {"type": "VirtualMachine"}, "direct_kdmp": true,
                                 "completion_time_info": {"volumes_completion_time": "2026-11-21T08:00:01Z",
                                                          "resources_completion_time": "2026-11-21T08:00:02Z",
                                                          "total_completion_time": "2026-11-21T08:00:03Z"}}}
                """;
        BackupObject backup = Json.read(json.getBytes(StandardCharsets.UTF_8), BackupObject.class, "the document");
        Metadata metadata = Objects.requireNonNull(backup.metadata());
        BackupInfo info = Objects.requireNonNull(backup.backupInfo());
        assertThat(metadata)
                .extracting(Metadata::name, Metadata::orgId, Metadata::uid, Metadata::labels, Metadata::ownership)
                .containsExactly(
                        "b",
                        "org",
                        "u",
                        Map.of("env", "prod"),
                        new Ownership(
                                "o",
                                List.of(new Access("g", "Write")),
                                List.of(new Access("c", "Read")),
                                new Typed("Admin")));
        assertThat(info)
                .extracting(
                        BackupInfo::cluster,
                        BackupInfo::namespaces,
                        BackupInfo::backupType,
                        BackupInfo::labelSelectors,
                        BackupInfo::resources,
                        BackupInfo::status,
                        BackupInfo::backupPath,
                        BackupInfo::totalSize,
                        BackupInfo::resourceCount,
                        BackupInfo::storkVersion,
                        BackupInfo::backupObjectType,
                        BackupInfo::directKdmp,
                        BackupInfo::completionTimeInfo)
                .containsExactly(
                        "cl",
                        List.of("ns"),
                        new Typed("Generic"),
                        Map.of("a", "b"),
                        List.of(new ResourceInfo("r", "ns", "g", "k", "v1")),
                        new StatusInfo("Failed", "no space"),
                        "path/to",
                        18_446_744_073_709L,
                        12L,
                        "24.3",
                        new Typed("VirtualMachine"),
                        true,
                        new CompletionTimes(
                                Instant.parse("2026-11-21T08:00:01Z"),
                                Instant.parse("2026-11-21T08:00:02Z"),
                                Instant.parse("2026-11-21T08:00:03Z")));
        assertThat(backup.reason()).isEqualTo("no space");
    }
}
