/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where VMs are kept; what backup and recovery needs of them. Every write is atomic and joins an open transaction. */
public interface Vms {
    /** Empty when there is none, or it was removed. */
    Optional<Vm> find(long id);

    Optional<Vm> findIncludingRemoved(long id);

    /** VM details by name. */
    Map<String, String> details(long vmId);

    /** The VM's interfaces, by device id. */
    List<Nic> nics(long vmId);

    /** As {@link #details(long)} for many VMs, by id, in one statement; VMs without details are left out. */
    Map<Long, Map<String, String>> detailsOf(Collection<Long> vmIds);

    /** As {@link #nics(long)} for many VMs, by id, in one statement; VMs without interfaces are left out. */
    Map<Long, List<Nic>> nicsOf(Collection<Long> vmIds);

    /** VMs that are not removed and are under the offering. */
    long countByBackupOffering(long backupOfferingId);

    /**
     * Moves the VM from one of the states to another.
     *
     * @return false, and nothing changed, when the VM is in none of them or removed
     */
    boolean transition(long id, Set<VmState> from, VmState to);

    /**
     * Puts the VM under an offering, or out of any when {@code offeringId} is null.
     *
     * @param expected the offering the caller saw on the VM
     * @return false, and nothing changed, when the VM has another offering by now
     */
    boolean setBackupOffering(
            long id,
            @Nullable Long expected,
            @Nullable Long offeringId,
            @Nullable String externalId,
            @Nullable String volumesJson);
}
