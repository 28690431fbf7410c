/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Cancelled;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;

/** What an ended operation means. */
final class Endings {
    private Endings() {}

    /** Returns for a success; throws what went wrong otherwise. */
    static Succeeded successOf(OperationStatus ended, String what) {
        if (ended instanceof Succeeded succeeded) {
            return succeeded;
        }
        if (ended instanceof Failed failed) {
            throw new ProviderException(failed.kind(), what, "The " + what + " failed: " + failed.message());
        }
        if (ended instanceof Cancelled cancelled) {
            throw new ProviderException(
                    ErrorKind.CONFLICT, what, "The " + what + " was cancelled: " + cancelled.message());
        }
        throw new ProviderException(ErrorKind.UNAVAILABLE, what, "The " + what + " has not ended");
    }

    /** Returns when the point has each of the volumes in it; throws which are missing otherwise. */
    static void requireVolumes(RestorePoint point, Stream<String> uuids, String what) {
        Set<String> within = point.volumes().stream().map(VolumeRef::uuid).collect(Collectors.toSet());
        List<String> missing = uuids.filter(uuid -> !within.contains(uuid)).toList();
        if (!missing.isEmpty()) {
            throw silent(what, "volume " + String.join(", ", missing));
        }
    }

    static ProviderException silent(String what, String missing) {
        return new ProviderException(
                ErrorKind.EXTERNAL, what, "The product says that the " + what + " succeeded, but names no " + missing);
    }
}
