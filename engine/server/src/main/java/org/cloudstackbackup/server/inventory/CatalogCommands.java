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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.EntityLookup.Found;

/**
 * Commands of zones, offerings, templates, operating systems, hypervisors and networks, and those that CloudStack's clients
 * expect of a cloud but that have nothing to tell here.
 */
public final class CatalogCommands implements CommandModule {
    private static final List<Class<? extends BaseCmd>> COMMANDS = List.of(
            ListZonesCommand.class,
            ListZonesMetricsCommand.class,
            CreateZoneCommand.class,
            UpdateZoneCommand.class,
            DeleteZoneCommand.class,
            ListServiceOfferingsCommand.class,
            CreateServiceOfferingCommand.class,
            UpdateServiceOfferingCommand.class,
            DeleteServiceOfferingCommand.class,
            ListDiskOfferingsCommand.class,
            CreateDiskOfferingCommand.class,
            UpdateDiskOfferingCommand.class,
            DeleteDiskOfferingCommand.class,
            ListTemplatesCommand.class,
            ListOsTypesCommand.class,
            ListOsCategoriesCommand.class,
            ListHypervisorsCommand.class,
            ListNetworksCommand.class,
            ListCapabilitiesCommand.class,
            CloudianIsEnabledCommand.class,
            ReadyForShutdownCommand.class);

    private final CatalogStores stores;
    private final Settings settings;
    private final CatalogListing listing;
    private final ZoneRegister zones;
    private final OfferingRegister offerings;

    /** @param inventories what can run the VMs of a zone, such as {@code simulator} */
    public CatalogCommands(
            CatalogStores stores,
            Transactions transactions,
            Journal journal,
            Clock clock,
            Settings settings,
            List<String> inventories) {
        this.stores = requireNonNull(stores, "stores is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.listing = new CatalogListing(stores);
        this.zones = new ZoneRegister(stores, transactions, journal, clock, inventories);
        this.offerings = new OfferingRegister(stores, transactions, journal, clock);
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return Stream.of(
                        COMMANDS,
                        AbsentInfrastructure.commands(),
                        AbsentNetworking.commands(),
                        AbsentResources.commands(),
                        RefusedCommands.commands())
                .<Class<? extends BaseCmd>>flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(
                CatalogListing.class, listing,
                ZoneRegister.class, zones,
                OfferingRegister.class, offerings,
                Settings.class, settings);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(
                new EntityLookup(ZoneResponse.class, this::zone),
                new EntityLookup(ServiceOfferingResponse.class, this::serviceOffering),
                new EntityLookup(DiskOfferingResponse.class, this::diskOffering),
                new EntityLookup(TemplateResponse.class, this::template),
                new EntityLookup(GuestOsResponse.class, this::guestOs),
                new EntityLookup(GuestOsCategoryResponse.class, this::category),
                new EntityLookup(NetworkResponse.class, this::network));
    }

    private Optional<Found> zone(String uuid) {
        return stores.zones().findByUuid(uuid).map(zone -> new Found(zone.id(), zone.uuid(), null));
    }

    private Optional<Found> serviceOffering(String uuid) {
        return stores.serviceOfferings().findByUuid(uuid).map(found -> new Found(found.id(), found.uuid(), null));
    }

    private Optional<Found> diskOffering(String uuid) {
        return stores.diskOfferings().findByUuid(uuid).map(found -> new Found(found.id(), found.uuid(), null));
    }

    private Optional<Found> template(String uuid) {
        return stores.templates()
                .findByUuid(uuid)
                .map(found -> new Found(found.id(), found.uuid(), found.isPublic() ? null : found.owner()));
    }

    private Optional<Found> guestOs(String uuid) {
        return stores.guestOses().findByUuid(uuid).map(found -> new Found(found.id(), found.uuid(), null));
    }

    private Optional<Found> category(String uuid) {
        return stores.guestOses().findCategoryByUuid(uuid).map(found -> new Found(found.id(), found.uuid(), null));
    }

    /** A network of a domain is there for everybody. */
    private Optional<Found> network(String uuid) {
        return stores.networks()
                .findByUuid(uuid)
                .map(found ->
                        new Found(found.id(), found.uuid(), found.aclType().equals("Domain") ? null : found.owner()));
    }
}
