/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * What makes a folder a restore point; written last.
 *
 * @param volumes the stored form of every volume of the point, by the volume's uuid
 */
record Manifest(RestorePoint point, Map<String, PackedVolume> volumes) {
    Manifest {
        requireNonNull(point, "point is null");
        volumes = Map.copyOf(volumes);
        for (VolumeRef volume : point.volumes()) {
            requireNonNull(volumes.get(volume.uuid()), "volume " + volume.uuid() + " is missing");
        }
    }

    PackedVolume stored(VolumeRef volume) {
        return requireNonNull(volumes.get(volume.uuid()), "the compact constructor has checked it");
    }
}
