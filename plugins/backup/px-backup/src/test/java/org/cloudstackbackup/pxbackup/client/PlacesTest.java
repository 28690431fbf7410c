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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where each parameter of the documents is sent, for each operation by its letter, and since which line: the parameter, operations,
 * the JSON pointer ("-" where the operation has code of its own for it, with tests of their own), the first line that knows it.
 */
class PlacesTest {
    private static final String BACKUPS = """
            name CUDISGR - -
            uid CUDISGR - -
            org_id CUDIASGR - -
            labels CU /metadata/labels -
            labels A /enumerate_options/labels -
            ownership CU /metadata/ownership -
            backup_location_ref C /backup_location_ref -
            cluster_ref CD /cluster_ref -
            cluster CD /cluster -
            pre_exec_rule_ref C /pre_exec_rule_ref -
            post_exec_rule_ref C /post_exec_rule_ref -
            backup_type C /backup_type -
            namespaces C /namespaces -
            label_selectors C /label_selectors -
            resource_types C /resource_types -
            exclude_resource_types C /exclude_resource_types 2.8.1
            include_resources CR /include_resources -
            backup_object_type C /backup_object_type/type -
            backup_object_type A /enumerate_options/backup_object_type -
            ns_label_selectors C /ns_label_selectors -
            direct_kdmp C /direct_kdmp -
            skip_vm_auto_exec_rules CR /skip_vm_auto_exec_rules -
            volume_snapshot_class_mapping C /volume_snapshot_class_mapping -
            csi_snapshot_class_name C /csi_snapshot_class_name -
            parallel_backup C - -
            keep_cr_status C /keep_cr_status 2.8.2
            advanced_resource_label_selector C /advanced_resource_label_selector 2.8.4
            volume_resource_only_policy_ref C /volume_resource_only_policy_ref 2.9
            cloud_credential_ref U /cloud_credential_ref -
            backup_share S /backupshare -
            force D /force 3.0
            filter_status G /filter/status 2.11
            virtual_machine_filter G /filter/virtual_machine_filter 2.11
            namespace_filter G /filter/namespace_filter 2.11
            force_resync G /force_resync 2.11
            sync_namespaces_only G /sync_namespaces_only 2.11
            schedule_policy_ref A /enumerate_options/schedule_policy_ref 2.9
            backup_schedule_ref A /enumerate_options/backup_schedule_ref 2.9
            max_objects A - -
            object_index A - -
            name_filter A /enumerate_options/name_filter -
            cluster_name_filter A /enumerate_options/cluster_name_filter -
            cluster_uid_filter A /enumerate_options/cluster_uid_filter -
            include_detailed_resources A /enumerate_options/include_detailed_resources -
            owners A /enumerate_options/owners -
            status A /enumerate_options/status -
            time_range A /enumerate_options/time_range -
            sort_option A - 2.9
            resource_info A /enumerate_options/resource_info 2.11
            vm_volume_name A /enumerate_options/vm_volume_name 2.11
            exclude_failed_resource A /enumerate_options/exclude_failed_resource 2.11
            """;
    private static final String SCHEDULES = """
            name CUDIA - -
            uid CUDI - -
            org_id CUDIA - -
            owner CU /metadata/owner -
            labels CU /metadata/labels -
            labels A /labels -
            ownership CU /metadata/ownership -
            reclaim_policy CU /reclaim_policy -
            backup_type C /backup_type -
            backup_type U - -
            suspend C - -
            suspend U /suspend -
            direct_kdmp C /direct_kdmp -
            direct_kdmp U - -
            skip_vm_auto_exec_rules CU /skip_vm_auto_exec_rules -
            parallel_backup CU /parallel_backup 2.8.2
            keep_cr_status C /keep_cr_status 2.8.2
            keep_cr_status U - 2.8.2
            advanced_resource_label_selector CU /advanced_resource_label_selector 2.8.4
            namespaces CU /namespaces -
            resource_types C /resource_types -
            resource_types U - -
            exclude_resource_types C /exclude_resource_types 2.8.1
            exclude_resource_types U - 2.8.1
            label_selectors CU /label_selectors -
            ns_label_selectors CU /ns_label_selectors -
            include_resources CU /include_resources -
            schedule_policy_ref CU /schedule_policy_ref -
            backup_location_ref CUA /backup_location_ref -
            cluster_ref C /cluster_ref -
            cluster_ref UA - -
            pre_exec_rule_ref CU /pre_exec_rule_ref -
            post_exec_rule_ref CU /post_exec_rule_ref -
            schedule_policy CU /schedule_policy -
            backup_location CUA /backup_location -
            cluster CU /cluster -
            pre_exec_rule CU /pre_exec_rule -
            post_exec_rule CU /post_exec_rule -
            backup_object_type CUDA - -
            volume_snapshot_class_mapping CU /volume_snapshot_class_mapping -
            csi_snapshot_class_name CU /csi_snapshot_class_name -
            volume_resource_only_policy_ref CU /volume_resource_only_policy_ref 2.9
            remark U /remark 2.10
            policy_ref UD /policy_ref 2.9
            include_objects UD /include_objects 2.9
            exclude_objects UD /exclude_objects 2.9
            include_filter UD /include_filter 2.9
            exclude_filter UD /exclude_filter 2.9
            cluster_scope UD - 2.9
            bulk_uid_check_relaxation UD /bulk_uid_check_relaxation 2.10
            delete_backups D /delete_backups -
            max_objects A - -
            object_index A - -
            name_filter A /enumerate_options/name_filter -
            cluster_name_filter A /enumerate_options/cluster_name_filter -
            cluster_uid_filter A /enumerate_options/cluster_uid_filter -
            include_detailed_resources A /enumerate_options/include_detailed_resources -
            owners A /enumerate_options/owners -
            status A /enumerate_options/status -
            time_range A /enumerate_options/time_range -
            sort_option A - 2.9
            resource_info A /enumerate_options/resource_info 2.11
            vm_volume_name A /enumerate_options/vm_volume_name 2.11
            exclude_failed_resource A /enumerate_options/exclude_failed_resource 2.11
            """;
    private static final String RESTORES = """
            name CDI - -
            uid DI - -
            org_id CDIA - -
            labels C /metadata/labels -
            labels A /enumerate_options/labels -
            ownership C /metadata/ownership -
            backup_ref C /backup_ref -
            cluster_ref C /cluster_ref -
            namespace_mapping C /namespace_mapping -
            replace_policy C /replace_policy -
            include_resources C /include_resources -
            exclude_resources C /exclude_resources 2.11
            virtual_machine_filter C /filter/virtual_machine_filter 2.11
            namespace_filter C /filter/namespace_filter 2.11
            target_namespace_prefix C /target_namespace_prefix 2.11
            include_optional_resource_types C /include_optional_resource_types -
            storage_class_mapping C /storage_class_mapping -
            rancher_project_mapping C /rancher_project_mapping -
            rancher_project_name_mapping C /rancher_project_name_mapping -
            backup_object_type C /backup_object_type/type -
            backup_object_type A /enumerate_options/backup_object_type -
            virtual_machine_restore_options C /virtual_machine_restore_options 2.11
            is_sfr C /is_sfr 2.11
            file_level_restore_info C /file_level_restore_info 2.11
            max_objects A - -
            object_index A - -
            name_filter A /enumerate_options/name_filter -
            cluster_name_filter A /enumerate_options/cluster_name_filter -
            cluster_uid_filter A /enumerate_options/cluster_uid_filter -
            include_detailed_resources A /enumerate_options/include_detailed_resources -
            owners A /enumerate_options/owners -
            status A /enumerate_options/status -
            time_range A /enumerate_options/time_range -
            sort_option A - 2.9
            resource_info A /enumerate_options/resource_info 2.11
            vm_volume_name A /enumerate_options/vm_volume_name 2.11
            exclude_failed_resource A /enumerate_options/exclude_failed_resource 2.11
            """;
    private static final ServerLine OLDEST = ServerLine.of("2.8.0");
    private static final ServerLine NEWEST = ServerLine.of("3.1");
    private static final Map<String, Table> TABLES =
            Map.of("backups", Tables.BACKUPS, "schedules", Tables.SCHEDULES, "restores", Tables.RESTORES);

    static Stream<Arguments> places() {
        return Stream.of(List.of("backups", BACKUPS), List.of("schedules", SCHEDULES), List.of("restores", RESTORES))
                .flatMap(each -> each.get(1).lines().map(line -> {
                    String[] words = line.split(" ");
                    return Arguments.of(each.get(0), words[0], words[1], words[2], words[3]);
                }));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aParameterIsSentWhereTheServerLooksForItAndOnlyToALineThatDoes(
            String kind, String name, String letters, String pointer, String since) {
        for (char letter : letters.toCharArray()) {
            Operation operation = requireNonNull(ParametersTest.LETTERS.get(letter));
            Request request = request(requireNonNull(TABLES.get(kind)), operation, name);
            JsonNode value = request.get(name);
            assertThat(request.body(NEWEST).at(pointer.equals("-") ? "/" + name : pointer))
                    .isEqualTo(pointer.equals("-") ? Json.object().at("/nothing") : value);
            if (since.equals("-")) {
                request.require(OLDEST);
                assertThat(request.body(OLDEST)).isEqualTo(request.body(NEWEST));
            } else {
                ServerLine first = ServerLine.of(since);
                request.require(first);
                ServerLine before = before(first);
                assertThatThrownBy(() -> request.require(before))
                        .isInstanceOfSatisfying(
                                PxBackupException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BY_SERVER))
                        .hasMessage("Parameter " + name + " needs PX-Backup " + since + " or newer; this server is "
                                + before);
                assertThat(request.body(before).at(pointer.equals("-") ? "/" + name : pointer))
                        .isEqualTo(Json.object().at("/nothing"));
            }
        }
    }

    @Test
    void everyParameterIsAbove() {
        List<String> above = places().map(each -> each.get()[0] + " " + each.get()[1])
                .distinct()
                .sorted()
                .toList();
        List<String> taken = new ArrayList<>();
        TABLES.forEach((kind, table) -> table.rows().forEach(row -> taken.add(kind + " " + row.name())));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(above);
    }

    @Test
    void whatAListIsSortedByHasTheDocumentsDefaults() {
        assertThat(sorted(Map.of("sort_by", "Size"))).isEqualTo("Size Descending");
        assertThat(sorted(Map.of("sort_order", "Ascending"))).isEqualTo("CreationTimestamp Ascending");
    }

    private static String sorted(Map<String, String> option) {
        ObjectNode body = Json.object();
        Request request =
                Tables.BACKUPS.read(Operation.INSPECT_ALL, Parameters.none().with("sort_option", option));
        Listing.options(body, request, 0, 0, NEWEST);
        JsonNode sent = body.at("/enumerate_options/sort_option");
        return sent.at("/sortBy/type").asText() + " "
                + sent.at("/sortOrder/type").asText();
    }

    /** With a value that fits, whatever its shape is. */
    private static Request request(Table table, Operation operation, String name) {
        List<String> refused = new ArrayList<>();
        for (Object value : values(name, operation)) {
            try {
                Request request = ParametersTest.read(table, operation, name, value);
                assertThat(request.has(name)).isTrue();
                return request;
            } catch (PxBackupException e) {
                refused.add(e.getMessage());
            }
        }
        throw new AssertionError("No value fits " + name + ": " + refused);
    }

    private static List<Object> values(String name, Operation operation) {
        Map<String, String> ref = Map.of("name", "n", "uid", "u");
        Map<String, Object> files = Map.of(
                "virtual_machine_name",
                "vm",
                "volume_name",
                "v",
                "restore_files",
                List.of(Map.of("source_path", "/a", "destination_path", "/b")));
        return Arrays.asList(
                ParametersTest.listed(name, operation),
                ref,
                List.of(ref),
                Map.of("skip_mac_masking", true),
                Map.of("all_clusters", true),
                Map.of("os_name", List.of("linux")),
                Map.of("gvks", List.of("v1/Pod")),
                files,
                Map.of("name", "n", "namespace", "ns", "group", "g", "kind", "k", "version", "v1"),
                List.of(Map.of("name", "n", "namespace", "ns", "group", "g", "kind", "k", "version", "v1")),
                List.of("Success"),
                Map.of("a", "b"),
                "text",
                "Normal");
    }

    private static ServerLine before(ServerLine line) {
        return line.patch() > 0
                ? new ServerLine(line.major(), line.minor(), line.patch() - 1)
                : line.minor() > 0
                        ? new ServerLine(line.major(), line.minor() - 1, 99)
                        : new ServerLine(line.major() - 1, 99, 99);
    }
}
