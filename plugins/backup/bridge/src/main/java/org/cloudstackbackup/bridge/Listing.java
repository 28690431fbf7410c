/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.spi.RestorePoint;
import org.jspecify.annotations.Nullable;

/** All restore points of a zone, as the product told them from some instant on. */
final class Listing {
    private final Instant began;
    private final Map<String, RestorePoint> byId = new HashMap<>();
    private final Map<String, List<RestorePoint>> byVm = new HashMap<>();

    Listing(Instant began, List<RestorePoint> points) {
        this.began = began;
        for (RestorePoint point : points) {
            String vm = point.vmUuid();
            if (byId.put(point.id(), point) == null && vm != null) {
                byVm.computeIfAbsent(vm, uuid -> new ArrayList<>()).add(point);
            }
        }
    }

    /** What was made later may be missing. */
    Instant began() {
        return began;
    }

    Optional<RestorePoint> point(@Nullable String id) {
        return Optional.ofNullable(id).map(byId::get);
    }

    /** Points of which the product knows that they are of this machine. */
    List<RestorePoint> of(String vmUuid) {
        return List.copyOf(byVm.getOrDefault(vmUuid, List.of()));
    }
}
