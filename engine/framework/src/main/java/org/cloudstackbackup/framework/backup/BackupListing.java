/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup with the names that a listing shows.
 *
 * @param vmUuid null when the VM's row was purged
 * @param vmOfferingId what protects the VM now
 * @param projectUuid null when the account is not that of a project
 * @param vmGone whether the VM's row is gone or removed
 * @param provider name of the provider that made it
 * @param scheduleUuid null for backups on request, and when the schedule was deleted
 * @param scheduleType CloudStack's number of the schedule's interval; null for backups on request
 * @param details empty unless asked for
 */
public record BackupListing(
        Backup backup,
        @Nullable String vmUuid,
        @Nullable String vmName,
        @Nullable Long vmOfferingId,
        boolean vmGone,
        String offeringUuid,
        String offeringName,
        String provider,
        String accountUuid,
        String accountName,
        @Nullable String projectUuid,
        @Nullable String projectName,
        String domainUuid,
        String domainName,
        String zoneUuid,
        String zoneName,
        @Nullable String scheduleUuid,
        @Nullable Integer scheduleType,
        Map<String, String> details) {
    public BackupListing {
        requireNonNull(backup, "backup is null");
        details = Map.copyOf(details);
    }

    /** The same with its details. */
    public BackupListing with(Map<String, String> given) {
        return new BackupListing(
                backup,
                vmUuid,
                vmName,
                vmOfferingId,
                vmGone,
                offeringUuid,
                offeringName,
                provider,
                accountUuid,
                accountName,
                projectUuid,
                projectName,
                domainUuid,
                domainName,
                zoneUuid,
                zoneName,
                scheduleUuid,
                scheduleType,
                given);
    }
}
