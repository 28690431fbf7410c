/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/**
 * A volume as a driver needs to know it.
 *
 * @param uuid CloudStack's id of the volume
 * @param path where the hypervisor finds it, in the hypervisor's own terms
 * @param root whether the VM boots from it
 * @param sizeBytes virtual size
 * @param deviceId position in the VM, 0 for the root volume
 */
public record VolumeRef(String uuid, String path, boolean root, long sizeBytes, long deviceId) {
    public VolumeRef {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(path, "path is null");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("sizeBytes " + sizeBytes + " is negative");
        }
    }
}
