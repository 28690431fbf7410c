/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.VmSchedules;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/**
 * Where schedules, their runs and what retention has begun are kept. Every write is atomic and joins an open transaction. What
 * is <em>claimed</em> is locked until the transaction ends; another node passes over it meanwhile.
 */
public interface ScheduleStore extends VmSchedules {
    /** Writes the VM's schedule of that type anew, or adds it. Its failures and what was told are forgotten. */
    Schedule put(NewSchedule schedule);

    Optional<ListedSchedule> find(long id);

    Optional<ListedSchedule> findByUuid(String uuid);

    /** Newest first; only schedules of VMs that are not removed. */
    Page<ListedSchedule> list(Filter filter, OwnerScope scope, PageRequest page);

    /** Of the VM, by type. */
    List<Schedule> ofVm(long vmId);

    /** Holds others who claim or lock the schedule back until the transaction ends; empty when there is none. */
    Optional<Schedule> lock(long id);

    /** Deletes the schedule, not its backups; false when there was none. */
    boolean remove(long id);

    /** Claims schedules to be looked at, the longest due first. Inside a transaction only. */
    List<DueSchedule> claimDue(Instant now, int limit);

    /** Writes what was decided. */
    void update(List<Progress> changes);

    /** Adds runs; their ids are ignored. */
    void addRuns(List<Run> runs);

    /** Zones and providers that have runs to begin. */
    List<Lane> lanesWaiting(Instant now);

    /** Runs of the lane to be begun, by slot. */
    List<Run> waiting(Lane lane, Instant now, int limit);

    /** The run of the schedule that was not begun. */
    Optional<Run> waitingOf(long scheduleId);

    /** Holds other nodes that begin runs back until the transaction ends. */
    void lockStarts();

    /** The backups of the zone that have been begun and have not ended. */
    RunningBackups runningInZone(long zoneId);

    /** The backups of the provider, over all zones, that have been begun and have not ended. */
    RunningBackups runningOfProvider(String provider);

    /** Marks a run as begun; false when it was before, or is gone. */
    boolean begin(long runId);

    /** Has a run begun no sooner than that; nothing happens when it was begun. */
    void putOff(long runId, Instant until, String why);

    /** Runs whose backup has ended or is gone. */
    List<EndedRun> ended(int limit);

    /** Forgets a run; false when it was forgotten before. */
    boolean end(long runId);

    /** Whether runs wait to be begun. */
    boolean hasWaiting();

    /** Claims schedules whose retention is to be looked at. Inside a transaction only. */
    List<Schedule> claimRetention(Instant now, int limit);

    /** When to look at retention again; null for not before something happens. */
    void retentionAt(long scheduleId, @Nullable Instant at);

    /** Ids of the schedule's backups that can be restored, newest first. */
    List<Long> goodBackups(long scheduleId);

    /** Of the schedule, and of those that were deleted since when the id is null. */
    List<Removal> removals(@Nullable Long scheduleId);

    /** Writes a removal, anew or over the one there is. */
    void putRemoval(
            long scheduleId, long backupId, @Nullable String operationUuid, int failures, @Nullable Instant retryAt);

    void forgetRemoval(long backupId);

    /** What to put. */
    record NewSchedule(
            String uuid,
            long vmId,
            IntervalType type,
            String times,
            String timezone,
            Instant next,
            int maxBackups,
            @Nullable Boolean quiesce) {}

    /**
     * How a schedule goes on.
     *
     * @param wakeAt when to look at it again; null while a run is open, whose end wakes it
     */
    record Progress(
            long id,
            Instant next,
            @Nullable Instant wakeAt,
            @Nullable Instant slot,
            int failures,
            @Nullable String skipped) {}

    /** What caps count by. */
    record Lane(long zoneId, String provider) {}

    /**
     * Which schedules to list; parts that are null do not restrict.
     *
     * @param keyword in the VM's host name, ignoring case
     */
    record Filter(
            @Nullable Long id,
            @Nullable Long vmId,
            @Nullable String keyword) {
        public static final Filter ALL = new Filter(null, null, null);
    }
}
