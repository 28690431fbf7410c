/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;

/** Zones for those who change them. Joins an open transaction. Safe for use by many threads. */
public interface ZoneStore extends Zones {
    /** Also when it was removed. */
    Optional<Zone> findByUuid(String uuid);

    /** Those not removed, by id. */
    Page<Zone> page(CatalogFilter filter, boolean onlyEnabled, PageRequest page);

    /** Keeps a new zone; its id is chosen here. */
    Zone add(Zone zone);

    /** Writes name, description and allocation state. */
    void update(Zone zone);

    /** Marks it as removed; false when it was so already. */
    boolean remove(long id, Instant when);

    /** How much is in the zone that keeps it from being removed. */
    Holdings holdings(long id);

    /** What is not removed in a zone. */
    record Holdings(long vms, long volumes, long backups, long backupOfferings, long backupClusters) {
        public boolean isEmpty() {
            return vms == 0 && volumes == 0 && backups == 0 && backupOfferings == 0 && backupClusters == 0;
        }
    }
}
