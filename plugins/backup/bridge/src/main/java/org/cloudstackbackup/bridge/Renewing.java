/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * Assigns machines again whose volumes have changed, which CloudStack does not tell: a product may measure the backups of its own
 * policy by the volumes that it was told last. The sync notices them while CloudStack holds a transaction; the product is told at
 * the next run, outside of it.
 *
 * <p>What was told is kept in memory only; a restart has every machine told once. Safe for use by many threads.
 */
final class Renewing {
    private static final Logger LOG = LogManager.getLogger(Renewing.class);

    private final CloudStack cloudStack;
    private final Rows rows;
    private final Machines machines;
    private final ZoneDrivers drivers;
    private final Map<Long, List<VolumeRef>> told = new ConcurrentHashMap<>();
    private final Map<Long, Set<Long>> changed = new ConcurrentHashMap<>();

    Renewing(CloudStack cloudStack, Rows rows, Machines machines, ZoneDrivers drivers) {
        this.cloudStack = cloudStack;
        this.rows = rows;
        this.machines = machines;
        this.drivers = drivers;
    }

    /** Notes a machine for the next run when its volumes are not those that the product knows. Does not ask the product. */
    void notice(VirtualMachine vm) {
        if (!machines.reference(vm).volumes().equals(told.get(vm.getId()))) {
            changed.computeIfAbsent(vm.getDataCenterId(), zone -> ConcurrentHashMap.newKeySet())
                    .add(vm.getId());
        }
    }

    /** Has the product told of all noticed machines of the zone; one that it cannot be told now is told next time. */
    void settle(long zoneId) {
        Set<Long> noticed = changed.getOrDefault(zoneId, Set.of());
        for (Long id : new ArrayList<>(noticed)) {
            VMInstanceVO vm = cloudStack.vms().findById(id);
            Optional<BackupOfferingVO> offering = vm == null || !rows.isOurs(vm.getBackupOfferingId())
                    ? Optional.empty()
                    : rows.offering(vm.getBackupOfferingId());
            try {
                if (vm != null && offering.isPresent()) {
                    renew(vm, offering.get());
                }
                noticed.remove(id);
            } catch (ProviderException e) {
                LOG.warn("The product could not be told the volumes of vm {}", id, e);
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    return;
                }
            }
        }
    }

    private void renew(VMInstanceVO vm, BackupOfferingVO offering) {
        VmRef reference = machines.reference(vm);
        Optional<String> external = drivers.call(
                vm.getDataCenterId(),
                "renewal of the volumes of vm " + reference.name(),
                driver -> driver.assign(reference, offering.getExternalId()));
        VMInstanceVO now = cloudStack.vms().findById(vm.getId());
        if (now == null || !Objects.equals(now.getBackupOfferingId(), offering.getId())) {
            // Taken out while the product was asked.
            drivers.run(
                    vm.getDataCenterId(),
                    "removal of vm " + reference.name(),
                    driver -> driver.remove(reference, offering.getExternalId()));
            return;
        }
        told.put(vm.getId(), reference.volumes());
        if (external.isPresent() && !external.get().equals(now.getBackupExternalId())) {
            now.setBackupExternalId(external.get());
            cloudStack.vms().update(now.getId(), now);
        }
    }
}
