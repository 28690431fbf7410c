/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

/** What backups take of an owner's limits; negative parts when it is given back. */
public record Footprint(long backups, long bytes) {
    public static final Footprint NONE = new Footprint(0, 0);

    public Footprint plus(Footprint other) {
        return new Footprint(backups + other.backups, bytes + other.bytes);
    }

    public Footprint minus(Footprint other) {
        return new Footprint(backups - other.backups, bytes - other.bytes);
    }

    public boolean isNone() {
        return backups == 0 && bytes == 0;
    }

    /** In the unit of the type. */
    public long of(ResourceType type) {
        return switch (type) {
            case BACKUP -> backups;
            case BACKUP_STORAGE -> bytes;
        };
    }
}
