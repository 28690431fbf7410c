/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import java.util.Arrays;
import java.util.Optional;

/** What an alert is about. The numbers and names of the first two are CloudStack's; the others are ours, above its range. */
public enum AlertType {
    BACKUP_STORAGE(21, "ALERT.STORAGE.BACKUP", "The backup storage of a zone fills up."),
    RESOURCE_COUNT(22, "ALERT.RESOURCE.COUNT", "A scheduled backup was refused because of a resource limit."),
    BACKUP_FAILED(1001, "ALERT.BACKUP.FAILED", "A backup could not be made or is not whole."),
    BACKUP_MISSED(1002, "ALERT.BACKUP.MISSED", "A scheduled run did not happen at its time."),
    PROVIDER_UNREACHABLE(
            1003, "ALERT.BACKUP.PROVIDER", "A backup product does not answer, or answers with errors only."),
    RPO_EXCEEDED(1004, "ALERT.BACKUP.RPO", "The newest good backup of a VM is older than its schedules promise."),
    RETENTION_FAILED(1005, "ALERT.BACKUP.RETENTION", "A backup that retention wants gone could not be removed."),
    BACKUPS_VANISHED(
            1006,
            "ALERT.BACKUP.VANISHED",
            "A provider has lost so many backups at once that it rather looks like a lost disk.");

    private final int number;
    private final String wireName;
    private final String meaning;

    AlertType(int number, String wireName, String meaning) {
        this.number = number;
        this.wireName = wireName;
        this.meaning = meaning;
    }

    /** The type with that number, if there is one. */
    public static Optional<AlertType> ofNumber(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /** The {@code type} of {@code listAlerts}. */
    public int number() {
        return number;
    }

    /** The {@code name} of {@code listAlerts}. */
    public String wireName() {
        return wireName;
    }

    /** When it is raised; a sentence. */
    public String meaning() {
        return meaning;
    }
}
