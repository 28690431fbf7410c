/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where volumes are kept; what backup and recovery needs of them. Every write is atomic and joins an open transaction. */
public interface Volumes {
    /** Empty when there is none, or it was removed. */
    Optional<Volume> find(long id);

    Optional<Volume> findByUuid(String uuid);

    /** The VM's volumes that are neither removed nor destroyed, by device id. */
    List<Volume> ofVm(long vmId);

    /**
     * Moves volumes of one state to another, all or none.
     *
     * @return false, and nothing changed, when one of them is in another state
     */
    boolean transition(Set<Long> ids, VolumeState from, VolumeState to);

    /**
     * Adds a volume that a restore made and attaches it to the VM at the lowest free device id above 0. Idempotent by uuid.
     *
     * @return the volume as stored
     */
    Volume addRestored(NewVolume volume, long vmId);

    /** The uuid of the disk offering, also when it was removed. */
    Optional<String> diskOfferingUuid(long diskOfferingId);

    /** The id of the disk offering with this uuid that is not removed. */
    Optional<Long> diskOfferingId(String uuid);

    /** What is known of a volume before it has a row; the owner and zone are the VM's. */
    record NewVolume(String uuid, String name, long sizeBytes, String path, long diskOfferingId) {}
}
