/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.event.Events.Level;
import org.cloudstackbackup.framework.event.Events.NewEvent;
import org.cloudstackbackup.framework.event.Events.State;

/**
 * Deals with rows whose restore points a complete listing lacks. The first such listing only notes them; a later one that lacks
 * them still has them removed.
 */
final class Vanished {
    static final String EVENT = "BACKUP.DELETE";
    private static final int ROWS_PER_LOOK = 5000;

    /** Up to so many may vanish without suspicion, however few backups there are. */
    private static final int FEW = 10;

    private final SyncStore store;
    private final BackupStore backups;
    private final Events events;
    private final Clock clock;

    Vanished(SyncStore store, BackupStore backups, Events events, Clock clock) {
        this.store = store;
        this.backups = backups;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Notes, forgets and removes; only after a complete listing.
     *
     * @param patience from the first note to the removal, at least
     * @param massPatience the same when so much has vanished that it rather looks like a lost disk
     */
    Findings settle(SyncRun run, Duration patience, Duration massPatience) {
        Busy busy = store.busy(run.target(), run.listedFrom());
        Set<Long> spoiled = spoiledVms(run);
        Findings findings = count(run, busy);
        long noted = store.countMissing(run.target());
        if (findings.gone() > 0 || noted > 0) {
            run.fence().write(() -> {
                store.forgetMissingOfRemoved(run.target());
                return run;
            });
            Instant ripeBefore = run.begun().minus(findings.isMass() ? massPatience : patience);
            eachBlock(run, (ids, after) -> settle(run, ids, after, new Doubts(busy, spoiled), ripeBefore));
            noted = store.countMissing(run.target());
        }
        run.tally().missing(noted);
        return findings;
    }

    private Set<Long> spoiledVms(SyncRun run) {
        Set<Long> ids = new HashSet<>();
        List<String> uuids = run.tally().spoiledVms();
        for (int from = 0; from < uuids.size(); from += BackupStore.LARGEST_BATCH) {
            List<String> some = uuids.subList(from, Math.min(from + BackupStore.LARGEST_BATCH, uuids.size()));
            store.vms(run.target().zoneId(), some).values().forEach(vm -> ids.add(vm.id()));
        }
        return ids;
    }

    private Findings count(SyncRun run, Busy busy) {
        long[] counts = new long[2];
        eachBlock(run, (ids, after) -> {
            counts[0] += ids.size();
            counts[1] += ids.stream().filter(id -> isGone(run, busy, id)).count();
        });
        return new Findings(counts[0], counts[1]);
    }

    private void eachBlock(SyncRun run, ObjLongConsumer<List<Long>> body) {
        long after = 0;
        while (true) {
            run.fence().check();
            List<Long> ids = store.rowIds(run.target(), after, ROWS_PER_LOOK);
            if (ids.isEmpty()) {
                return;
            }
            body.accept(ids, after);
            after = ids.get(ids.size() - 1);
        }
    }

    private static boolean isGone(SyncRun run, Busy busy, long id) {
        return !run.marks().has(id) && !busy.backups().contains(id);
    }

    private void settle(SyncRun run, List<Long> ids, long after, Doubts doubts, Instant ripeBefore) {
        Map<Long, Instant> noted = store.missing(run.target(), after, ids.get(ids.size() - 1));
        List<Long> gone =
                ids.stream().filter(id -> isGone(run, doubts.busy(), id)).toList();
        Set<Long> back = new HashSet<>(noted.keySet());
        gone.forEach(back::remove);
        List<Long> fresh = gone.stream().filter(id -> !noted.containsKey(id)).toList();
        List<Long> ripe = gone.stream()
                .filter(id -> noted.containsKey(id)
                        && !noted.getOrDefault(id, Instant.MAX).isAfter(ripeBefore))
                .toList();
        inBatches(
                List.copyOf(back),
                batch -> run.fence().write(() -> {
                    store.forgetMissing(batch);
                    return batch.size();
                }));
        inBatches(
                fresh,
                batch -> run.fence().write(() -> {
                    List<Long> certain = backups.lockAll(batch).stream()
                            .filter(row -> !doubts.spoiled().contains(row.vmId()))
                            .map(Backup::id)
                            .toList();
                    store.noteMissing(run.target(), certain, clock.instant());
                    return certain.size();
                }));
        inBatches(ripe, batch -> run.tally().removed(remove(run, batch, doubts, noted)));
    }

    private int remove(SyncRun run, List<Long> batch, Doubts doubts, Map<Long, Instant> noted) {
        return run.fence().write(() -> {
            // The rows are locked before the operations are looked at: one that begins later finds its backup removed.
            List<Backup> rows = backups.lockAll(batch);
            Busy busy = store.busy(run.target(), run.listedFrom());
            List<Backup> proven = rows.stream()
                    .filter(row -> !busy.backups().contains(row.id()))
                    .filter(row -> !doubts.spoiled().contains(row.vmId()))
                    .toList();
            Set<Long> removed = backups.removeAll(proven, clock.instant());
            List<Backup> gone =
                    proven.stream().filter(row -> removed.contains(row.id())).toList();
            events.recordAll(gone.stream()
                    .map(row -> event(run, row, noted.getOrDefault(row.id(), run.begun())))
                    .toList());
            store.forgetMissing(removed);
            return removed.size();
        });
    }

    private static NewEvent event(SyncRun run, Backup row, Instant noted) {
        return new NewEvent(
                EVENT,
                State.Completed,
                Level.WARN,
                "Removed backup " + row.name() + ": provider " + run.target().provider()
                        + " listed all its restore points of zone " + run.zone().name() + " at " + noted + " and at "
                        + run.begun() + ", and " + row.externalId() + " was in neither list",
                Adoption.SYSTEM_USER,
                row.owner(),
                "Backup",
                row.id(),
                row.uuid(),
                row.name(),
                null);
    }

    private static void inBatches(List<Long> ids, java.util.function.Consumer<List<Long>> body) {
        for (int from = 0; from < ids.size(); from += BackupStore.LARGEST_BATCH) {
            body.accept(new ArrayList<>(ids.subList(from, Math.min(from + BackupStore.LARGEST_BATCH, ids.size()))));
        }
    }

    /** Rows about which the listing proves nothing: those that are worked on, and those of VMs with points that were unusable. */
    private record Doubts(Busy busy, Set<Long> spoiled) {}

    /**
     * What a complete listing left unconfirmed.
     *
     * @param rows with a restore point
     * @param gone of these, not listed
     */
    record Findings(long rows, long gone) {
        /** Whether so much is gone that it rather looks like a lost disk than like backups that were deleted. */
        boolean isMass() {
            return gone > FEW && gone * 2 > rows;
        }
    }
}
