/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/**
 * Where the VMs of a zone really run. One per kind of inventory.
 *
 * <p>Every method is idempotent and may be slow: it is never called inside a transaction. Failures are {@link
 * org.cloudstackbackup.spi.ProviderException}s.
 */
public interface Hypervisor {
    /** The value of {@link Zone#inventory()} it answers for. */
    String inventory();

    /** Makes an empty volume; returns where the hypervisor finds it. */
    String createVolume(String volumeUuid, long sizeBytes);

    /** Grows a volume; shrinking is refused with {@code USER}. */
    void resizeVolume(String path, long sizeBytes);

    /** Deletes a volume's data; a no-op when it is gone. */
    void deleteVolume(String path);
}
