/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.jspecify.annotations.Nullable;

/** A backup with what is in it. */
final class Backup extends Entity {
    private List<VirtualMachine> machines = new ArrayList<>();
    private List<Volume> volumes = new ArrayList<>();
    private @Nullable Origin origin;
    private int retries;
    private boolean seeded;
    private int run;

    Backup(Identity identity, Instant created, JsonObject info) {
        super(Kind.BACKUP, identity, created, info);
    }

    List<VirtualMachine> machines() {
        return machines;
    }

    void machines(List<VirtualMachine> changed) {
        machines = new ArrayList<>(changed);
    }

    List<Volume> volumes() {
        return volumes;
    }

    void volumes(List<Volume> changed) {
        volumes = new ArrayList<>(changed);
    }

    /** Where a scheduled backup comes from; null for a manual one. */
    @Nullable
    Origin origin() {
        return origin;
    }

    void origin(Origin changed) {
        origin = changed;
    }

    /** True for a backup that never ran, but was put there as it is. */
    boolean isSeeded() {
        return seeded;
    }

    void seeded() {
        seeded = true;
    }

    int nextRetry() {
        return ++retries;
    }

    /** Which steps still count: those planned before a cancellation carry an older number. */
    int run() {
        return run;
    }

    void cancel() {
        run++;
    }

    boolean isVm() {
        return Tree.text(info(), "backup_object_type.type").equals("VirtualMachine");
    }

    boolean isFinal() {
        return switch (status()) {
            case "Success", "PartialSuccess", "Failed", "Aborted", "CloudBackupMissing" -> true;
            default -> false;
        };
    }

    String clusterUid() {
        return Tree.text(info(), "cluster_ref.uid");
    }

    String locationUid() {
        return Tree.text(info(), "backup_location_ref.uid");
    }

    /** The schedule, the kind of policy and the tick a backup was started for. */
    record Origin(Schedule schedule, String kind, Instant tick) {}

    /**
     * A volume in the backup.
     *
     * @param machine the name of the machine that has it, or empty
     * @param failure why it is not stored; empty when it is
     * @param parent the uid of the backup this one is an increment to; empty for a full one
     * @param depth how many increments since the full one
     * @param stored bytes this backup stores
     */
    record Volume(Claim claim, String machine, String failure, String parent, int depth, long stored) {
        boolean isStored() {
            return failure.isEmpty();
        }
    }
}
