/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Vm;
import org.jspecify.annotations.Nullable;

/** Where backups are kept. Every write is atomic and joins an open transaction. */
public interface BackupStore {
    /** Most rows that are written in one go, so that no transaction holds many locks for long. */
    int LARGEST_BATCH = 500;

    /** Adds a row; id, version and removal of the backup given are ignored. */
    Backup add(Backup backup, Map<String, String> details);

    /** Empty when there is none, or it was removed. */
    Optional<Backup> find(long id);

    /** Includes removed ones. */
    Optional<Backup> findByUuid(String uuid);

    /** As {@link #find}, and holds other lockers back until the transaction ends. */
    Optional<Backup> lock(long id);

    /** As {@link #lock} for many, by id; those that were removed are left out. At most {@value #LARGEST_BATCH}. */
    List<Backup> lockAll(Collection<Long> ids);

    /**
     * Writes everything but id, uuid, VM, owner, offering and zone.
     *
     * @return the backup with its new version; empty, and nothing changed, when it has another version by now or was removed
     */
    Optional<Backup> update(Backup changed);

    /** Writes details anew. */
    void replaceDetails(long id, Map<String, String> details);

    /** Marks as removed, also by the status; false when it was removed before. */
    boolean remove(long id, Instant at);

    /**
     * Adds rows, as {@link #add} does one; at most {@value #LARGEST_BATCH}.
     *
     * @return the rows with their ids, in the order given
     */
    List<Backup> addAll(List<NewBackup> rows);

    /**
     * Updates rows, as {@link #update} does one; at most {@value #LARGEST_BATCH}.
     *
     * @return the ids of the rows that were written; the others have another version by now or were removed
     */
    Set<Long> updateAll(List<Backup> changed);

    /**
     * Marks rows as removed; at most {@value #LARGEST_BATCH}.
     *
     * @param seen as they were read: a row that has another version by now, or was removed, is left as it is
     * @return the ids of the rows that were removed by this call
     */
    Set<Long> removeAll(List<Backup> seen, Instant at);

    /**
     * Writes down that the VM is under the offering from now on, or no longer, for those who bill protection. Belongs into the
     * transaction that changes it.
     */
    void protectionChanged(Vm vm, long offeringId, boolean begins);

    /** Details by name; see {@link VmCatalog#describe}. */
    Map<String, String> details(long id);

    /** Backups of the VM under the offering that are not removed. */
    List<Backup> ofVm(long vmId, long offeringId);

    /** Whether a live row of the zone, under an offering of the provider, has this restore point. */
    boolean knowsPoint(long zoneId, String provider, String externalId);

    /** Live rows of the zone, under offerings of the provider, that have this restore point, by id. */
    List<Backup> ofPoint(long zoneId, String provider, String externalId);

    /** Rows in {@code Allocated} that are older than the time, have no open operation and are named by no pending job. */
    List<Backup> forgotten(Instant before);

    /** Live rows that say that an operation works with them, {@code Queued}, {@code BackingUp} or {@code Restoring}, and none does. */
    List<Backup> strays();

    /** Whether the VM has backups that were not removed. */
    boolean existsForVm(long vmId);

    /** Rows, by id; two statements, and one more for details. */
    Page<BackupListing> list(Filter filter, OwnerScope scope, PageRequest page, boolean withDetails);

    /** A row to add with its details; id, version and removal of the backup are ignored. */
    record NewBackup(Backup backup, Map<String, String> details) {
        public NewBackup {
            requireNonNull(backup, "backup is null");
            details = Map.copyOf(details);
        }
    }

    /**
     * Which backups to list; parts that are null do not restrict.
     *
     * @param name exactly
     * @param keyword in the backup's name or the VM's host name, ignoring case
     * @param history what became of it, when and why it was made
     */
    record Filter(
            @Nullable Long id,
            @Nullable Long vmId,
            @Nullable Long zoneId,
            @Nullable Long offeringId,
            @Nullable String name,
            @Nullable String keyword,
            History history) {
        public Filter(
                @Nullable Long id,
                @Nullable Long vmId,
                @Nullable Long zoneId,
                @Nullable Long offeringId,
                @Nullable String name,
                @Nullable String keyword) {
            this(id, vmId, zoneId, offeringId, name, keyword, History.ANY);
        }
    }

    /**
     * Which backups to list by their history; parts that are null do not restrict.
     *
     * @param status {@code Removed} lists removed backups, which are left out otherwise
     * @param provider name of the provider that made it
     * @param scheduleId the schedule that made it
     * @param interval CloudStack's number of the schedule's interval; {@link #MANUAL} for those without a schedule, or with one
     *     that was deleted
     * @param from date of the first
     * @param before every date is before this
     */
    record History(
            @Nullable BackupStatus status,
            @Nullable String provider,
            @Nullable Long scheduleId,
            @Nullable Integer interval,
            @Nullable Instant from,
            @Nullable Instant before) {
        /** No schedule. */
        public static final int MANUAL = -1;

        /** Restricts nothing. */
        public static final History ANY = new History(null, null, null, null, null, null);
    }
}
