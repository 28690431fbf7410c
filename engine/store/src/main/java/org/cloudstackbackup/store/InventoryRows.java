/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.Named;
import org.cloudstackbackup.framework.inventory.OwnerNames;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.jspecify.annotations.Nullable;

/** How rows of the inventory's tables are selected, under aliases that let them stand beside each other, and read. */
final class InventoryRows {
    static final String VM = "v.id AS v_id, v.uuid AS v_uuid, v.name AS v_name, v.display_name AS v_display_name,"
            + " v.instance_name AS v_instance_name, v.state AS v_state, v.data_center_id AS v_zone_id,"
            + " v.account_id AS v_account_id, v.domain_id AS v_domain_id, v.service_offering_id AS v_so_id,"
            + " v.vm_template_id AS v_template_id, v.guest_os_id AS v_os_id, v.hypervisor_type AS v_hypervisor,"
            + " v.backup_offering_id AS v_bo_id, v.backup_external_id AS v_external_id,"
            + " v.backup_volumes AS v_backup_volumes, v.update_count AS v_version, v.created AS v_created,"
            + " v.removed AS v_removed, vd.path AS v_domain_path";
    static final String VM_FROM = " FROM vm_instance v JOIN domain vd ON vd.id = v.domain_id ";

    static final String VOLUME = "o.id AS o_id, o.uuid AS o_uuid, o.name AS o_name, o.volume_type AS o_type,"
            + " o.state AS o_state, o.size AS o_size, o.path AS o_path, o.instance_id AS o_vm_id,"
            + " o.device_id AS o_device_id, o.disk_offering_id AS o_do_id, o.template_id AS o_template_id,"
            + " o.min_iops AS o_min_iops, o.max_iops AS o_max_iops, o.data_center_id AS o_zone_id,"
            + " o.account_id AS o_account_id, o.domain_id AS o_domain_id, o.created AS o_created,"
            + " o.removed AS o_removed, o.attached AS o_attached, od.path AS o_domain_path";
    static final String VOLUME_FROM = " FROM volumes o JOIN domain od ON od.id = o.domain_id ";

    private InventoryRows() {}

    static Vm vm(ResultSet row) throws SQLException {
        return new Vm(
                row.getLong("v_id"),
                row.getString("v_uuid"),
                row.getString("v_name"),
                row.getString("v_display_name"),
                row.getString("v_instance_name"),
                vmState(row.getString("v_state")),
                row.getLong("v_zone_id"),
                new Owner(row.getLong("v_account_id"), row.getLong("v_domain_id"), row.getString("v_domain_path")),
                row.getLong("v_so_id"),
                row.getLong("v_template_id"),
                row.getLong("v_os_id"),
                row.getString("v_hypervisor"),
                longOrNull(row, "v_bo_id"),
                row.getString("v_external_id"),
                row.getString("v_backup_volumes"),
                row.getLong("v_version"),
                instant(row, "v_created"),
                instantOrNull(row, "v_removed"));
    }

    static Volume volume(ResultSet row) throws SQLException {
        return new Volume(
                row.getLong("o_id"),
                row.getString("o_uuid"),
                row.getString("o_name"),
                VolumeType.valueOf(row.getString("o_type")),
                volumeState(row.getString("o_state")),
                row.getLong("o_size"),
                row.getString("o_path"),
                longOrNull(row, "o_vm_id"),
                longOrNull(row, "o_device_id"),
                row.getLong("o_do_id"),
                longOrNull(row, "o_template_id"),
                longOrNull(row, "o_min_iops"),
                longOrNull(row, "o_max_iops"),
                row.getLong("o_zone_id"),
                new Owner(row.getLong("o_account_id"), row.getLong("o_domain_id"), row.getString("o_domain_path")),
                instant(row, "o_created"),
                instantOrNull(row, "o_removed"));
    }

    /** What {@link #ownerColumns} names, joined to the alias of the account. */
    static String ownerJoin(String account) {
        return " LEFT JOIN projects owner_project ON owner_project.project_account_id = " + account + ".id";
    }

    /** The account {@code a} with its domain under the alias given. */
    static OwnerNames ownerNames(ResultSet row) throws SQLException {
        return new OwnerNames(
                row.getString("owner_account"),
                row.getString("owner_domain_uuid"),
                row.getString("owner_domain_name"),
                row.getString("owner_domain_path"),
                namedOrNull(row, "owner_project"));
    }

    /** What {@link #ownerNames} reads, of table aliases for account and domain; needs {@link #ownerJoin}. */
    static String ownerColumns(String account, String domain) {
        return account + ".account_name AS owner_account, " + domain + ".uuid AS owner_domain_uuid, " + domain
                + ".name AS owner_domain_name, " + domain + ".path AS owner_domain_path, "
                + namedColumns("owner_project");
    }

    /** What {@link #named} reads, of a table alias. */
    static String namedColumns(String alias) {
        return alias + ".uuid AS " + alias + "_uuid, " + alias + ".name AS " + alias + "_name";
    }

    static Named named(ResultSet row, String alias) throws SQLException {
        return new Named(row.getString(alias + "_uuid"), row.getString(alias + "_name"));
    }

    static @Nullable Named namedOrNull(ResultSet row, String alias) throws SQLException {
        return row.getString(alias + "_uuid") == null ? null : named(row, alias);
    }

    static VmState vmState(String name) {
        return VmState.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("VM state " + name + " is unknown"));
    }

    static VolumeState volumeState(String name) {
        return VolumeState.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("Volume state " + name + " is unknown"));
    }

    static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
