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

    /** CloudStack's name of the kind of hypervisor, such as {@code Simulator}. */
    String type();

    /**
     * Makes a volume; returns where the hypervisor finds it. One that exists keeps its data.
     *
     * @param label what a new volume's data begins with, so that people can tell volumes apart
     */
    String createVolume(String volumeUuid, long sizeBytes, String label);

    /** Grows a volume; shrinking is refused with {@code USER}. */
    void resizeVolume(String path, long sizeBytes);

    /** Deletes a volume's data; a no-op when it is gone. */
    void deleteVolume(String path);
}
