/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.offering;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.jspecify.annotations.Nullable;

/** What can be offered, and what is. Safe for use by many threads; failures are {@link ProviderException}s. */
public final class BackupOfferings {
    private static final String IMPORT = "BACKUP.IMPORT.OFFERING";
    private static final String EDIT = "BACKUP.OFFERING.EDIT";
    private static final int LONGEST_TEXT = 255;

    private final BackupOfferingStore store;
    private final Drivers drivers;
    private final Transactions transactions;
    private final Journal journal;
    private final Clock clock;

    public BackupOfferings(
            BackupOfferingStore store, Drivers drivers, Transactions transactions, Journal journal, Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** All products, or the one with exactly this name. */
    public List<DriverFactory> providers(@Nullable String name) {
        return drivers.factories().stream()
                .filter(factory -> name == null || factory.name().equals(name))
                .toList();
    }

    /**
     * Policies of a product, as the product tells them now.
     *
     * @param provider null for the product that the zone is set to
     */
    public Page<ProviderOffering> atProvider(
            long zoneId, @Nullable String provider, @Nullable String keyword, PageRequest page) {
        Zone zone = drivers.requireEnabled(zoneId);
        String asked = drivers.named(provider, zoneId);
        List<ProviderOffering> fitting =
                drivers
                        .request(asked, zoneId, "list of offerings for zone " + zone.name(), BackupDriver::offerings)
                        .stream()
                        .filter(offering -> keyword == null || contains(offering, keyword))
                        .toList();
        return new Page<>(
                fitting.stream().skip(page.offset()).limit(page.limit()).toList(), fitting.size());
    }

    /**
     * Imports a policy. Idempotent by {@code uuid}.
     *
     * @throws ProviderException {@code CONFLICT} when the policy or the name is taken in the zone, {@code NOT_FOUND} when the
     *     product has no such policy
     */
    public BackupOffering importOffering(Caller caller, String uuid, Import request) {
        Optional<BackupOffering> earlier = store.findByUuid(uuid);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return importNew(caller, uuid, request);
        } catch (ProviderException e) {
            Owner owner = new Owner(
                    caller.account().id(), caller.domain().id(), caller.domain().path());
            journal.failed(
                    IMPORT,
                    "Importing backup offering " + request.externalId() + " failed: " + e.text(),
                    caller.user().id(),
                    new Journal.Subject("BackupOffering", 0, uuid, "", owner));
            throw e;
        }
    }

    private BackupOffering importNew(Caller caller, String uuid, Import request) {
        Zone zone = drivers.requireEnabled(request.zoneId());
        requireText("name", request.name());
        requireText("description", request.description());
        String provider = drivers.named(request.provider(), zone.id());
        refuseTaken(request, zone, provider);
        boolean known = drivers.request(
                        provider,
                        zone.id(),
                        "look for offering " + request.externalId() + " in zone " + zone.name(),
                        driver -> driver.offering(request.externalId()))
                .isPresent();
        if (!known) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "offering " + request.externalId(),
                    "Provider " + provider + " has no offering with externalid " + request.externalId() + " in zone "
                            + zone.name());
        }
        return transactions.inTransaction(() -> {
            store.lockZone(zone.id());
            refuseTaken(request, zone, provider);
            BackupOffering added = store.add(new BackupOfferingStore.NewRow(
                    uuid,
                    request.name(),
                    request.description(),
                    request.externalId(),
                    request.userDriven(),
                    zone.id(),
                    provider,
                    clock.instant()));
            journal.completed(
                    IMPORT,
                    "Imported backup offering " + added.name() + " (externalid " + added.externalId() + ") of provider "
                            + provider + " for zone " + zone.name(),
                    caller.user().id(),
                    subject(caller, added));
            return added;
        });
    }

    /**
     * Changes what is given.
     *
     * @throws ProviderException {@code USER} when nothing is given, {@code CONFLICT} when the new name is taken in the zone
     */
    public BackupOffering update(
            Caller caller, long id, @Nullable String name, @Nullable String description, @Nullable Boolean userDriven) {
        if (name == null && description == null && userDriven == null) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "backup offering " + id,
                    "Nothing to change: give at least one of name, description and allowuserdrivenbackups");
        }
        if (name != null) {
            requireText("name", name);
        }
        if (description != null) {
            requireText("description", description);
        }
        return transactions.inTransaction(() -> {
            BackupOffering present = require(id);
            store.lockZone(present.zoneId());
            if (name != null) {
                store.findByName(present.zoneId(), name)
                        .filter(other -> other.id() != id)
                        .ifPresent(other -> {
                            throw nameTaken(name, other, present.zoneName());
                        });
            }
            if (userDriven != null && userDriven != present.userDriven()) {
                store.findByExternalId(present.zoneId(), present.provider(), present.externalId(), userDriven)
                        .ifPresent(other -> {
                            throw policyTaken(other);
                        });
            }
            BackupOffering changed = new BackupOffering(
                    present.id(),
                    present.uuid(),
                    name == null ? present.name() : name,
                    description == null ? present.description() : description,
                    present.externalId(),
                    userDriven == null ? present.userDriven() : userDriven,
                    present.zoneId(),
                    present.zoneUuid(),
                    present.zoneName(),
                    present.provider(),
                    present.created(),
                    null);
            store.update(changed);
            journal.completed(
                    EDIT,
                    "Changed backup offering " + changed.name(),
                    caller.user().id(),
                    subject(caller, changed));
            return changed;
        });
    }

    /** Tenants see offerings that allow user-driven backups, and those their own VMs are under; admins see all. */
    public Page<BackupOffering> list(
            Caller caller, @Nullable Long id, @Nullable Long zoneId, @Nullable String keyword, PageRequest page) {
        boolean tenant = caller.role().type() == RoleType.USER;
        return store.list(
                new BackupOfferingStore.Filter(
                        id, zoneId, keyword, tenant, tenant ? caller.account().id() : null),
                page);
    }

    /** Removes an offering that nothing uses. The product is not told. */
    public void delete(Caller caller, long id) {
        drivers.requireEnabled(require(id).zoneId());
        transactions.run(() -> {
            BackupOffering offering = store.lock(id).orElseThrow(() -> unknown(id));
            long vms = store.countVms(id);
            long backups = store.countBackups(id);
            if (vms > 0 || backups > 0) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "backup offering " + offering.name(),
                        "Backup offering " + offering.name() + " is used by " + vms + " VMs and " + backups
                                + " backups; remove these first");
            }
            store.remove(id, clock.instant());
            journal.completed(
                    EDIT,
                    "Deleted backup offering " + offering.name(),
                    caller.user().id(),
                    subject(caller, offering));
        });
    }

    private BackupOffering require(long id) {
        return store.find(id).orElseThrow(() -> unknown(id));
    }

    /** A policy can be offered twice: as it is, and with backups on request beside it. */
    private void refuseTaken(Import request, Zone zone, String provider) {
        store.findByExternalId(zone.id(), provider, request.externalId(), request.userDriven())
                .ifPresent(other -> {
                    throw policyTaken(other);
                });
        store.findByName(zone.id(), request.name()).ifPresent(other -> {
            throw nameTaken(request.name(), other, zone.name());
        });
    }

    private static ProviderException policyTaken(BackupOffering other) {
        return new ProviderException(
                ErrorKind.CONFLICT,
                "backup offering " + other.name(),
                "externalid " + other.externalId() + " of provider " + other.provider() + " is imported in zone "
                        + other.zoneName() + " already with allowuserdrivenbackups=" + other.userDriven()
                        + ", as backup offering " + other.name() + " (" + other.uuid() + ")");
    }

    private static ProviderException nameTaken(String name, BackupOffering other, String zone) {
        return new ProviderException(
                ErrorKind.CONFLICT,
                "backup offering " + name,
                "Zone " + zone + " has a backup offering named " + name + " already (" + other.uuid() + ")");
    }

    private static ProviderException unknown(long id) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "backup offering " + id, "The backup offering does not exist, or was deleted");
    }

    private static void requireText(String parameter, String value) {
        if (value.isBlank() || value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw new ProviderException(
                    ErrorKind.USER,
                    parameter,
                    "Parameter " + parameter + " must have 1 to " + LONGEST_TEXT
                            + " characters, not all blank and no control characters");
        }
    }

    private static boolean contains(ProviderOffering offering, String keyword) {
        String wanted = keyword.toLowerCase(Locale.ROOT);
        return offering.name().toLowerCase(Locale.ROOT).contains(wanted)
                || offering.description().toLowerCase(Locale.ROOT).contains(wanted)
                || offering.externalId().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Journal.Subject subject(Caller caller, BackupOffering offering) {
        Owner owner = new Owner(
                caller.account().id(), caller.domain().id(), caller.domain().path());
        return new Journal.Subject("BackupOffering", offering.id(), offering.uuid(), offering.name(), owner);
    }

    /**
     * A policy to import, and how.
     *
     * @param provider the product that has it; null for the one that the zone is set to
     */
    public record Import(
            String name,
            String description,
            String externalId,
            long zoneId,
            @Nullable String provider,
            boolean userDriven) {}
}
