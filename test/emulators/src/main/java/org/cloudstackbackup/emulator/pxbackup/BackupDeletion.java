/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** Deletes backups, a few at a time, and full ones only after their increments. */
final class BackupDeletion {
    private static final int AT_ONCE = 5;

    private final World world;
    private final Deque<Backup> waiting = new ArrayDeque<>();
    private final Map<String, String> through = new HashMap<>();
    private Consumer<Backup> afterwards = backup -> {};
    private int active;

    BackupDeletion(World world) {
        this.world = requireNonNull(world, "world is null");
    }

    /** Who is told when a backup is gone. */
    void afterwards(Consumer<Backup> listener) {
        afterwards = listener;
    }

    void clear() {
        waiting.clear();
        through.clear();
        active = 0;
    }

    /** Accepts a deletion; one that runs is stopped first, and a second request changes nothing. */
    void request(Backup backup, String clusterUid) {
        String locked = Tree.text(backup.info(), "retention_time");
        if (!locked.isEmpty() && java.time.Instant.parse(locked).isAfter(world.now())) {
            throw ApiFailure.state("backup [" + backup.name() + "] is object locked until " + locked);
        }
        if (backup.status().equals("Deleting") || backup.status().equals("DeletePending")) {
            return;
        }
        backup.cancel();
        backup.status("Deleting", "");
        backup.touch(world.now());
        through.put(backup.uid(), clusterUid);
        waiting.add(backup);
        next();
    }

    private void next() {
        while (active < AT_ONCE && !waiting.isEmpty()) {
            active++;
            Backup backup = waiting.remove();
            world.timeline().after(world.timings().delete(), () -> run(backup));
        }
    }

    private void run(Backup backup) {
        if (!world.exists(backup)) {
            release();
            return;
        }
        Cluster cluster = (Cluster) world.byUid(Kind.CLUSTER, through.getOrDefault(backup.uid(), ""));
        boolean stuck = world.mishaps().of(Mishap.Kind.STUCK_DELETING, backup).isPresent();
        if (stuck || cluster == null || !cluster.isOnline()) {
            world.timeline().after(world.timings().delete(), () -> run(backup));
            return;
        }
        Optional<Mishap> failure = world.mishaps().of(Mishap.Kind.FAIL_DELETE, backup);
        Optional<Backup> dependant = dependant(backup);
        if (failure.isPresent()) {
            backup.status("Failed", failure.get().reason());
        } else if (dependant.isPresent()) {
            backup.status(
                    "DeletePending",
                    "waiting for the deletion of dependent backup: "
                            + dependant.get().name());
        } else {
            remove(backup);
        }
        release();
    }

    private void release() {
        active--;
        next();
    }

    /** Takes the backup away at once, and everything that only waited for it. */
    void remove(Backup backup) {
        world.remove(backup);
        through.remove(backup.uid());
        afterwards.accept(backup);
        for (Entity each : world.all(Kind.BACKUP)) {
            Backup other = (Backup) each;
            if (world.exists(other)
                    && other.status().equals("DeletePending")
                    && dependant(other).isEmpty()) {
                remove(other);
            }
        }
    }

    private Optional<Backup> dependant(Backup backup) {
        return world.all(Kind.BACKUP).stream()
                .map(each -> (Backup) each)
                .filter(each -> each.volumes().stream()
                        .anyMatch(volume -> volume.parent().equals(backup.uid())))
                .findFirst();
    }
}
