/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** The questions that several services ask first; each answers with the thing or refuses in words. */
final class Checks {
    /** Several restores may read a backup at once. */
    private static final Set<BackupStatus> READABLE = Set.of(BackupStatus.BACKED_UP, BackupStatus.RESTORING);

    private final Surroundings around;

    Checks(Surroundings around) {
        this.around = around;
    }

    /** A VM that exists and that the caller may reach. */
    Vm vm(Caller caller, long vmId) {
        return around.vms()
                .find(vmId)
                .filter(vm -> caller.mayReach(vm.owner()))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "vm " + vmId, "The virtual machine does not exist, or was removed"));
    }

    /** A backup that exists and that the caller may reach. */
    Backup backup(Caller caller, long backupId) {
        return around.backups()
                .find(backupId)
                .filter(backup -> caller.mayReach(backup.owner()))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "backup " + backupId, "The backup does not exist, or was removed"));
    }

    /** The product's id of the restore point of a backup that can be restored. */
    String point(Backup backup) {
        String point = backup.externalId();
        if (!READABLE.contains(backup.status()) || point == null) {
            throw conflict(
                    "backup " + backup.uuid(),
                    "Backup " + backup.name() + " cannot be restored: its status is "
                            + backup.status().wireName() + ", allowed is " + BackupStatus.BACKED_UP.wireName()
                            + (backup.failure() == null ? "" : " (" + backup.failure() + ")"));
        }
        return point;
    }

    /** The offering of a backup, which may be removed by now. */
    BackupOffering offeringOf(Backup backup) {
        return around.offerings()
                .findIncludingRemoved(backup.offeringId())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.INTERNAL,
                        "backup " + backup.uuid(),
                        "The offering of backup " + backup.name() + " is not in the database"));
    }

    /** Keeps the offering from being deleted until the transaction ends. */
    void lock(BackupOffering offering) {
        if (around.offerings().lock(offering.id()).isEmpty()) {
            throw conflict(
                    "backup offering " + offering.name(),
                    "Backup offering " + offering.name() + " was deleted meanwhile");
        }
    }

    void state(Vm vm, Set<VmState> allowed, String purpose) {
        if (!allowed.contains(vm.state())) {
            throw conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " is " + vm.state().wireName() + "; to " + purpose + " it must be "
                            + allowed.stream().sorted().map(VmState::wireName).collect(Collectors.joining(" or ")));
        }
    }

    static ProviderException conflict(String subject, String message) {
        return new ProviderException(ErrorKind.CONFLICT, subject, message);
    }

    static ProviderException refused(String subject, String message) {
        return new ProviderException(ErrorKind.USER, subject, message);
    }

    /** A name or description that can be shown and stored. */
    static void text(String parameter, @Nullable String value, int longest) {
        if (value != null
                && (value.isBlank() || value.length() > longest || value.chars().anyMatch(Character::isISOControl))) {
            throw refused(
                    parameter,
                    "Parameter " + parameter + " must have 1 to " + longest
                            + " characters, not all blank and no control characters");
        }
    }

    static Subject subject(Vm vm) {
        return new Subject("VirtualMachine", vm.id(), vm.uuid(), vm.name(), vm.owner());
    }

    static Subject subject(Backup backup) {
        return new Subject("Backup", backup.id(), backup.uuid(), backup.name(), backup.owner());
    }
}
