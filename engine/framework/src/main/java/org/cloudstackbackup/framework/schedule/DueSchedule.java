/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.VmState;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose time has come, with what decides whether a run can be made.
 *
 * @param machine null when the VM is gone
 * @param running whether a run of it has not ended
 */
public record DueSchedule(Schedule schedule, @Nullable Machine machine, boolean running) {
    public DueSchedule {
        requireNonNull(schedule, "schedule is null");
    }

    /**
     * The VM to back up.
     *
     * @param bytes sum of its volumes
     * @param offering null when nothing protects it
     */
    public record Machine(
            long id,
            String uuid,
            String name,
            VmState state,
            Owner owner,
            boolean accountEnabled,
            long zoneId,
            long bytes,
            @Nullable Policy offering) {}

    /** The offering that protects it. */
    public record Policy(long id, String name, String provider, boolean userDriven, boolean removed) {}
}
