/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.conflict;
import static org.cloudstackbackup.framework.backup.Checks.refused;
import static org.cloudstackbackup.framework.backup.Checks.subject;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.framework.provider.CallNotBegunException;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.jspecify.annotations.Nullable;

/**
 * Puts VMs under backup offerings and takes them out. Idempotent by job, safe for use by many threads; failures are {@link
 * ProviderException}s that keep the product's answer, and are written down as events. When as many calls as may wait for products do
 * so, a {@link CallNotBegunException} tells to execute the job anew, whatever is forced.
 */
public final class Protection {
    static final String ASSIGN = "BACKUP.OFFERING.ASSIGN";
    private static final String REMOVE = "BACKUP.OFFERING.REMOVE";
    private static final String REMOVE_SCHEDULES = "BACKUP.SCHEDULE.DELETE";
    private static final Set<VmState> ASSIGNABLE = Set.of(VmState.RUNNING, VmState.STOPPED);

    private final Surroundings around;
    private final Checks checks;
    private final Machines machines;

    Protection(Surroundings around) {
        this.around = around;
        this.checks = new Checks(around);
        this.machines = new Machines(around);
    }

    /**
     * Puts the VM under the offering. The product is asked first; when the row cannot be written after that, the product is
     * asked to forget the VM again.
     */
    public void assign(Caller caller, long vmId, long offeringId, String jobUuid) {
        Vm vm = checks.vm(caller, vmId);
        if (around.operations().ofJob(jobUuid).isPresent()) {
            return;
        }
        told(caller, vm, ASSIGN, "Assigning", () -> {
            BackupOffering offering = assignable(caller, vm, offeringId);
            assign(caller, vm, offering, jobUuid);
        });
    }

    /**
     * Takes the VM out of its offering.
     *
     * @param forced also when that deletes its backups at the product, and when the product fails
     */
    public void remove(Caller caller, long vmId, boolean forced, String jobUuid) {
        Vm vm = around.vms()
                .findIncludingRemoved(vmId)
                .filter(found -> caller.mayReach(found.owner()))
                .orElseThrow(() ->
                        new ProviderException(ErrorKind.NOT_FOUND, "vm " + vmId, "The virtual machine does not exist"));
        if (around.operations().ofJob(jobUuid).isPresent()) {
            return;
        }
        told(caller, vm, REMOVE, "Removing", () -> remove(caller, vm, forced, jobUuid));
    }

    /**
     * Notes that other volumes are attached to the VM now, when it is under an offering; the product is told later. Joins an open
     * transaction.
     */
    void volumesChanged(long vmId) {
        around.vms().find(vmId).ifPresent(vm -> RenewalWork.volumesChanged(around, machines, vm));
    }

    private BackupOffering assignable(Caller caller, Vm vm, long offeringId) {
        around.drivers().requireEnabled(vm.zoneId());
        checks.state(vm, ASSIGNABLE, "be assigned to a backup offering");
        BackupOffering offering = around.offerings()
                .find(offeringId)
                .filter(found -> found.userDriven() || caller.role().type() != RoleType.USER)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "backup offering " + offeringId,
                        "The backup offering does not exist, or was deleted, or is not open to users"));
        if (offering.zoneId() != vm.zoneId()) {
            throw refused(
                    "vm " + vm.name(),
                    "Backup offering " + offering.name() + " is for zone " + offering.zoneName() + ", VM " + vm.name()
                            + " is in another zone");
        }
        refuseAssigned(vm);
        around.operations().refuseBusyVm(vm.id(), vm.name());
        return offering;
    }

    private void refuseAssigned(Vm vm) {
        Long present = vm.backupOfferingId();
        if (present != null) {
            String name = around.offerings()
                    .findIncludingRemoved(present)
                    .map(BackupOffering::name)
                    .orElse("unknown");
            throw conflict(
                    "vm " + vm.name(), "VM " + vm.name() + " is assigned to backup offering " + name + " already");
        }
    }

    private void assign(Caller caller, Vm vm, BackupOffering offering, String jobUuid) {
        List<Volume> volumes = machines.readyVolumesOf(vm);
        VmRef reference = machines.reference(vm, volumes);
        String what = "assignment of VM " + vm.name() + " to offering " + offering.name();
        Optional<String> externalId = around.drivers()
                .requestOfJob(
                        offering.provider(),
                        offering.zoneId(),
                        what,
                        driver -> driver.assign(reference, offering.externalId()));
        try {
            around.transactions().run(() -> {
                checks.lock(offering);
                around.operations().refuseBusyVm(vm.id(), vm.name());
                if (!around.vms()
                        .setBackupOffering(
                                vm.id(),
                                null,
                                offering.id(),
                                externalId.orElse(null),
                                BackedVolume.toJson(machines.backed(volumes)))) {
                    throw conflict(
                            "vm " + vm.name(), "VM " + vm.name() + " was changed by somebody else during the " + what);
                }
                around.backups().protectionChanged(vm, offering.id(), true);
                mark(caller, vm, offering, OperationKind.ASSIGN, jobUuid);
                around.journal()
                        .completed(
                                ASSIGN,
                                "Assigned VM " + vm.name() + " to backup offering " + offering.name(),
                                caller.user().id(),
                                subject(vm));
            });
        } catch (RuntimeException e) {
            compensate(vm, reference, offering, e);
            throw e;
        }
    }

    /** Takes back what the product was asked for, unless somebody else has put the VM under the same offering meanwhile. */
    private void compensate(Vm vm, VmRef reference, BackupOffering offering, RuntimeException cause) {
        try {
            boolean wanted = around.vms()
                    .find(vm.id())
                    .map(Vm::backupOfferingId)
                    .filter(present -> present == offering.id())
                    .isPresent();
            if (!wanted) {
                around.drivers()
                        .run(
                                offering.provider(),
                                offering.zoneId(),
                                "undoing the assignment of VM " + vm.name(),
                                driver -> driver.remove(reference, offering.externalId()));
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void remove(Caller caller, Vm vm, boolean forced, String jobUuid) {
        around.drivers().requireEnabled(vm.zoneId());
        Long assigned = vm.backupOfferingId();
        if (assigned == null) {
            throw conflict("vm " + vm.name(), "VM " + vm.name() + " is not assigned to a backup offering");
        }
        BackupOffering offering = around.offerings()
                .findIncludingRemoved(assigned)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.INTERNAL,
                        "vm " + vm.name(),
                        "The backup offering of VM " + vm.name() + " is not in the database"));
        around.operations().refuseBusyVm(vm.id(), vm.name());
        boolean deletes =
                around.drivers().capabilities(offering.provider()).contains(Capability.REMOVAL_DELETES_BACKUPS);
        List<Backup> backups = around.backups().ofVm(vm.id(), offering.id());
        if (deletes && !forced && !backups.isEmpty()) {
            throw conflict(
                    "vm " + vm.name(),
                    "Provider " + offering.provider() + " deletes the " + backups.size() + " backups of VM " + vm.name()
                            + " when it is removed from its offering; pass forced=true to accept that");
        }
        ProviderException ignored = removeAtProvider(vm, offering, forced);
        around.transactions().run(() -> {
            // The product has let the VM go: that is written down whatever was begun with the VM meanwhile, and ends as
            // it will.
            if (!around.vms().setBackupOffering(vm.id(), assigned, null, null, null)) {
                throw conflict("vm " + vm.name(), "VM " + vm.name() + " was changed by somebody else; try again");
            }
            removeSchedules(caller, vm);
            around.backups().protectionChanged(vm, offering.id(), false);
            mark(caller, vm, offering, OperationKind.REMOVE, jobUuid);
            tellRemoved(caller, vm, offering, ignored);
            if (deletes && ignored == null) {
                // What a job works with is left to that job, and then to the next comparison.
                backups.stream()
                        .filter(backup -> !around.operations().isBusyBackup(backup.id()))
                        .forEach(backup -> around.backups()
                                .remove(backup.id(), around.clock().instant()));
            }
        });
    }

    private void removeSchedules(Caller caller, Vm vm) {
        int removed = around.schedules().removeOfVm(vm.id());
        if (removed > 0) {
            around.journal()
                    .completed(
                            REMOVE_SCHEDULES,
                            "Deleted " + removed + " backup schedules of VM " + vm.name() + " with its protection",
                            caller.user().id(),
                            subject(vm));
        }
    }

    private @Nullable ProviderException removeAtProvider(Vm vm, BackupOffering offering, boolean forced) {
        VmRef reference = machines.reference(vm, machines.volumesOf(vm));
        try {
            around.drivers()
                    .requestOfJob(
                            offering.provider(),
                            offering.zoneId(),
                            "removal of VM " + vm.name() + " from offering " + offering.name(),
                            driver -> {
                                driver.remove(reference, offering.externalId());
                                return true;
                            });
            return null;
        } catch (ProviderException e) {
            // Only what the product answered: a call that was not begun is none, and goes on to the job.
            if (!forced) {
                throw e;
            }
            return e;
        }
    }

    private void tellRemoved(Caller caller, Vm vm, BackupOffering offering, @Nullable ProviderException ignored) {
        String text = "Removed VM " + vm.name() + " from backup offering " + offering.name();
        if (ignored == null) {
            around.journal().completed(REMOVE, text, caller.user().id(), subject(vm));
        } else {
            around.journal()
                    .completedWithWarning(
                            REMOVE,
                            text + " by force; provider " + offering.provider() + " failed: " + ignored.text(),
                            caller.user().id(),
                            subject(vm));
        }
    }

    private void mark(Caller caller, Vm vm, BackupOffering offering, OperationKind kind, String jobUuid) {
        around.operations()
                .mark(new Operations.New(
                        Operations.uuidFor(jobUuid),
                        kind,
                        offering.provider(),
                        vm.zoneId(),
                        vm.id(),
                        false,
                        null,
                        null,
                        caller.user().id(),
                        "{}"));
    }

    private void told(Caller caller, Vm vm, String event, String doing, Runnable work) {
        try {
            work.run();
        } catch (ProviderException e) {
            around.journal()
                    .failed(
                            event,
                            doing + " VM " + vm.name() + " failed: " + e.text(),
                            caller.user().id(),
                            subject(vm));
            throw e;
        }
    }
}
