/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

/** Bytes used by backups, and bytes there are; a total of 0 means that the product does not say. */
public record StorageUse(long usedBytes, long totalBytes) {
    public StorageUse {
        if (usedBytes < 0 || totalBytes < 0) {
            throw new IllegalArgumentException("Storage use " + usedBytes + " of " + totalBytes + " is negative");
        }
    }
}
