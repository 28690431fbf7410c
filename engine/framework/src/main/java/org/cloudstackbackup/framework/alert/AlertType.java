/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

/** What an alert is about. The numbers and names of the first two are CloudStack's; the others are ours, above its range. */
public enum AlertType {
    /** The backup storage of a zone fills up. */
    BACKUP_STORAGE(21, "ALERT.STORAGE.BACKUP"),
    /** A scheduled backup was refused because of a resource limit. */
    RESOURCE_COUNT(22, "ALERT.RESOURCE.COUNT"),
    /** A backup could not be made or is not whole. */
    BACKUP_FAILED(1001, "ALERT.BACKUP.FAILED"),
    /** A scheduled run did not happen at its time. */
    BACKUP_MISSED(1002, "ALERT.BACKUP.MISSED"),
    /** A backup product does not answer, or answers with errors only. */
    PROVIDER_UNREACHABLE(1003, "ALERT.BACKUP.PROVIDER"),
    /** The newest good backup of a VM is older than its schedules promise. */
    RPO_EXCEEDED(1004, "ALERT.BACKUP.RPO"),
    /** A backup that retention wants gone could not be removed. */
    RETENTION_FAILED(1005, "ALERT.BACKUP.RETENTION");

    private final int number;
    private final String wireName;

    AlertType(int number, String wireName) {
        this.number = number;
        this.wireName = wireName;
    }

    /** The {@code type} of {@code listAlerts}. */
    public int number() {
        return number;
    }

    /** The {@code name} of {@code listAlerts}. */
    public String wireName() {
        return wireName;
    }
}
