/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** VMs for those who change them. Every write is atomic and joins an open transaction. Safe for use by many threads. */
public interface VmStore extends Vms {
    /** Also when it was removed. */
    Optional<Vm> findByUuid(String uuid);

    /** Those not removed, by id. A page takes the same number of SQL statements whatever its size. */
    Page<ListedVm> page(VmFilter filter, PageRequest page);

    /** One VM as it is listed; empty when it was removed. */
    Optional<ListedVm> describe(long id);

    /** Whether a VM of that name that is not removed is in the account. */
    boolean nameTaken(String name, long accountId);

    /**
     * Keeps a new VM; its id is chosen here, and the instance name, {@code i-<account>-<id>-VM}, follows from it.
     *
     * @param nics in the order of their device ids; the first is the default one
     */
    Vm add(Vm vm, List<NewNic> nics, Map<String, String> details);

    /** Changes what is not null; details replace all old ones. */
    void describe(long id, @Nullable String name, @Nullable String displayName, @Nullable Map<String, String> details);

    void setServiceOffering(long id, long serviceOfferingId);

    /** Marks a VM that is Expunging as removed, with its interfaces; false when it is in another state. */
    boolean remove(long id, Instant when);

    /** An interface to make. */
    record NewNic(String uuid, long networkId, String macAddress, String ipAddress) {}
}
