/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes, lists and deletes schedules. Safe for use by many threads and nodes; failures are {@link
 * ProviderException}s.
 */
public final class Schedules {
    private static final String CONFIGURE = "BACKUP.SCHEDULE.CONFIGURE";
    static final String DELETE = "BACKUP.SCHEDULE.DELETE";

    private final Ports ports;

    Schedules(Ports ports) {
        this.ports = ports;
    }

    /** Makes the VM's schedule of that type, or writes it anew; what is not given gets its default again. */
    public ListedSchedule put(Caller caller, Request request) {
        IntervalType type = IntervalType.parse(request.intervalType());
        ScheduleTimes times = ScheduleTimes.parse(type, request.schedule(), request.timezone());
        Vm vm = vm(caller, request.vmId());
        ports.drivers().requireEnabled(vm.zoneId());
        BackupOffering offering = offering(vm);
        int kept = kept(request, offering, vm);
        if (Boolean.TRUE.equals(request.quiesce())) {
            ports.drivers()
                    .require(offering.provider(), Capability.QUIESCE, "freeze file systems (parameter quiescevm)");
        }
        return ports.transactions().inTransaction(() -> {
            Schedule written = ports.schedules()
                    .put(new ScheduleStore.NewSchedule(
                            UUID.randomUUID().toString(),
                            vm.id(),
                            type,
                            request.schedule(),
                            request.timezone(),
                            times.next(ports.clock().instant()),
                            kept,
                            request.quiesce()));
            if (kept > 0) {
                ports.schedules().retentionAt(written.id(), ports.clock().instant());
            }
            ports.journal()
                    .completed(
                            CONFIGURE,
                            "Configured " + written.describe() + " for backups of VM " + vm.name()
                                    + (kept == 0 ? ", keeping all" : ", keeping " + kept),
                            caller.user().id(),
                            subject(vm));
            return new ListedSchedule(written, vm.uuid(), vm.name(), vm.owner());
        });
    }

    /** Schedules that fit, newest first. */
    public Page<ListedSchedule> list(ScheduleStore.Filter filter, OwnerScope scope, PageRequest page) {
        return ports.schedules().list(filter, scope, page);
    }

    /** Deletes one schedule; its backups stay. A run that was not begun is ended as failed. */
    public void delete(Caller caller, long scheduleId) {
        ports.transactions().run(() -> {
            ListedSchedule found = ports.schedules()
                    .find(scheduleId)
                    .filter(schedule -> caller.mayReach(schedule.owner()))
                    .orElseThrow(() -> new ProviderException(
                            ErrorKind.NOT_FOUND,
                            "backup schedule " + scheduleId,
                            "The backup schedule does not exist, or was deleted"));
            delete(caller, found.schedule(), vm(caller, found.schedule().vmId()));
        });
    }

    /** Deletes all schedules of the VM, as {@link #delete} does one. */
    public void deleteOfVm(Caller caller, long vmId) {
        Vm vm = vm(caller, vmId);
        ports.transactions().run(() -> {
            List<Schedule> schedules = ports.schedules().ofVm(vmId);
            if (schedules.isEmpty()) {
                throw new ProviderException(
                        ErrorKind.NOT_FOUND, "vm " + vm.name(), "VM " + vm.name() + " has no backup schedule");
            }
            schedules.forEach(schedule -> delete(caller, schedule, vm));
        });
    }

    private void delete(Caller caller, Schedule schedule, Vm vm) {
        if (!ports.schedules().remove(schedule.id())) {
            return;
        }
        ports.schedules()
                .waitingOf(schedule.id())
                .filter(run -> ports.schedules().begin(run.id()))
                .ifPresent(run -> ports.backups()
                        .fail(
                                run.backupId(),
                                run.jobId(),
                                new ProviderException(
                                        ErrorKind.CONFLICT,
                                        "vm " + vm.name(),
                                        "The backup schedule was deleted before its backup could begin")));
        ports.journal()
                .completed(
                        DELETE,
                        "Deleted " + schedule.describe() + " for backups of VM " + vm.name(),
                        caller.user().id(),
                        subject(vm));
    }

    private Vm vm(Caller caller, long vmId) {
        return ports.vms()
                .find(vmId)
                .filter(vm -> caller.mayReach(vm.owner()))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "vm " + vmId, "The virtual machine does not exist, or was removed"));
    }

    private BackupOffering offering(Vm vm) {
        Long assigned = vm.backupOfferingId();
        if (assigned == null) {
            throw new ProviderException(
                    ErrorKind.CONFLICT, "vm " + vm.name(), "VM " + vm.name() + " is not assigned to a backup offering");
        }
        BackupOffering offering = ports.offerings()
                .find(assigned)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.CONFLICT,
                        "vm " + vm.name(),
                        "The backup offering of VM " + vm.name() + " was deleted"));
        if (!offering.userDriven()) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "backup offering " + offering.name(),
                    "Backup offering " + offering.name()
                            + " does not allow backup schedules: its backups are made by the provider's own policy");
        }
        ports.drivers().require(offering.provider(), Capability.AD_HOC_BACKUP, "back up on request, as schedules do");
        return offering;
    }

    private int kept(Request request, BackupOffering offering, Vm vm) {
        Integer given = request.maxBackups();
        if (given == null || given == 0) {
            return 0;
        }
        if (given < 0) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "maxbackups",
                    "Parameter maxbackups: " + given + " is less than 0, which keeps all backups");
        }
        ports.drivers()
                .require(
                        offering.provider(),
                        Capability.DELETE_RESTORE_POINT,
                        "delete single backups, so backups cannot be limited to a number (parameter maxbackups)");
        long most = ports.quota().mostBackups(vm.owner());
        if (given > most) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "maxbackups",
                    "Parameter maxbackups: " + given + " is more than the limit of " + most
                            + " backups that the owner of VM " + vm.name() + " has");
        }
        return given;
    }

    static Subject subject(Vm vm) {
        return new Subject("VirtualMachine", vm.id(), vm.uuid(), vm.name(), vm.owner());
    }

    /**
     * What is asked for.
     *
     * @param maxBackups null or 0 keeps all
     */
    public record Request(
            long vmId,
            String intervalType,
            String schedule,
            String timezone,
            @Nullable Integer maxBackups,
            @Nullable Boolean quiesce) {}
}
