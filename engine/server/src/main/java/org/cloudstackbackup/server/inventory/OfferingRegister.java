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
import java.util.UUID;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.DiskOfferings;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.ServiceOfferings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Adds, changes and removes service and disk offerings, with an event for each. Safe for use by many threads. */
final class OfferingRegister {
    private static final int LONGEST_TEXT = 4096;
    private static final long GIB = 1L << 30;

    private final ServiceOfferings services;
    private final DiskOfferings disks;
    private final Transactions transactions;
    private final Journal journal;
    private final Clock clock;

    OfferingRegister(CatalogStores stores, Transactions transactions, Journal journal, Clock clock) {
        this.services = stores.serviceOfferings();
        this.disks = stores.diskOfferings();
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A service offering to make; speed in MHz, memory in MiB. */
    record NewService(String name, @Nullable String displayText, long cpuNumber, long cpuSpeed, long memory) {}

    /** A disk offering to make; size in GiB, null when customized. */
    record NewDisk(
            String name,
            @Nullable String displayText,
            @Nullable Long diskSize,
            boolean customized,
            @Nullable Long minIops,
            @Nullable Long maxIops) {}

    /** @throws ProviderException {@code CONFLICT} when the name is taken */
    ServiceOffering create(Caller caller, NewService request) {
        String name = CatalogValues.name("name", request.name());
        ServiceOffering wanted = new ServiceOffering(
                0,
                UUID.randomUUID().toString(),
                name,
                displayText(request.displayText(), name),
                (int) CatalogValues.number("cpunumber", request.cpuNumber(), 1, 1024),
                (int) CatalogValues.number("cpuspeed", request.cpuSpeed(), 1, 100_000),
                (int) CatalogValues.number("memory", request.memory(), 32, 16_777_216),
                clock.instant(),
                null);
        return transactions.inTransaction(() -> {
            refuseTakenService(name, 0);
            ServiceOffering added = services.add(wanted);
            note(EventTypes.EVENT_SERVICE_OFFERING_CREATE, "Created service offering ", caller, added);
            return added;
        });
    }

    /** Changes what is not null. */
    ServiceOffering updateService(Caller caller, long id, @Nullable String name, @Nullable String displayText) {
        if (name == null && displayText == null) {
            throw CatalogValues.refused(
                    "service offering " + id, "Nothing to change: give at least one of name and displaytext");
        }
        String newName = name == null ? null : CatalogValues.name("name", name);
        String newText = CatalogValues.text("displaytext", displayText, LONGEST_TEXT);
        return transactions.inTransaction(() -> {
            requireService(id);
            if (newName != null) {
                refuseTakenService(newName, id);
            }
            services.describe(id, newName, newText);
            ServiceOffering changed = requireService(id);
            note(EventTypes.EVENT_SERVICE_OFFERING_EDIT, "Changed service offering ", caller, changed);
            return changed;
        });
    }

    /** VMs that were made from it keep it. */
    void deleteService(Caller caller, long id) {
        transactions.run(() -> {
            ServiceOffering offering = requireService(id);
            services.remove(id, clock.instant());
            note(EventTypes.EVENT_SERVICE_OFFERING_DELETE, "Deleted service offering ", caller, offering);
        });
    }

    /** @throws ProviderException {@code CONFLICT} when the name is taken */
    DiskOffering create(Caller caller, NewDisk request) {
        String name = CatalogValues.name("name", request.name());
        DiskOffering wanted = new DiskOffering(
                0,
                UUID.randomUUID().toString(),
                name,
                displayText(request.displayText(), name),
                sizeBytes(request),
                request.customized(),
                iops("miniops", request.minIops()),
                iops("maxiops", request.maxIops()),
                clock.instant(),
                null);
        refuseCrossed(wanted.minIops(), wanted.maxIops());
        return transactions.inTransaction(() -> {
            if (disks.page(named(name), PageRequest.ALL).total() > 0) {
                throw CatalogValues.conflict(
                        "disk offering " + name, "There is a disk offering named " + name + " already");
            }
            DiskOffering added = disks.add(wanted);
            note(EventTypes.EVENT_DISK_OFFERING_CREATE, "Created disk offering ", caller, added);
            return added;
        });
    }

    /**
     * Changes what is not null.
     *
     * @throws ProviderException {@code CONFLICT} when the name is taken
     */
    DiskOffering updateDisk(Caller caller, long id, @Nullable String name, @Nullable String displayText) {
        if (name == null && displayText == null) {
            throw CatalogValues.refused(
                    "disk offering " + id, "Nothing to change: give at least one of name and displaytext");
        }
        String newName = name == null ? null : CatalogValues.name("name", name);
        String newText = CatalogValues.text("displaytext", displayText, LONGEST_TEXT);
        return transactions.inTransaction(() -> {
            requireDisk(id);
            if (newName != null
                    && disks.page(named(newName), PageRequest.ALL).items().stream()
                            .anyMatch(other -> other.id() != id)) {
                throw CatalogValues.conflict(
                        "disk offering " + newName, "There is a disk offering named " + newName + " already");
            }
            disks.describe(id, newName, newText);
            DiskOffering changed = requireDisk(id);
            note(EventTypes.EVENT_DISK_OFFERING_EDIT, "Changed disk offering ", caller, changed);
            return changed;
        });
    }

    private DiskOffering requireDisk(long id) {
        return disks.find(id).filter(found -> found.removed() == null).orElseThrow(() -> unknown("disk offering", id));
    }

    /** Volumes that were made from it keep it. */
    void deleteDisk(Caller caller, long id) {
        transactions.run(() -> {
            DiskOffering offering = requireDisk(id);
            disks.remove(id, clock.instant());
            note(EventTypes.EVENT_DISK_OFFERING_DELETE, "Deleted disk offering ", caller, offering);
        });
    }

    private static long sizeBytes(NewDisk request) {
        Long size = request.diskSize();
        if (request.customized()) {
            if (size != null && size != 0) {
                throw CatalogValues.refused(
                        "disksize",
                        "Parameter disksize cannot go with customized=true: the size comes with each volume");
            }
            return 0;
        }
        if (size == null) {
            throw CatalogValues.refused("disksize", "Parameter disksize is needed unless customized=true is given");
        }
        return CatalogValues.number("disksize", size, 1, 65_536) * GIB;
    }

    private static @Nullable Long iops(String parameter, @Nullable Long value) {
        return value == null ? null : CatalogValues.number(parameter, value, 1, 10_000_000);
    }

    private static void refuseCrossed(@Nullable Long least, @Nullable Long most) {
        if (least != null && most != null && least > most) {
            throw CatalogValues.refused(
                    "miniops", "Parameter miniops (" + least + ") must not be over maxiops (" + most + ")");
        }
    }

    private static String displayText(@Nullable String given, String name) {
        String text = CatalogValues.text("displaytext", given, LONGEST_TEXT);
        return text == null ? name : text;
    }

    private ServiceOffering requireService(long id) {
        return services.find(id)
                .filter(offering -> offering.removed() == null)
                .orElseThrow(() -> unknown("service offering", id));
    }

    private void refuseTakenService(String name, long except) {
        boolean taken = services.page(named(name), PageRequest.ALL).items().stream()
                .anyMatch(offering -> offering.id() != except);
        if (taken) {
            throw CatalogValues.conflict(
                    "service offering " + name, "There is a service offering named " + name + " already");
        }
    }

    private static CatalogFilter named(String name) {
        return new CatalogFilter(null, name, null);
    }

    private static ProviderException unknown(String what, long id) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, what + " " + id, "The " + what + " does not exist, or was deleted");
    }

    private void note(String type, String what, Caller caller, ServiceOffering offering) {
        Subject subject =
                new Subject("ServiceOffering", offering.id(), offering.uuid(), offering.name(), caller.owner());
        journal.completed(type, what + offering.name(), caller.user().id(), subject);
    }

    private void note(String type, String what, Caller caller, DiskOffering offering) {
        Subject subject = new Subject("DiskOffering", offering.id(), offering.uuid(), offering.name(), caller.owner());
        journal.completed(type, what + offering.name(), caller.user().id(), subject);
    }
}
