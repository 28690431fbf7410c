/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.IncompletePoint;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * A backup as the product lists it, good or not.
 *
 * @param vmUuid null when the product cannot tell
 * @param vmName for people
 * @param flaw why it is no good, as a row can keep it; null for a restore point
 */
record ListedPoint(
        String id,
        @Nullable String vmUuid,
        String vmName,
        @Nullable String offeringExternalId,
        Instant created,
        String type,
        long sizeBytes,
        long protectedBytes,
        List<VolumeRef> volumes,
        @Nullable String flaw) {
    private static final int LONGEST_FLAW = 1024;

    static ListedPoint of(RestorePoint point) {
        return new ListedPoint(
                point.id(),
                point.vmUuid(),
                point.vmName(),
                point.offeringExternalId(),
                point.created(),
                point.type(),
                point.sizeBytes(),
                point.protectedBytes(),
                point.volumes(),
                null);
    }

    static ListedPoint of(IncompletePoint point) {
        return new ListedPoint(
                point.id(),
                point.vmUuid(),
                point.vmUuid(),
                point.offeringExternalId(),
                point.created(),
                point.type(),
                point.sizeBytes(),
                point.protectedBytes(),
                point.volumes(),
                kept(point.reason()));
    }

    /** Messages of products may be long, and may hold what is no Unicode. */
    private static String kept(String reason) {
        String text = reason.strip();
        String cut = text.length() <= LONGEST_FLAW ? text : text.substring(0, LONGEST_FLAW);
        return new String(cut.getBytes(UTF_8), UTF_8).stripTrailing();
    }

    boolean isGood() {
        return flaw == null;
    }

    /** Whether all these volumes are in it. */
    boolean holds(Collection<String> volumeUuids) {
        Set<String> held = volumes.stream().map(VolumeRef::uuid).collect(Collectors.toSet());
        return held.containsAll(volumeUuids);
    }
}
