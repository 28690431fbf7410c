/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison reads, in few statements for many rows, and what it notes of rows that are missing. Joins an open transaction.
 * Collections given have at most {@link org.cloudstackbackup.framework.backup.BackupStore#LARGEST_BATCH} elements.
 */
public interface SyncStore {
    /** Every zone and product with offerings, or with backups under an offering that was removed. */
    Set<SyncTarget> inUse();

    /**
     * Live rows of the target with these restore points. Databases that ignore case may add others: compare {@link
     * SyncRow#externalId()}.
     */
    List<SyncRow> rows(SyncTarget target, Collection<String> externalIds);

    /** Ids of live rows of the target that have a restore point, above {@code after}, ascending, at most {@code limit}. */
    List<Long> rowIds(SyncTarget target, long after, int limit);

    /** Which of these restore points belong to rows of the zone that were removed at or after the instant. */
    Set<String> removedSince(SyncTarget target, Collection<String> externalIds, Instant since);

    /** What operations of the target are at, or were at since the instant. */
    Busy busy(SyncTarget target, Instant since);

    /** VMs of the zone by uuid, removed ones too. */
    Map<String, SyncVm> vms(long zoneId, Collection<String> uuids);

    /** All offerings of the target, removed ones too, by id. */
    List<SyncOffering> offerings(SyncTarget target);

    /** What is known of volumes with these uuids, removed ones too. */
    Map<String, VolumeFacts> volumes(Collection<String> uuids);

    /** How the backups of VMs stand, those that are not removed, by the VMs' ids; VMs without backups are left out. */
    Map<Long, LastBackups> lastBackups(Collection<Long> vmIds);

    /** Rows of the target with ids from {@code after} (exclusive) to {@code upTo} that were noted as missing, and when. */
    Map<Long, Instant> missing(SyncTarget target, long after, long upTo);

    /** Notes that a complete listing lacked the rows' points; those noted before keep their instant. */
    void noteMissing(SyncTarget target, Collection<Long> backupIds, Instant at);

    void forgetMissing(Collection<Long> backupIds);

    /** Forgets notes about rows that were removed by somebody else. */
    void forgetMissingOfRemoved(SyncTarget target);

    /** How many rows of the target are noted as missing. */
    long countMissing(SyncTarget target);

    /** What only the inventory knows of a volume. */
    record VolumeFacts(
            @Nullable String diskOfferingUuid,
            @Nullable Long minIops,
            @Nullable Long maxIops) {}
}
