/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.inventory.Hypervisor;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * What the inventory runs on.
 *
 * @param hypervisors one for each kind of inventory
 */
public record InventoryPlatform(Transactions transactions, Clock clock, Events events, List<Hypervisor> hypervisors) {
    public InventoryPlatform {
        requireNonNull(transactions, "transactions is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(events, "events is null");
        hypervisors = List.copyOf(hypervisors);
    }

    /** Where the zone's VMs run; must not be asked for inside a transaction, since its calls may be slow. */
    Hypervisor hypervisorOf(Zone zone) {
        transactions.refuseOpen("The hypervisor of zone " + zone.name());
        return find(zone.inventory());
    }

    Hypervisor find(String inventory) {
        return hypervisors.stream()
                .filter(hypervisor -> hypervisor.inventory().equals(inventory))
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.USER,
                        "inventory " + inventory,
                        "Inventory '" + inventory + "' is not known here; known are "
                                + hypervisors.stream()
                                        .map(Hypervisor::inventory)
                                        .toList()));
    }
}
