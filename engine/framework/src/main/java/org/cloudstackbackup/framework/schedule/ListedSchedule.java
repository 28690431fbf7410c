/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.framework.identity.Owner;

/**
 * A schedule with the VM it is of.
 *
 * @param owner the VM's, who may have changed since the schedule was made
 */
public record ListedSchedule(Schedule schedule, String vmUuid, String vmName, Owner owner) {
    public ListedSchedule {
        requireNonNull(schedule, "schedule is null");
        requireNonNull(vmUuid, "vmUuid is null");
        requireNonNull(vmName, "vmName is null");
        requireNonNull(owner, "owner is null");
    }
}
