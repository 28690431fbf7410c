/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.Ipv4Range;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Networks;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.ZoneStore;
import org.cloudstackbackup.framework.inventory.ZoneStore.Holdings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Adds, changes and removes zones, with an event for each. Safe for use by many threads. */
final class ZoneRegister {
    private static final List<String> NETWORK_TYPES = List.of("Basic", "Advanced");
    private static final List<String> ALLOCATION_STATES = List.of("Enabled", "Disabled");

    private final ZoneStore zones;
    private final Networks networks;
    private final Transactions transactions;
    private final Journal journal;
    private final Clock clock;
    private final List<String> inventories;

    /** @param inventories what can run a zone's VMs */
    ZoneRegister(
            CatalogStores stores, Transactions transactions, Journal journal, Clock clock, List<String> inventories) {
        this.zones = stores.zones();
        this.networks = stores.networks();
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.inventories = List.copyOf(inventories);
    }

    /** A zone to make. */
    record NewZone(
            String name,
            @Nullable String networkType,
            @Nullable String allocationState,
            @Nullable String inventory,
            @Nullable String guestCidr) {}

    /**
     * Adds a zone with one network that all may use.
     *
     * @throws ProviderException {@code CONFLICT} when the name is taken
     */
    Zone create(Caller caller, NewZone request) {
        String cidr = cidr(orElse(request.guestCidr(), "10.1.0.0/16"));
        Zone wanted = new Zone(
                0,
                UUID.randomUUID().toString(),
                CatalogValues.name("name", request.name()),
                null,
                CatalogValues.word("networktype", orElse(request.networkType(), "Advanced"), NETWORK_TYPES),
                CatalogValues.word("allocationstate", orElse(request.allocationState(), "Enabled"), ALLOCATION_STATES),
                CatalogValues.word("inventory", orElse(request.inventory(), "simulator"), inventories),
                clock.instant(),
                null);
        return transactions.inTransaction(() -> {
            refuseTaken(wanted.name(), 0);
            Zone added = zones.add(wanted);
            networks.add(network(added, cidr, caller));
            note(EventTypes.EVENT_ZONE_CREATE, "Created zone ", caller, added);
            return added;
        });
    }

    /**
     * Changes what is not null.
     *
     * @throws ProviderException {@code CONFLICT} when the name is taken
     */
    Zone update(Caller caller, long id, @Nullable String name, @Nullable String allocationState) {
        if (name == null && allocationState == null) {
            throw CatalogValues.refused(
                    "zone " + id, "Nothing to change: give at least one of name and allocationstate");
        }
        return transactions.inTransaction(() -> {
            Zone zone = require(id);
            Zone changed = new Zone(
                    id,
                    zone.uuid(),
                    name == null ? zone.name() : CatalogValues.name("name", name),
                    zone.description(),
                    zone.networkType(),
                    allocationState == null
                            ? zone.allocationState()
                            : CatalogValues.word("allocationstate", allocationState, ALLOCATION_STATES),
                    zone.inventory(),
                    zone.created(),
                    null);
            refuseTaken(changed.name(), id);
            zones.update(changed);
            note(EventTypes.EVENT_ZONE_EDIT, "Changed zone ", caller, changed);
            return changed;
        });
    }

    /** Removes an empty zone with its networks. */
    void delete(Caller caller, long id) {
        transactions.run(() -> {
            Zone zone = require(id);
            Holdings holdings = zones.holdings(id);
            if (!holdings.isEmpty()) {
                throw CatalogValues.conflict(
                        "zone " + zone.name(),
                        "Zone " + zone.name() + " still has " + holdings.vms() + " VMs, " + holdings.volumes()
                                + " volumes, " + holdings.backups() + " backups, " + holdings.backupOfferings()
                                + " backup offerings and " + holdings.backupClusters()
                                + " backup clusters; remove these first");
            }
            Instant now = clock.instant();
            networks.removeOfZone(id, now);
            zones.remove(id, now);
            note(EventTypes.EVENT_ZONE_DELETE, "Deleted zone ", caller, zone);
        });
    }

    private Zone require(long id) {
        return zones.find(id)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "zone " + id, "The zone does not exist, or was deleted"));
    }

    private void refuseTaken(String name, long except) {
        boolean taken = zones.page(new CatalogFilter(null, name, null), false, PageRequest.ALL).items().stream()
                .anyMatch(zone -> zone.id() != except);
        if (taken) {
            throw CatalogValues.conflict("zone " + name, "There is a zone named " + name + " already");
        }
    }

    private Network network(Zone zone, String cidr, Caller caller) {
        return new Network(
                0,
                UUID.randomUUID().toString(),
                "default",
                "Default network of the zone",
                "Shared",
                "Domain",
                cidr,
                Ipv4Range.text(Ipv4Range.of(cidr).first() + 1),
                zone.id(),
                caller.owner(),
                clock.instant(),
                null);
    }

    private static String cidr(String value) {
        try {
            Ipv4Range range = Ipv4Range.of(value.strip());
            return Ipv4Range.text(range.first()) + "/" + range.prefixLength();
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "guestcidraddress",
                    "Parameter guestcidraddress must be an IPv4 range such as 10.1.0.0/16 with a prefix length from 1"
                            + " to 30: " + e.getMessage(),
                    e);
        }
    }

    private void note(String type, String what, Caller caller, Zone zone) {
        journal.completed(
                type,
                what + zone.name(),
                caller.user().id(),
                new Subject("Zone", zone.id(), zone.uuid(), zone.name(), caller.owner()));
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
