/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the zone's restore points.
 *
 * @param nextCursor null on the last page
 */
public record RestorePointPage(
        List<RestorePoint> points, @Nullable String nextCursor) {
    public RestorePointPage {
        points = List.copyOf(points);
    }

    /** Where the next page begins; empty on the last one. */
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }
}
