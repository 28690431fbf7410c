/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Where networks are kept. Joins an open transaction. Safe for use by many threads. */
public interface Networks {
    /** Also when it was removed. */
    Optional<Network> find(long id);

    /** Also when it was removed. */
    Optional<Network> findByUuid(String uuid);

    /** The zone's oldest network that is not removed. */
    Optional<Network> defaultOf(long zoneId);

    /** Those not removed, by id. */
    Page<ListedNetwork> page(CatalogFilter filter, @Nullable Long zoneId, PageRequest page);

    /** Keeps a new network; its id is chosen here. */
    Network add(Network network);

    /** Takes all networks of the zone away. */
    void removeOfZone(long zoneId, java.time.Instant when);

    /**
     * Addresses of the network that are in use. Keeps others from choosing addresses until the transaction ends; must be
     * called inside one.
     */
    Set<String> lockAddresses(long networkId);

    /** A network with the names that people know. */
    record ListedNetwork(Network network, OwnerNames owner, Named zone) {}
}
