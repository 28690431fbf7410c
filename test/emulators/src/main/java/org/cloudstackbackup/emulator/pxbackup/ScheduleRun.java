/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Starts backups when they are due and deletes those that are not kept. */
final class ScheduleRun {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final World world;
    private final Backups backups;
    private final BackupDeletion deletion;

    ScheduleRun(World world, Backups backups, BackupDeletion deletion) {
        this.world = requireNonNull(world, "world is null");
        this.backups = requireNonNull(backups, "backups is null");
        this.deletion = requireNonNull(deletion, "deletion is null");
    }

    /** Plans the schedule's ticks anew, from now on. */
    void plan(Schedule schedule) {
        int plan = schedule.newPlan();
        schedule.due().clear();
        if (schedule.isSuspended()) {
            return;
        }
        for (String kind : PolicyTimes.kinds(schedule.policy(world))) {
            if (kind.equals("interval")) {
                tick(schedule, plan, kind, world.now().plus(world.timings().firstRun()));
            } else {
                planNext(schedule, plan, kind, world.now());
            }
        }
    }

    private void planNext(Schedule schedule, int plan, String kind, Instant after) {
        JsonObject policy = schedule.policy(world);
        if (kind.equals("interval")) {
            tick(schedule, plan, kind, after.plus(Duration.ofMinutes(Tree.number(policy, "interval.minutes"))));
        } else if (policy.has(kind)) {
            PolicyTimes.next(policy, kind, zone(schedule), schedule.created(), after)
                    .ifPresent(due -> tick(schedule, plan, kind, due));
        }
    }

    private void tick(Schedule schedule, int plan, String kind, Instant time) {
        world.timeline().at(time, () -> {
            if (world.exists(schedule) && schedule.plan() == plan) {
                due(schedule, plan, kind);
                planNext(schedule, plan, kind, time);
            }
        });
    }

    /** Kinds that are due at the same time are sorted first; while a backup runs, what becomes due later is left out. */
    private void due(Schedule schedule, int plan, String kind) {
        boolean busy = !schedule.unfinished().isEmpty() && !Tree.flag(schedule.info(), "parallel_backup");
        if (busy) {
            return;
        }
        schedule.due().add(kind);
        schedule.due().sort(Comparator.comparing(PolicyTimes.KINDS::indexOf));
        world.timeline().after(Duration.ZERO, () -> {
            if (world.exists(schedule) && schedule.plan() == plan) {
                startNext(schedule);
            }
        });
    }

    private void startNext(Schedule schedule) {
        boolean parallel = Tree.flag(schedule.info(), "parallel_backup");
        while (!schedule.due().isEmpty() && (parallel || schedule.unfinished().isEmpty())) {
            start(schedule, schedule.due().remove(0));
        }
    }

    private void start(Schedule schedule, String kind) {
        String name = schedule.name() + "-" + schedule.uid().replace("-", "").substring(0, 7) + "-" + kind + "-"
                + STAMP.format(world.now());
        JsonObject info = schedule.info().deepCopy();
        for (String own : List.of("status", "backup_status", "reclaim_policy", "suspend", "suspended_by", "remark")) {
            info.remove(own);
        }
        info.add("backup_schedule", schedule.ref());
        Entity.Identity identity = new Entity.Identity(
                schedule.org(), schedule.owner(), name, UUID.randomUUID().toString());
        Backup backup = new Backup(identity, world.now(), info);
        backup.origin(new Backup.Origin(schedule, kind, world.now()));
        schedule.unfinished().add(backup);
        backups.started(backup);
        schedule.record(kind, backup);
    }

    /** Called when any backup has ended. */
    void ended(Backup backup) {
        Backup.Origin origin = backup.origin();
        if (origin == null) {
            return;
        }
        Schedule schedule = origin.schedule();
        schedule.unfinished().remove(backup);
        schedule.ended(origin.kind(), backup, world.now());
        if (world.exists(schedule)) {
            prune(schedule, origin.kind());
            expire(schedule, backup);
            startNext(schedule);
        }
    }

    /** Called when any backup is gone. */
    void removed(Backup backup) {
        Backup.Origin origin = backup.origin();
        if (origin != null) {
            origin.schedule().unfinished().remove(backup);
            origin.schedule().forget(origin.kind(), backup);
        }
    }

    /** Keeps the newest successes; whatever is older than the last kept one goes, failed ones too. */
    private void prune(Schedule schedule, String kind) {
        JsonObject policy = schedule.policy(world);
        if (Tree.flag(policy, "for_object_lock")) {
            return; // the bucket keeps them
        }
        List<Backup> newestFirst = runs(schedule, kind);
        long kept = 0;
        for (Backup each : newestFirst) {
            if (kept >= PolicyTimes.retain(policy, kind) && each.isFinal()) {
                deletion.request(each, each.clusterUid());
            }
            kept += each.status().equals("Success") ? 1 : 0;
        }
    }

    private void expire(Schedule schedule, Backup backup) {
        String end = Tree.text(backup.info(), "retention_time");
        if (!end.isEmpty() && Tree.flag(schedule.policy(world), "auto_delete")) {
            world.timeline().at(Instant.parse(end).plusSeconds(1), () -> {
                if (world.exists(backup)) {
                    deletion.request(backup, backup.clusterUid());
                }
            });
        }
    }

    List<Backup> runs(Schedule schedule, String kind) {
        return world.all(Kind.BACKUP).stream()
                .map(each -> (Backup) each)
                .filter(each -> each.origin() != null
                        && each.origin().schedule() == schedule
                        && (kind.isEmpty() || each.origin().kind().equals(kind)))
                .sorted(Comparator.comparing(Backup::created).reversed())
                .toList();
    }

    private ZoneId zone(Schedule schedule) {
        Entity cluster = world.byUid(Kind.CLUSTER, Tree.text(schedule.info(), "cluster_ref.uid"));
        String zone = cluster == null ? "" : Tree.text(cluster.info(), "time_zone");
        try {
            return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
