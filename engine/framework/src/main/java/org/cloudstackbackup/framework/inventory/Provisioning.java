/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Makes and removes VMs; what createVMFromBackup needs of the inventory. */
public interface Provisioning {
    /**
     * Adds a stopped VM with volumes of the given sizes, whose data exists when this returns. Idempotent by {@code request.uuid()}.
     *
     * @return the VM; its volumes are in the order of the request, the root volume first
     */
    Vm createStopped(Caller caller, NewVm request);

    /** Starts a stopped VM; a no-op when it runs. */
    void start(long vmId);

    /** Removes the VM and its volumes with their data at once; a no-op when it is gone. */
    void expunge(long vmId);

    /**
     * Notes that a restore has made the VM's machine and data elsewhere. Joins an open transaction.
     *
     * @param details replace present ones of the same names
     * @param paths by the volume's uuid; the data at the former paths is left alone
     */
    void relocate(long vmId, Map<String, String> details, Map<String, String> paths);

    /**
     * Deletes data in the VM's zone that no volume has any more; a no-op when it is gone, and when any volume of the zone has it,
     * whatever VM that is attached to.
     */
    void discard(long vmId, String path);

    /**
     * What to make.
     *
     * @param uuid the new VM's id
     * @param name host name; null to let the inventory choose one
     * @param accountId owner
     * @param networkIds interfaces in order; empty for the zone's default
     * @param requestedIps from network id to the address wanted
     * @param volumes the root volume first
     * @param details VM details
     */
    record NewVm(
            String uuid,
            @Nullable String name,
            @Nullable String displayName,
            long zoneId,
            long accountId,
            long serviceOfferingId,
            long templateId,
            List<Long> networkIds,
            Map<Long, String> requestedIps,
            List<NewDisk> volumes,
            Map<String, String> details) {
        public NewVm {
            networkIds = List.copyOf(networkIds);
            requestedIps = Map.copyOf(requestedIps);
            volumes = List.copyOf(volumes);
            details = Map.copyOf(details);
        }
    }

    /** A volume to make. */
    record NewDisk(long sizeBytes, long diskOfferingId) {}
}
