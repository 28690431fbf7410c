/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the zone's restore points.
 *
 * @param nextCursor null on the last page
 * @param unusable what the product still has of this page's stretch and calls by these ids, but what is no good restore point
 *     now, with the reason: it is being deleted, could not be deleted, is damaged, or in a state that is not known. What is
 *     known under such an id stays known, and nothing new is made of it; one that never was good may be told, too
 */
public record RestorePointPage(
        List<RestorePoint> points, @Nullable String nextCursor, Map<String, String> unusable) {
    public RestorePointPage {
        points = List.copyOf(points);
        unusable = Map.copyOf(unusable);
    }

    /** A page of good points only. */
    public RestorePointPage(List<RestorePoint> points, @Nullable String nextCursor) {
        this(points, nextCursor, Map.of());
    }

    /** Where the next page begins; empty on the last one. */
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }
}
