/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.rpo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.schedule.IntervalType;

/** Compares backups, schedules and standing alerts where they are stored; each method is one query, however many VMs there are. */
public interface RecoveryGaps {
    /**
     * VMs with a gap and without a standing alert of {@link AlertType#RPO_EXCEEDED}, a VM once for each schedule whose promise is
     * broken.
     *
     * @param exceptZones zones whose VMs are left out
     */
    List<RecoveryGap> opened(Promise promise, Set<Long> exceptZones, int limit);

    /**
     * Standing alerts about VMs and schedules whose cause is gone though nobody resolved them: of {@link AlertType#RPO_EXCEEDED}
     * when the VM has no gap any more; of {@link AlertType#BACKUP_FAILED} when a good backup was found that is younger, or the VM
     * is not protected any more; of any type when its schedule was deleted.
     */
    List<Healed> healed(Promise promise, int limit);

    /** A standing alert to be resolved. */
    record Healed(AlertType type, String cause) {}

    /**
     * What is young enough.
     *
     * @param due schedules that first promised a backup for a later time are not looked at yet
     * @param oldest by interval, how old the newest good backup may be
     */
    record Promise(Instant due, Map<IntervalType, Instant> oldest) {
        public Promise {
            oldest = Map.copyOf(oldest);
        }
    }
}
