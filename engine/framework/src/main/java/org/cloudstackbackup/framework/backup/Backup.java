/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * One backup of one VM, finished or not.
 *
 * @param vmId the VM, which may be gone
 * @param externalId the product's id of the restore point; null while there is none
 * @param type the product's word, such as {@code FULL}
 * @param date when the data was frozen; until then, when it was asked for
 * @param sizeBytes on backup storage
 * @param protectedBytes sum of the virtual sizes
 * @param owner at the time of the backup
 * @param volumes at the time of the backup
 * @param failure why it is no good; null otherwise
 * @param version grows with each write
 */
public record Backup(
        long id,
        String uuid,
        String name,
        @Nullable String description,
        long vmId,
        @Nullable String externalId,
        String type,
        Instant date,
        @Nullable Long sizeBytes,
        @Nullable Long protectedBytes,
        BackupStatus status,
        long offeringId,
        Owner owner,
        long zoneId,
        List<BackedVolume> volumes,
        @Nullable Long scheduleId,
        @Nullable String failure,
        long version,
        @Nullable Instant removed) {
    public Backup {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(date, "date is null");
        requireNonNull(status, "status is null");
        requireNonNull(owner, "owner is null");
        volumes = List.copyOf(volumes);
    }

    /** The same with what the product tells of the restore point now. */
    public Backup measured(String newType, Instant frozen, long size, long whole) {
        return with(externalId, newType, frozen, size, whole, status, volumes, failure);
    }

    /** The same as one of which the product says that it is no good. */
    public Backup defective(String why) {
        return in(BackupStatus.ERROR, why);
    }

    /** The same as a good one with these volumes. */
    public Backup whole(List<BackedVolume> held) {
        return with(externalId, type, date, sizeBytes, protectedBytes, BackupStatus.BACKED_UP, held, null);
    }

    Backup in(BackupStatus newStatus, @Nullable String newFailure) {
        return with(externalId, type, date, sizeBytes, protectedBytes, newStatus, volumes, newFailure);
    }

    Backup queued(List<BackedVolume> present) {
        return with(externalId, type, date, sizeBytes, protectedBytes, BackupStatus.QUEUED, present, null);
    }

    Backup made(
            String point,
            String newType,
            Instant frozen,
            long size,
            long whole,
            BackupStatus end,
            @Nullable String why) {
        return with(point, newType, frozen, size, whole, end, volumes, why);
    }

    private Backup with(
            @Nullable String newExternalId,
            String newType,
            Instant newDate,
            @Nullable Long newSize,
            @Nullable Long newProtected,
            BackupStatus newStatus,
            List<BackedVolume> newVolumes,
            @Nullable String newFailure) {
        return new Backup(
                id,
                uuid,
                name,
                description,
                vmId,
                newExternalId,
                newType,
                newDate,
                newSize,
                newProtected,
                newStatus,
                offeringId,
                owner,
                zoneId,
                newVolumes,
                scheduleId,
                newFailure,
                version,
                removed);
    }
}
