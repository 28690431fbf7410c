/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudstackbackup.spi.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * All restore points of a zone, as the product told them from some instant on, and corrected by what was made and deleted through
 * this server since. Safe for use by many threads.
 */
final class Listing {
    private final Instant began;
    private final Map<String, RestorePoint> byId = new ConcurrentHashMap<>();
    private final Map<String, Map<String, RestorePoint>> byVm = new ConcurrentHashMap<>();
    private final Set<String> unusable;

    Listing(Instant began, List<RestorePoint> points, Set<String> unusable) {
        this.began = began;
        this.unusable = Set.copyOf(unusable);
        points.forEach(this::made);
    }

    /** What was made later by others may be missing. */
    Instant began() {
        return began;
    }

    Optional<RestorePoint> point(@Nullable String id) {
        return Optional.ofNullable(id).map(byId::get);
    }

    /** Whether the product has it, though it is no good point now: it is being deleted, could not be, or is damaged. */
    boolean isUnusable(@Nullable String id) {
        return id != null && unusable.contains(id);
    }

    /** Points of which the product knows that they are of this machine. */
    List<RestorePoint> of(String vmUuid) {
        return List.copyOf(byVm.getOrDefault(vmUuid, Map.of()).values());
    }

    void made(RestorePoint point) {
        String vm = point.vmUuid();
        if (byId.putIfAbsent(point.id(), point) == null && vm != null) {
            byVm.computeIfAbsent(vm, uuid -> new ConcurrentHashMap<>()).put(point.id(), point);
        }
    }

    void deleted(String id) {
        RestorePoint point = byId.remove(id);
        String vm = point == null ? null : point.vmUuid();
        if (vm != null) {
            byVm.getOrDefault(vm, new ConcurrentHashMap<>()).remove(id);
        }
    }
}
