/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM as a driver needs to know it.
 *
 * @param uuid CloudStack's id of the VM
 * @param name host name, for messages and for products that show names; never an identity
 * @param instanceName the hypervisor's name of the VM
 * @param externalId what {@link BackupDriver#assign} returned for this VM
 * @param volumes all volumes, the root volume first, then by device id
 * @param details VM details, such as {@code kubevirt.namespace}
 */
public record VmRef(
        String uuid,
        String name,
        String instanceName,
        @Nullable String externalId,
        List<VolumeRef> volumes,
        Map<String, String> details) {
    public VmRef {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(instanceName, "instanceName is null");
        volumes = List.copyOf(volumes);
        details = Map.copyOf(details);
    }
}
