/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.cloudstackbackup.pxbackup.client.Operation.CREATE;
import static org.cloudstackbackup.pxbackup.client.Operation.DELETE;
import static org.cloudstackbackup.pxbackup.client.Operation.GET_BACKUP_RESOURCE_DETAILS;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ALL;
import static org.cloudstackbackup.pxbackup.client.Operation.INSPECT_ONE;
import static org.cloudstackbackup.pxbackup.client.Operation.RETRY_BACKUP_RESOURCES;
import static org.cloudstackbackup.pxbackup.client.Operation.UPDATE;
import static org.cloudstackbackup.pxbackup.client.Operation.UPDATE_BACKUP_SHARE;
import static org.cloudstackbackup.pxbackup.client.Shape.FLAG;
import static org.cloudstackbackup.pxbackup.client.Shape.LABELS;
import static org.cloudstackbackup.pxbackup.client.Shape.NAME;
import static org.cloudstackbackup.pxbackup.client.Shape.NAMED_REF;
import static org.cloudstackbackup.pxbackup.client.Shape.REF;
import static org.cloudstackbackup.pxbackup.client.Shape.RESOURCE;
import static org.cloudstackbackup.pxbackup.client.Shape.SELECTOR;
import static org.cloudstackbackup.pxbackup.client.Shape.TEXT;
import static org.cloudstackbackup.pxbackup.client.Shape.TEXTS;
import static org.cloudstackbackup.pxbackup.client.Shape.TEXT_MAP;
import static org.cloudstackbackup.pxbackup.client.Shape.TIME;
import static org.cloudstackbackup.pxbackup.client.Shape.WHOLE_RESOURCE;
import static org.cloudstackbackup.pxbackup.client.Table.row;

import java.util.Map;
import java.util.stream.Stream;
import org.cloudstackbackup.pxbackup.client.Table.Row;

/** Every parameter of backups, schedules and restores. An empty place means that the operation itself places it. */
final class Tables {
    private static final String[] BACKUP_STATES = words(BackupState.values());
    private static final String[] SCHEDULE_STATES = words(ScheduleState.values());
    private static final String[] RESTORE_STATES = words(RestoreState.values());
    private static final Shape OWNERSHIP = ownership();
    private static final Shape SHARE = share();
    private static final Shape MACHINE = Shape.fields(Map.of("name", TEXT, "namespace", TEXT), "name");
    private static final Shape NAMESPACE_FILTER = Shape.fields(Map.of(
            "namespace_name_pattern", TEXT,
            "include_namespaces", TEXTS,
            "exclude_namespaces", TEXTS,
            "include_resources", Shape.list(RESOURCE),
            "exclude_resources", Shape.list(RESOURCE),
            "gvks", TEXTS,
            "resource_name_pattern", TEXT));
    private static final Shape MACHINE_FILTER = Shape.fields(Map.of(
            "vm_name_pattern",
            TEXT,
            "os_name",
            TEXTS,
            "include_vms",
            Shape.list(MACHINE),
            "exclude_vms",
            Shape.list(MACHINE)));

    static final Table BACKUPS = new Table(Stream.of(common(), backup(), options(BACKUP_STATES))
            .flatMap(Stream::of)
            .toArray(Row[]::new));
    static final Table SCHEDULES = new Table(Stream.of(scheduleKey(), schedule(), bulk(), options(SCHEDULE_STATES))
            .flatMap(Stream::of)
            .toArray(Row[]::new));
    static final Table RESTORES = new Table(Stream.of(restoreKey(), restore(), restoreOptions())
            .flatMap(Stream::of)
            .toArray(Row[]::new));

    private Tables() {}

    private static Row[] common() {
        Operation[] one = {
            UPDATE, DELETE, INSPECT_ONE, UPDATE_BACKUP_SHARE, GET_BACKUP_RESOURCE_DETAILS, RETRY_BACKUP_RESOURCES
        };
        return new Row[] {
            row("name", NAME).at("", CREATE).at("", one).required(CREATE).required(one),
            row("uid", NAME).at("", CREATE).at("", one),
            row("org_id", NAME).at("", Operation.values()),
            row("labels", LABELS).at("metadata.labels", CREATE, UPDATE).at("enumerate_options.labels", INSPECT_ALL),
            row("ownership", OWNERSHIP).at("metadata.ownership", CREATE, UPDATE),
        };
    }

    private static Row[] backup() {
        return new Row[] {
            row("backup_location_ref", REF).at("backup_location_ref", CREATE).required(CREATE),
            row("cluster_ref", REF).at("cluster_ref", CREATE, DELETE).required(CREATE),
            row("cluster", TEXT).at("cluster", CREATE, DELETE),
            row("pre_exec_rule_ref", REF).at("pre_exec_rule_ref", CREATE),
            row("post_exec_rule_ref", REF).at("post_exec_rule_ref", CREATE),
            row("backup_type", Shape.oneOf("Generic", "Normal"))
                    .at("backup_type", CREATE)
                    .standard(CREATE, "Normal"),
            row("namespaces", TEXTS).at("namespaces", CREATE),
            row("label_selectors", LABELS).at("label_selectors", CREATE),
            row("resource_types", TEXTS).at("resource_types", CREATE),
            row("exclude_resource_types", TEXTS)
                    .at("exclude_resource_types", CREATE)
                    .since("2.8.1"),
            row("include_resources", Shape.list(RESOURCE)).at("include_resources", CREATE, RETRY_BACKUP_RESOURCES),
            row("backup_object_type", Shape.typed("Invalid", "All", "VirtualMachine"))
                    .at("backup_object_type.type", CREATE)
                    .at("enumerate_options.backup_object_type", INSPECT_ALL),
            row("ns_label_selectors", SELECTOR).at("ns_label_selectors", CREATE),
            row("direct_kdmp", FLAG).at("direct_kdmp", CREATE),
            row("skip_vm_auto_exec_rules", FLAG).at("skip_vm_auto_exec_rules", CREATE, RETRY_BACKUP_RESOURCES),
            row("volume_snapshot_class_mapping", TEXT_MAP).at("volume_snapshot_class_mapping", CREATE),
            row("csi_snapshot_class_name", TEXT).at("csi_snapshot_class_name", CREATE),
            // Schedules alone have it; the document lists it for backups too, and the server does not look at it.
            row("parallel_backup", FLAG).at("", CREATE),
            row("keep_cr_status", FLAG).at("keep_cr_status", CREATE).since("2.8.2"),
            row("advanced_resource_label_selector", SELECTOR)
                    .at("advanced_resource_label_selector", CREATE)
                    .since("2.8.4"),
            row("volume_resource_only_policy_ref", REF)
                    .at("volume_resource_only_policy_ref", CREATE)
                    .since("2.9"),
            row("cloud_credential_ref", REF).at("cloud_credential_ref", UPDATE),
            row("backup_share", SHARE).at("backupshare", UPDATE_BACKUP_SHARE).required(UPDATE_BACKUP_SHARE),
            row("force", FLAG).at("force", DELETE).since("3.0"),
            row("filter_status", Shape.texts(Shape.oneOf(BACKUP_STATES)))
                    .at("filter.status", GET_BACKUP_RESOURCE_DETAILS)
                    .since("2.11"),
            row("virtual_machine_filter", MACHINE_FILTER)
                    .at("filter.virtual_machine_filter", GET_BACKUP_RESOURCE_DETAILS)
                    .since("2.11"),
            row("namespace_filter", NAMESPACE_FILTER)
                    .at("filter.namespace_filter", GET_BACKUP_RESOURCE_DETAILS)
                    .since("2.11"),
            row("force_resync", FLAG)
                    .at("force_resync", GET_BACKUP_RESOURCE_DETAILS)
                    .since("2.11"),
            row("sync_namespaces_only", FLAG)
                    .at("sync_namespaces_only", GET_BACKUP_RESOURCE_DETAILS)
                    .since("2.11"),
            row("schedule_policy_ref", Shape.list(NAMED_REF))
                    .at("enumerate_options.schedule_policy_ref", INSPECT_ALL)
                    .since("2.9"),
            row("backup_schedule_ref", Shape.list(NAMED_REF))
                    .at("enumerate_options.backup_schedule_ref", INSPECT_ALL)
                    .since("2.9"),
        };
    }

    /** What lists of backups, schedules and restores take alike. */
    private static Row[] options(String... states) {
        String at = "enumerate_options.";
        Shape sort = Shape.fields(Map.of(
                "sort_by",
                Shape.oneOf(
                        "CreationTimestamp", "Name", "ClusterName", "Size", "RestoreBackupName", "LastUpdateTimestamp"),
                "sort_order",
                Shape.oneOf("Ascending", "Descending")));
        return new Row[] {
            row("max_objects", Shape.number(1)).at("", INSPECT_ALL),
            row("object_index", Shape.number(0)).at("", INSPECT_ALL),
            row("name_filter", TEXT).at(at + "name_filter", INSPECT_ALL),
            row("cluster_name_filter", TEXT).at(at + "cluster_name_filter", INSPECT_ALL),
            row("cluster_uid_filter", TEXT).at(at + "cluster_uid_filter", INSPECT_ALL),
            row("include_detailed_resources", FLAG).at(at + "include_detailed_resources", INSPECT_ALL),
            row("owners", TEXTS).at(at + "owners", INSPECT_ALL),
            row("status", Shape.texts(Shape.oneOf(states))).at(at + "status", INSPECT_ALL),
            row("time_range", Shape.fields(Map.of("start_time", TIME, "end_time", TIME)))
                    .at(at + "time_range", INSPECT_ALL),
            row("sort_option", sort).at("", INSPECT_ALL).since("2.9"),
            row("resource_info", RESOURCE).at(at + "resource_info", INSPECT_ALL).since("2.11"),
            row("vm_volume_name", TEXT).at(at + "vm_volume_name", INSPECT_ALL).since("2.11"),
            row("exclude_failed_resource", FLAG)
                    .at(at + "exclude_failed_resource", INSPECT_ALL)
                    .since("2.11"),
        };
    }

    private static Row[] scheduleKey() {
        return new Row[] {
            // The document wants a name for lists too, and does not look at it.
            row("name", NAME)
                    .at("", CREATE, UPDATE, DELETE, INSPECT_ONE, INSPECT_ALL)
                    .required(CREATE, INSPECT_ONE),
            row("uid", NAME).at("", CREATE, UPDATE, DELETE, INSPECT_ONE),
            row("org_id", NAME).at("", CREATE, UPDATE, DELETE, INSPECT_ONE, INSPECT_ALL),
            row("owner", TEXT).at("metadata.owner", CREATE, UPDATE),
            row("labels", LABELS).at("metadata.labels", CREATE, UPDATE).at("labels", INSPECT_ALL),
            row("ownership", OWNERSHIP).at("metadata.ownership", CREATE, UPDATE),
        };
    }

    /** What only creation knows is taken by an update too, and must be what the schedule has. */
    private static Row[] schedule() {
        return new Row[] {
            row("reclaim_policy", Shape.oneOf("Invalid", "Delete", "Retain")).at("reclaim_policy", CREATE, UPDATE),
            row("backup_type", Shape.oneOf("Invalid", "Generic", "Normal"))
                    .at("backup_type", CREATE)
                    .at("", UPDATE)
                    .standard(CREATE, "Normal"),
            row("suspend", FLAG).at("", CREATE).at("suspend", UPDATE),
            row("direct_kdmp", FLAG).at("direct_kdmp", CREATE).at("", UPDATE),
            row("skip_vm_auto_exec_rules", FLAG).at("skip_vm_auto_exec_rules", CREATE, UPDATE),
            row("parallel_backup", FLAG).at("parallel_backup", CREATE, UPDATE).since("2.8.2"),
            row("keep_cr_status", FLAG)
                    .at("keep_cr_status", CREATE)
                    .at("", UPDATE)
                    .since("2.8.2"),
            row("advanced_resource_label_selector", SELECTOR)
                    .at("advanced_resource_label_selector", CREATE, UPDATE)
                    .since("2.8.4"),
            row("namespaces", TEXTS).at("namespaces", CREATE, UPDATE),
            row("resource_types", TEXTS).at("resource_types", CREATE).at("", UPDATE),
            row("exclude_resource_types", TEXTS)
                    .at("exclude_resource_types", CREATE)
                    .at("", UPDATE)
                    .since("2.8.1"),
            row("label_selectors", LABELS).at("label_selectors", CREATE, UPDATE),
            row("ns_label_selectors", SELECTOR).at("ns_label_selectors", CREATE, UPDATE),
            row("include_resources", Shape.list(WHOLE_RESOURCE)).at("include_resources", CREATE, UPDATE),
            row("schedule_policy_ref", REF)
                    .at("schedule_policy_ref", CREATE, UPDATE)
                    .required(CREATE),
            row("backup_location_ref", REF)
                    .at("backup_location_ref", CREATE, UPDATE, INSPECT_ALL)
                    .required(CREATE),
            row("cluster_ref", REF)
                    .at("cluster_ref", CREATE)
                    .at("", UPDATE, INSPECT_ALL)
                    .required(CREATE),
            row("pre_exec_rule_ref", REF).at("pre_exec_rule_ref", CREATE, UPDATE),
            row("post_exec_rule_ref", REF).at("post_exec_rule_ref", CREATE, UPDATE),
            row("schedule_policy", TEXT).at("schedule_policy", CREATE, UPDATE),
            row("backup_location", TEXT).at("backup_location", CREATE, UPDATE, INSPECT_ALL),
            row("cluster", TEXT).at("cluster", CREATE, UPDATE),
            row("pre_exec_rule", TEXT).at("pre_exec_rule", CREATE, UPDATE),
            row("post_exec_rule", TEXT).at("post_exec_rule", CREATE, UPDATE),
            row("backup_object_type", Shape.typed("Invalid", "All", "VirtualMachine", "NS", "VM"))
                    .at("", CREATE, UPDATE, DELETE)
                    .at("", INSPECT_ALL),
            row("volume_snapshot_class_mapping", TEXT_MAP).at("volume_snapshot_class_mapping", CREATE, UPDATE),
            row("csi_snapshot_class_name", TEXT).at("csi_snapshot_class_name", CREATE, UPDATE),
            row("volume_resource_only_policy_ref", REF)
                    .at("volume_resource_only_policy_ref", CREATE, UPDATE)
                    .since("2.9"),
            row("remark", TEXT).at("remark", UPDATE).since("2.10"),
        };
    }

    /** What selects many schedules at once. */
    private static Row[] bulk() {
        Shape scope = Shape.fields(Map.of("cluster_refs", Shape.list(REF), "all_clusters", FLAG));
        return new Row[] {
            row("policy_ref", Shape.list(REF)).at("policy_ref", UPDATE, DELETE).since("2.9"),
            row("include_objects", Shape.list(REF))
                    .at("include_objects", UPDATE, DELETE)
                    .since("2.9"),
            row("exclude_objects", Shape.list(REF))
                    .at("exclude_objects", UPDATE, DELETE)
                    .since("2.9"),
            row("include_filter", TEXT).at("include_filter", UPDATE, DELETE).since("2.9"),
            row("exclude_filter", TEXT).at("exclude_filter", UPDATE, DELETE).since("2.9"),
            row("cluster_scope", scope).at("", UPDATE, DELETE).since("2.9"),
            row("bulk_uid_check_relaxation", FLAG)
                    .at("bulk_uid_check_relaxation", UPDATE, DELETE)
                    .since("2.10"),
            row("delete_backups", FLAG).at("delete_backups", DELETE),
        };
    }

    private static Row[] restoreKey() {
        return new Row[] {
            row("name", NAME).at("", CREATE, DELETE, INSPECT_ONE).required(CREATE, DELETE, INSPECT_ONE),
            row("uid", NAME).at("", DELETE, INSPECT_ONE),
            row("org_id", NAME).at("", CREATE, DELETE, INSPECT_ONE, INSPECT_ALL),
            row("labels", LABELS).at("metadata.labels", CREATE).at("enumerate_options.labels", INSPECT_ALL),
            row("ownership", OWNERSHIP).at("metadata.ownership", CREATE),
        };
    }

    private static Row[] restore() {
        Shape file = Shape.fields(
                Map.of("source_path", TEXT, "destination_path", TEXT, "is_dir", FLAG, "partition_info", TEXT),
                "source_path",
                "destination_path");
        Shape files = Shape.fields(
                Map.of("virtual_machine_name", TEXT, "volume_name", TEXT, "restore_files", Shape.list(file)),
                "virtual_machine_name",
                "volume_name",
                "restore_files");
        return new Row[] {
            row("backup_ref", NAMED_REF).at("backup_ref", CREATE).required(CREATE),
            row("cluster_ref", NAMED_REF).at("cluster_ref", CREATE).required(CREATE),
            row("namespace_mapping", TEXT_MAP).at("namespace_mapping", CREATE),
            row("replace_policy", Shape.oneOf("Invalid", "Retain", "Delete")).at("replace_policy", CREATE),
            row("include_resources", Shape.list(RESOURCE)).at("include_resources", CREATE),
            row("exclude_resources", Shape.list(RESOURCE))
                    .at("exclude_resources", CREATE)
                    .since("2.11"),
            row("virtual_machine_filter", MACHINE_FILTER)
                    .at("filter.virtual_machine_filter", CREATE)
                    .since("2.11"),
            row("namespace_filter", NAMESPACE_FILTER)
                    .at("filter.namespace_filter", CREATE)
                    .since("2.11"),
            row("target_namespace_prefix", TEXT)
                    .at("target_namespace_prefix", CREATE)
                    .since("2.11"),
            row("include_optional_resource_types", TEXTS).at("include_optional_resource_types", CREATE),
            row("storage_class_mapping", TEXT_MAP).at("storage_class_mapping", CREATE),
            row("rancher_project_mapping", TEXT_MAP).at("rancher_project_mapping", CREATE),
            row("rancher_project_name_mapping", TEXT_MAP).at("rancher_project_name_mapping", CREATE),
            row("backup_object_type", Shape.typed("Invalid", "All", "VirtualMachine"))
                    .at("backup_object_type.type", CREATE)
                    .at("enumerate_options.backup_object_type", INSPECT_ALL),
            row(
                            "virtual_machine_restore_options",
                            Shape.fields(Map.of("skip_mac_masking", FLAG, "skip_vm_restart", FLAG)))
                    .at("virtual_machine_restore_options", CREATE)
                    .since("2.11"),
            row("is_sfr", FLAG).at("is_sfr", CREATE).since("2.11"),
            row("file_level_restore_info", files)
                    .at("file_level_restore_info", CREATE)
                    .since("2.11"),
        };
    }

    /** A list of restores has no POST: no references in it. */
    private static Row[] restoreOptions() {
        return options(RESTORE_STATES);
    }

    private static Shape ownership() {
        Shape access = Shape.Parts.access("Read", "Write", "Admin");
        return Shape.fields(Map.of(
                "owner",
                TEXT,
                "groups",
                access,
                "collaborators",
                access,
                "public",
                Shape.fields(Map.of("type", Shape.oneOf("Read", "Write", "Admin")), "type")));
    }

    /** Both lists may be empty, which makes the backup private; one of them must be there. */
    private static Shape share() {
        Shape entries = Shape.Parts.access("Invalid", "View", "Restorable", "FullAccess");
        Shape orNone = (name, value) -> value.isArray() && value.isEmpty() ? value : entries.read(name, value);
        Shape both = Shape.fields(Map.of("collaborators", orNone, "groups", orNone));
        return (name, value) -> {
            var read = both.read(name, value);
            if (read.isEmpty()) {
                throw PxBackupException.parameter(name, "is empty; it has collaborators, groups or both");
            }
            return read;
        };
    }

    private static String[] words(State[] states) {
        return Stream.of(states)
                .map(State::word)
                .filter(each -> !each.equals("Unknown"))
                .toArray(String[]::new);
    }
}
