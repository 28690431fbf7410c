/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

/** The objects that PX-Backup keeps, and what each is called where. */
enum Kind {
    BACKUP("backup", "backups", "backup_info", "BackupObject"),
    BACKUP_SCHEDULE("backup_schedule", "backup_schedules", "backup_schedule_info", "BackupScheduleObject"),
    RESTORE("restore", "restores", "restore_info", "RestoreObject"),
    SCHEDULE_POLICY("schedule_policy", "schedule_policies", "schedule_policy_info", "SchedulePolicyObject"),
    BACKUP_LOCATION("backup_location", "backup_locations", "backup_location_info", "BackupLocationObject"),
    CLUSTER("cluster", "clusters", "clusterInfo", "ClusterObject"),
    RULE("rule", "rules", "rules_info", "RuleObject"),
    CLOUD_CREDENTIAL("cloud_credential", "cloud_credentials", "cloud_credential_info", "CloudCredentialObject"),
    VOLUME_RESOURCE_ONLY_POLICY(
            "volume_resource_only_policy",
            "volume_resource_only_policies",
            "volume_resource_only_policy_info",
            "VolumeResourceOnlyPolicyObject");

    private final String one;
    private final String many;
    private final String info;
    private final String message;

    Kind(String one, String many, String info, String message) {
        this.one = one;
        this.many = many;
        this.info = info;
        this.message = message;
    }

    /** The key of one object in an answer. */
    String one() {
        return one;
    }

    /** The key of the list in an answer. */
    String many() {
        return many;
    }

    /** The key of what is told beside the metadata. */
    String info() {
        return info;
    }

    /** The name of the message of one object. */
    String message() {
        return message;
    }

    /** The segment of the path, and the word in error texts. */
    String path() {
        return one.replace("_", "");
    }
}
