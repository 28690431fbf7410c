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

import com.google.gson.Gson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Makes, lists and deletes backups. Safe for use by many threads; failures are {@link ProviderException}s. */
public final class Backups {
    static final String CREATE = "BACKUP.CREATE";
    static final String DELETE = "BACKUP.DELETE";
    private static final Set<VmState> ALLOWED = Set.of(VmState.RUNNING, VmState.STOPPED);
    private static final Set<BackupStatus> DELETABLE =
            Set.of(BackupStatus.BACKED_UP, BackupStatus.ERROR, BackupStatus.FAILED);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final Gson GSON = new Gson();

    private final Surroundings around;
    private final Checks checks;
    private final Machines machines;
    private final BackupAlerts alerts;
    private final Refusals refusals;

    Backups(Surroundings around) {
        this.around = around;
        this.checks = new Checks(around);
        this.machines = new Machines(around);
        this.alerts = new BackupAlerts(around);
        this.refusals = new Refusals(around);
    }

    /**
     * Checks everything that can be checked now and adds the row of a backup to be made, in {@code Allocated}.
     *
     * @param name null for the VM's name and the time
     */
    public Backup allocate(
            Caller caller, long vmId, @Nullable String name, @Nullable String description, boolean quiesce) {
        Checks.text("name", name, 255);
        Checks.text("description", description, 1024);
        Vm vm = checks.vm(caller, vmId);
        BackupOffering offering = protecting(vm, quiesce);
        List<Volume> volumes = machines.readyVolumesOf(vm);
        Map<String, String> details = machines.details(vm);
        long wholeBytes = volumes.stream().mapToLong(Volume::sizeBytes).sum();
        Instant now = around.clock().instant();
        Backup row = new Backup(
                0,
                UUID.randomUUID().toString(),
                name == null ? nameOf(vm.name(), now) : name,
                description,
                vm.id(),
                null,
                "",
                now,
                null,
                wholeBytes,
                BackupStatus.ALLOCATED,
                offering.id(),
                vm.owner(),
                vm.zoneId(),
                machines.backed(volumes),
                null,
                null,
                0,
                null);
        return around.transactions().inTransaction(() -> {
            checks.lock(offering);
            around.quota().reserve(vm.owner(), wholeBytes);
            return around.backups().add(row, details);
        });
    }

    /**
     * Begins the work on an allocated backup; the job ends when the backup does. Idempotent by job. A refusal is kept in the
     * row, which becomes {@code Failed}.
     */
    public void start(Caller caller, long backupId, boolean quiesce, long jobId, String jobUuid) {
        around.operations().once(jobUuid, () -> startNew(caller, backupId, quiesce, jobId, jobUuid));
    }

    private void startNew(Caller caller, long backupId, boolean quiesce, long jobId, String jobUuid) {
        Backup backup = checks.backup(caller, backupId);
        try {
            Vm vm = checks.vm(caller, backup.vmId());
            if (backup.status() != BackupStatus.ALLOCATED) {
                throw conflict(
                        "backup " + backup.uuid(),
                        "Backup " + backup.name() + " was begun before; its status is "
                                + backup.status().wireName());
            }
            begin(caller.user().id(), backup, vm, quiesce, jobId, jobUuid, () -> {});
        } catch (ProviderException e) {
            if (around.operations().ofJob(jobUuid).isEmpty()) {
                refuse(backup, e, caller.user().id());
            }
            throw e;
        }
    }

    /** Live backups that fit, by internal id. */
    public Page<BackupListing> list(
            BackupStore.Filter filter, OwnerScope scope, PageRequest page, boolean withDetails) {
        return around.backups().list(filter, scope, page, withDetails);
    }

    /**
     * Deletes a backup: at the product that made it first, then the row. A row without a restore point is removed at once.
     * Idempotent by job.
     *
     * @return whether the job goes on; false when all is done
     */
    public boolean delete(Caller caller, long backupId, boolean forced, long jobId, String jobUuid) {
        refusals.told(
                DELETE,
                "Deleting backup",
                caller,
                backupId,
                jobUuid,
                () -> around.operations().once(jobUuid, () -> deleteNew(caller, backupId, forced, jobId, jobUuid)));
        return around.operations()
                .ofJob(jobUuid)
                .filter(operation -> !operation.isEnded())
                .isPresent();
    }

    private void deleteNew(Caller caller, long backupId, boolean forced, long jobId, String jobUuid) {
        Backup backup = checks.backup(caller, backupId);
        around.drivers().requireEnabled(backup.zoneId());
        refuseUnfinished(backup);
        BackupOffering offering = checks.offeringOf(backup);
        String point = backup.externalId();
        if (point == null) {
            around.transactions()
                    .run(() ->
                            removeRow(caller, backup, deletion(caller, backup, offering, "", forced, jobId, jobUuid)));
            return;
        }
        if (!forced && !around.drivers().capabilities(offering.provider()).contains(Capability.DELETE_RESTORE_POINT)) {
            throw refused(
                    "backup " + backup.uuid(),
                    "Provider " + offering.provider() + " cannot delete backup " + backup.name()
                            + " without those that depend on it; pass forced=true to delete them too");
        }
        around.operations().begin(() -> {
            refuseUnfinished(locked(backup));
            around.operations().refuseBusyBackup(backup.id(), backup.uuid());
            around.journal()
                    .scheduled(
                            DELETE,
                            "Deleting backup " + backup.name(),
                            caller.user().id(),
                            subject(backup));
            return around.operations().add(deletion(caller, backup, offering, point, forced, jobId, jobUuid));
        });
    }

    private static Operations.New deletion(
            Caller caller,
            Backup backup,
            BackupOffering offering,
            String point,
            boolean forced,
            long jobId,
            String jobUuid) {
        return new Operations.New(
                Operations.uuidFor(jobUuid),
                OperationKind.DELETE,
                offering.provider(),
                backup.zoneId(),
                backup.vmId(),
                false,
                backup.id(),
                jobId,
                caller.user().id(),
                GSON.toJson(new DeleteWork.Plan(point, forced)));
    }

    /** Ends rows whose job was lost between the request and its first execution; to be called now and then. */
    public void failForgotten() {
        Instant before = around.clock().instant().minus(FORGOTTEN_AFTER);
        for (Backup backup : around.backups().forgotten(before)) {
            refuse(
                    backup,
                    new ProviderException(
                            ErrorKind.INTERNAL,
                            "backup " + backup.uuid(),
                            "The backup was never begun: its job was lost when the server stopped"),
                    User.SYSTEM_ID);
        }
    }

    /**
     * Frees what an operation left behind whose end could not be written with its rows; to be called now and then. Such an end is
     * logged as an error when it happens.
     */
    public void settleStrays() {
        for (Backup backup : around.backups().strays()) {
            around.backups()
                    .update(
                            backup.status() == BackupStatus.RESTORING
                                    ? backup.in(BackupStatus.BACKED_UP, null)
                                    : backup.in(
                                            BackupStatus.FAILED,
                                            "The end of the backup could not be recorded; what became of it at the provider is"
                                                    + " unknown"));
        }
        for (long vmId : around.operations().strandedVms()) {
            around.transactions().run(() -> {
                Set<Long> restoring = around.volumes().ofVm(vmId).stream()
                        .filter(volume -> volume.state() == VolumeState.RESTORING)
                        .map(Volume::id)
                        .collect(Collectors.toSet());
                around.volumes().transition(restoring, VolumeState.RESTORING, VolumeState.READY);
                around.vms().transition(vmId, Set.of(VmState.RESTORING), VmState.STOPPED);
            });
        }
    }

    private BackupOffering protecting(Vm vm, boolean quiesce) {
        around.drivers().requireEnabled(vm.zoneId());
        checks.state(vm, ALLOWED, "be backed up");
        Long assigned = vm.backupOfferingId();
        if (assigned == null) {
            throw conflict("vm " + vm.name(), "VM " + vm.name() + " is not assigned to a backup offering");
        }
        BackupOffering offering = around.offerings()
                .find(assigned)
                .orElseThrow(
                        () -> conflict("vm " + vm.name(), "The backup offering of VM " + vm.name() + " was deleted"));
        if (!offering.userDriven()) {
            throw refused(
                    "backup offering " + offering.name(),
                    "Backup offering " + offering.name() + " does not allow backups on request");
        }
        around.drivers().require(offering.provider(), Capability.AD_HOC_BACKUP, "back up on request");
        if (quiesce) {
            around.drivers()
                    .require(offering.provider(), Capability.QUIESCE, "freeze file systems (parameter quiescevm)");
        }
        around.operations().refuseBusyVm(vm.id(), vm.name());
        return offering;
    }

    /** @param first what is written in the same transaction before anything else; throws to prevent the start */
    void begin(long userId, Backup backup, Vm vm, boolean quiesce, long jobId, String jobUuid, Runnable first) {
        BackupOffering offering = protecting(vm, quiesce);
        List<Volume> volumes = machines.readyVolumesOf(vm);
        BackupWork.Plan plan = new BackupWork.Plan(
                machines.reference(vm, volumes), offering.externalId(), backup.name(), quiesce, vm.id());
        List<BackedVolume> backed = machines.backed(volumes);
        around.operations().begin(() -> {
            first.run();
            checks.lock(offering);
            around.operations().refuseBusyVm(vm.id(), vm.name());
            var operation = around.operations()
                    .add(new Operations.New(
                            Operations.uuidFor(jobUuid),
                            OperationKind.BACKUP,
                            offering.provider(),
                            vm.zoneId(),
                            vm.id(),
                            true,
                            backup.id(),
                            jobId,
                            userId,
                            GSON.toJson(plan)));
            around.journal()
                    .scheduled(CREATE, "Backing up VM " + vm.name() + " as " + backup.name(), userId, subject(backup));
            if (around.backups().update(backup.queued(backed)).isEmpty()) {
                throw conflict("backup " + backup.uuid(), "Backup " + backup.name() + " was changed by somebody else");
            }
            return operation;
        });
    }

    void refuse(Backup backup, ProviderException cause, long userId) {
        if (backup.status() == BackupStatus.ALLOCATED) {
            around.transactions().run(() -> {
                if (around.backups()
                        .update(backup.in(BackupStatus.FAILED, cause.text()))
                        .isEmpty()) {
                    return;
                }
                around.journal()
                        .failed(
                                CREATE,
                                "Backup " + backup.name() + " failed: " + cause.text(),
                                userId,
                                subject(backup));
                alerts.refused(backup, cause.kind(), cause.text());
            });
        }
    }

    private Backup locked(Backup backup) {
        return around.backups()
                .lock(backup.id())
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "backup " + backup.uuid(), "The backup was removed meanwhile"));
    }

    /** The mark tells a second execution of the job that the row is gone because of it. */
    private void removeRow(Caller caller, Backup backup, Operations.New mark) {
        refuseUnfinished(locked(backup));
        around.operations().refuseBusyBackup(backup.id(), backup.uuid());
        around.journal()
                .completed(
                        DELETE, "Deleted backup " + backup.name(), caller.user().id(), subject(backup));
        around.backups().remove(backup.id(), around.clock().instant());
        around.operations().mark(mark);
    }

    private static void refuseUnfinished(Backup backup) {
        if (!DELETABLE.contains(backup.status())) {
            throw conflict(
                    "backup " + backup.uuid(),
                    "Backup " + backup.name() + " cannot be deleted while its status is "
                            + backup.status().wireName());
        }
    }

    /** What is kept of the VM beside its volumes. */
    Map<String, String> details(Vm vm) {
        return machines.details(vm);
    }

    /** The name of a backup that got none. */
    static String nameOf(String vmName, Instant now) {
        String name = vmName + "-" + now.truncatedTo(ChronoUnit.SECONDS);
        return name.length() <= 255 ? name : name.substring(0, 255);
    }
}
