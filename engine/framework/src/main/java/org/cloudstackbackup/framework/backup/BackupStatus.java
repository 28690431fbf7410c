/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.util.Arrays;
import java.util.Optional;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.usage.Stored;
import org.jspecify.annotations.Nullable;

/** CloudStack's states of a backup; {@link #wireName()} is how they are stored and shown. */
public enum BackupStatus {
    /** The row exists, no job has taken it up. */
    ALLOCATED("Allocated"),
    /** Written down as an operation. */
    QUEUED("Queued"),
    /** The product works. */
    BACKING_UP("BackingUp"),
    /** Complete at the product, with every volume the VM had at the start. */
    BACKED_UP("BackedUp"),
    /** The product ended well, yet what it made is no whole backup. */
    ERROR("Error"),
    /** There is no backup. */
    FAILED("Failed"),
    RESTORING("Restoring"),
    REMOVED("Removed"),
    EXPUNGED("Expunged");

    private final String wireName;

    BackupStatus(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /**
     * What a row that is not removed takes of its owner's limits. It counts from the start, with the size of the disks until it
     * is known how much is stored; a defective backup counts as long as the product keeps something of it.
     *
     * @param externalId the restore point, if there is one
     */
    public Footprint footprint(@Nullable String externalId, @Nullable Long sizeBytes, @Nullable Long protectedBytes) {
        long whole = protectedBytes == null ? 0 : protectedBytes;
        long stored = sizeBytes == null ? whole : sizeBytes;
        return switch (this) {
            case ALLOCATED, QUEUED, BACKING_UP -> new Footprint(1, whole);
            case BACKED_UP, RESTORING -> new Footprint(1, stored);
            case ERROR -> externalId == null ? Footprint.NONE : new Footprint(1, stored);
            case FAILED, REMOVED, EXPUNGED -> Footprint.NONE;
        };
    }

    /**
     * What a row that is not removed has the product keep, and is billed for: whatever there is a restore point of, also a
     * defective one, until it is deleted.
     */
    public Stored stored(@Nullable String externalId, @Nullable Long sizeBytes, @Nullable Long protectedBytes) {
        long whole = protectedBytes == null ? 0 : protectedBytes;
        return switch (this) {
            case BACKED_UP, RESTORING -> new Stored(1, sizeBytes == null ? whole : sizeBytes, whole);
            case ERROR ->
                externalId == null ? Stored.NONE : new Stored(1, sizeBytes == null ? whole : sizeBytes, whole);
            case ALLOCATED, QUEUED, BACKING_UP, FAILED, REMOVED, EXPUNGED -> Stored.NONE;
        };
    }

    /** The status with this name, ignoring case. */
    public static Optional<BackupStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
