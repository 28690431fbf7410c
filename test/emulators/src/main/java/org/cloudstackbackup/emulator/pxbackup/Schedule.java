/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A backup schedule with its runs. */
final class Schedule extends Entity {
    private final Map<String, List<JsonObject>> runs = new LinkedHashMap<>();
    private final Set<Backup> unfinished = new LinkedHashSet<>();
    private final List<String> due = new ArrayList<>();
    private int plan;

    Schedule(Identity identity, Instant created, JsonObject info) {
        super(Kind.BACKUP_SCHEDULE, identity, created, info);
    }

    /** Backups that have not ended. */
    Set<Backup> unfinished() {
        return unfinished;
    }

    /** Kinds of policy that are due and wait for their turn. */
    List<String> due() {
        return due;
    }

    /** Ticks planned under an older number do not count any more. */
    int plan() {
        return plan;
    }

    int newPlan() {
        return ++plan;
    }

    boolean isSuspended() {
        return Tree.flag(info(), "suspend");
    }

    boolean isVm() {
        return Tree.text(info(), "backup_object_type.type").equals("VirtualMachine");
    }

    JsonObject policy(World world) {
        Entity policy = world.byUid(Kind.SCHEDULE_POLICY, Tree.text(info(), "schedule_policy_ref.uid"));
        return policy == null ? new JsonObject() : policy.info();
    }

    long incrementals(World world, String kind) {
        return PolicyTimes.incrementals(policy(world), kind);
    }

    void record(String kind, Backup backup) {
        JsonObject run = new JsonObject();
        run.addProperty("backup_name", backup.name());
        run.addProperty("create_time", backup.created().toString());
        run.addProperty("status", backup.status());
        runs.computeIfAbsent(kind, key -> new ArrayList<>()).add(run);
        tell();
    }

    void ended(String kind, Backup backup, Instant time) {
        for (JsonObject run : runs.getOrDefault(kind, List.of())) {
            if (Tree.text(run, "backup_name").equals(backup.name())) {
                run.addProperty("finish_time", time.toString());
                run.addProperty("status", backup.status());
                run.addProperty("Reason", Tree.text(backup.info(), "status.reason"));
            }
        }
        tell();
    }

    void forget(String kind, Backup backup) {
        runs.getOrDefault(kind, new ArrayList<>())
                .removeIf(run -> Tree.text(run, "backup_name").equals(backup.name()));
        tell();
    }

    private void tell() {
        JsonObject told = new JsonObject();
        runs.forEach((kind, list) -> {
            JsonArray statuses = Tree.array(list);
            told.add(kind, Tree.of("status", statuses));
        });
        info().add("backup_status", told);
    }
}
