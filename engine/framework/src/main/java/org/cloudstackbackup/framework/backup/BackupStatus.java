/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.util.Arrays;
import java.util.Optional;

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

    /** The status with this name, ignoring case. */
    public static Optional<BackupStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
