/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloudstackbackup.pxbackup.client.Table.Request;

/** What the parameters that say what to back up must be to each other; alike for backups and schedules. */
final class Selection {
    private Selection() {}

    /** For what is made. */
    static void check(Request request) {
        boolean machines = isMachines(request);
        check(request, machines, request.flag("skip_vm_auto_exec_rules"));
        if (!machines && !request.has("namespaces") && !request.has("ns_label_selectors")) {
            throw PxBackupException.parameter(
                    "namespaces", "is missing; a backup that is not of machines needs it or ns_label_selectors");
        }
    }

    /**
     * For what is made or changed.
     *
     * @param machines whether it is of machines
     * @param skip whether the rules of machines are skipped
     */
    static void check(Request request, boolean machines, boolean skip) {
        if (machines && request.has("resource_types")) {
            throw PxBackupException.parameter("resource_types", "must be empty for backup_object_type VirtualMachine");
        }
        if (!machines && skip) {
            throw PxBackupException.parameter(
                    "skip_vm_auto_exec_rules", "belongs to backup_object_type VirtualMachine only");
        }
        for (String rule :
                new String[] {"pre_exec_rule_ref", "post_exec_rule_ref", "pre_exec_rule", "post_exec_rule"}) {
            if (machines && !skip && request.has(rule)) {
                throw PxBackupException.parameter(
                        rule, "needs skip_vm_auto_exec_rules true for backup_object_type VirtualMachine");
            }
        }
        if (request.has("label_selectors") && request.has("advanced_resource_label_selector")) {
            throw PxBackupException.parameter(
                    "advanced_resource_label_selector", "excludes label_selectors; give one of them");
        }
    }

    static boolean isMachines(Request request) {
        String type = request.text("backup_object_type");
        return type.equals("VirtualMachine") || type.equals("VM");
    }

    /** Older servers look at the cluster's name beside the reference. */
    static void nameCluster(ObjectNode body, Request request) {
        JsonNode ref = request.get("cluster_ref");
        if (!request.has("cluster") && ref != null && ref.has("name")) {
            body.set("cluster", ref.get("name"));
        }
    }
}
