/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;

/** Volumes for those who change them. Every write is atomic and joins an open transaction. Safe for use by many threads. */
public interface VolumeStore extends Volumes {
    /** Also when it was removed. */
    Optional<Volume> findIncludingRemoved(long id);

    /** Also when it was removed. */
    Optional<Volume> findByUuidIncludingRemoved(String uuid);

    /** Those not removed, by id. A page takes the same number of SQL statements whatever its size. */
    Page<ListedVolume> page(VolumeFilter filter, PageRequest page);

    /** One volume as it is listed; empty when it was removed. */
    Optional<ListedVolume> describe(long id);

    /** Keeps a new volume; its id is chosen here. */
    Volume add(Volume volume, Instant when);

    /** Notes that the volume's data exists: Allocated becomes Ready. False when it is in another state. */
    boolean made(long id, String path);

    /** Whether a volume of the zone that is not removed has its data at the path, attached or not. */
    boolean isUsed(long zoneId, String path);

    /** Notes that the volume's data is elsewhere now. */
    void relocate(long id, String path);

    /**
     * Attaches a data volume that is Allocated or Ready and not attached.
     *
     * @return false, and nothing changed, when it is not so, or the VM has a volume at that device id
     */
    boolean attach(long id, long vmId, long deviceId, Instant when);

    /** Detaches a data volume from the VM; false, and nothing changed, when it is not attached there. */
    boolean detach(long id, long vmId);

    /** The device ids in use in the VM. Keeps others from attaching until the transaction ends; must be called inside one. */
    Set<Long> lockDeviceIds(long vmId);

    void setSize(long id, long sizeBytes);

    void rename(long id, String name);

    /** Marks it as removed and detached; false when it was so already. */
    boolean remove(long id, Instant when);
}
