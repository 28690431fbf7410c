/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.HashMap;
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
 *     known under such an id stays known, and nothing new is made of it; one that never was good may be told, too. Always has
 *     the incomplete ones
 * @param incomplete of the unusable ones, what a policy of the product made that never was good: a host shows them as backups
 *     that went wrong. What a {@link BackupDriver#startBackup} made is not told here: the end of its operation has told
 */
public record RestorePointPage(
        List<RestorePoint> points,
        @Nullable String nextCursor,
        Map<String, String> unusable,
        List<IncompletePoint> incomplete) {
    public RestorePointPage {
        points = List.copyOf(points);
        incomplete = List.copyOf(incomplete);
        Map<String, String> all = new HashMap<>(unusable);
        incomplete.forEach(each -> all.put(each.id(), each.reason()));
        unusable = Map.copyOf(all);
    }

    /** A page without incomplete ones. */
    public RestorePointPage(List<RestorePoint> points, @Nullable String nextCursor, Map<String, String> unusable) {
        this(points, nextCursor, unusable, List.of());
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
