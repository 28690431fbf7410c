/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.usage;

/**
 * What is kept at the product; negative parts when it was deleted.
 *
 * @param points restore points
 * @param bytes on backup storage
 * @param protectedBytes virtual sizes
 */
public record Stored(long points, long bytes, long protectedBytes) {
    public static final Stored NONE = new Stored(0, 0, 0);

    public Stored plus(Stored other) {
        return new Stored(points + other.points, bytes + other.bytes, protectedBytes + other.protectedBytes);
    }

    public Stored minus(Stored other) {
        return new Stored(points - other.points, bytes - other.bytes, protectedBytes - other.protectedBytes);
    }

    public boolean isNone() {
        return points == 0 && bytes == 0 && protectedBytes == 0;
    }
}
