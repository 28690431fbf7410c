/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.conflict;
import static org.cloudstackbackup.framework.backup.Checks.subject;

import com.google.gson.Gson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.job.JobCompletion;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Operations;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Backups that schedules make and remove, in the name of the system's user. What the caller has to write in the same
 * transaction it gives along. Safe for use by many threads and nodes.
 */
public final class ScheduledBackups {
    private static final Set<VmState> PASSING = Set.of(VmState.STARTING, VmState.STOPPING, VmState.RESTORING);
    private static final Gson GSON = new Gson();

    private final Surroundings around;
    private final Backups backups;
    private final JobCompletion jobs;
    private final Checks checks;

    ScheduledBackups(Surroundings around, Backups backups, JobCompletion jobs) {
        this.around = around;
        this.backups = backups;
        this.jobs = jobs;
        this.checks = new Checks(around);
    }

    /**
     * Adds rows in {@code Allocated}, and in {@code Failed} where the owner has reached a limit. Inside a transaction only.
     *
     * @return the rows, by uuid
     */
    public Map<String, Backup> allocate(List<Backup> rows) {
        List<Backup> added = new ArrayList<>();
        // Owners in one order, so that two nodes that reserve for the same ones wait for each other in turn.
        Map<Long, List<Backup>> byAccount = rows.stream()
                .collect(Collectors.groupingBy(row -> row.owner().accountId(), TreeMap::new, Collectors.toList()));
        List<Backup> fitting = new ArrayList<>();
        byAccount.values().forEach(ofOwner -> {
            if (refusal(ofOwner) == null) {
                fitting.addAll(ofOwner);
            } else {
                ofOwner.forEach(row -> added.add(allocateOne(row)));
            }
        });
        added.addAll(addAll(fitting));
        return added.stream().collect(Collectors.toMap(Backup::uuid, row -> row));
    }

    private @Nullable ProviderException refusal(List<Backup> rows) {
        try {
            around.quota()
                    .reserve(
                            rows.get(0).owner(),
                            rows.size(),
                            rows.stream().mapToLong(ScheduledBackups::bytes).sum());
            return null;
        } catch (ProviderException e) {
            return e;
        }
    }

    private Backup allocateOne(Backup row) {
        ProviderException refusal = refusal(List.of(row));
        if (refusal == null) {
            return around.backups().add(row, Map.of());
        }
        around.journal()
                .failed(
                        Backups.CREATE,
                        "Scheduled backup " + row.name() + " was refused: " + refusal.text(),
                        User.SYSTEM_ID,
                        subject(row));
        return around.backups().add(row.in(BackupStatus.FAILED, refusal.text()), Map.of());
    }

    private List<Backup> addAll(List<Backup> rows) {
        List<Backup> added = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += BackupStore.LARGEST_BATCH) {
            added.addAll(around.backups()
                    .addAll(rows.subList(from, Math.min(rows.size(), from + BackupStore.LARGEST_BATCH)).stream()
                            .map(row -> new BackupStore.NewBackup(row, Map.of()))
                            .toList()));
        }
        return added;
    }

    private static long bytes(Backup row) {
        Long bytes = row.protectedBytes();
        return bytes == null ? 0 : bytes;
    }

    /**
     * Why the VM cannot be backed up at this moment, though soon it may: something works on it. Empty when nothing does.
     *
     * @param patient whether a VM in a passing state counts as busy too; it may have got stuck there
     */
    public Optional<String> busy(long vmId, boolean patient) {
        Optional<Vm> vm = around.vms().find(vmId);
        if (vm.isEmpty()) {
            return Optional.empty();
        }
        try {
            around.operations().refuseBusyVm(vmId, vm.get().name());
        } catch (ProviderException e) {
            return Optional.of(e.text());
        }
        VmState state = vm.get().state();
        return patient && PASSING.contains(state)
                ? Optional.of("VM " + vm.get().name() + " is " + state.wireName())
                : Optional.empty();
    }

    /**
     * Begins the work on an allocated backup; the job ends when the backup does.
     *
     * @param first what to write in the same transaction before anything else; throws to prevent the start
     * @throws ProviderException when the backup cannot be begun; nothing was written then
     */
    public void start(long backupId, boolean quiesce, long jobId, String jobUuid, Runnable first) {
        Backup backup = around.backups()
                .find(backupId)
                .filter(found -> found.status() == BackupStatus.ALLOCATED)
                .orElseThrow(() -> conflict("backup " + backupId, "The backup was begun or removed before"));
        Vm vm = around.vms()
                .find(backup.vmId())
                .orElseThrow(() -> conflict("vm " + backup.vmId(), "The VM of backup " + backup.name() + " is gone"));
        Long protectedBy = vm.backupOfferingId();
        if (protectedBy == null || protectedBy != backup.offeringId()) {
            throw conflict(
                    "vm " + vm.name(),
                    "VM " + vm.name() + " was taken out of its backup offering before its backup could begin");
        }
        Map<String, String> details = backups.details(vm);
        backups.begin(User.SYSTEM_ID, backup, vm, quiesce, jobId, jobUuid, () -> {
            first.run();
            around.backups().replaceDetails(backup.id(), details);
        });
    }

    /** Ends an allocated backup that cannot be begun; nothing happens when it was begun. Inside a transaction only. */
    public void fail(long backupId, long jobId, ProviderException cause) {
        around.backups()
                .find(backupId)
                .filter(backup -> backup.status() == BackupStatus.ALLOCATED)
                .ifPresent(backup -> {
                    backups.refuse(backup, cause, User.SYSTEM_ID);
                    jobs.failed(jobId, cause);
                });
    }

    /** Sees to it that the job of an ended backup has ended too; it has, unless something went wrong. */
    public void endJob(long jobId, @Nullable ProviderException failure) {
        if (failure == null) {
            jobs.succeeded(jobId, null);
        } else {
            jobs.failed(jobId, failure);
        }
    }

    /**
     * Begins the deletion of a backup that is to be kept no longer, with those that depend on it left alone.
     *
     * @param first what to write in the same transaction before anything else, with the uuid of the operation
     * @throws ProviderException when it cannot be deleted now, as while it is being restored; nothing was written then
     */
    public void delete(long backupId, String why, Consumer<String> first) {
        Backup seen = around.backups()
                .find(backupId)
                .orElseThrow(() -> conflict("backup " + backupId, "The backup was removed meanwhile"));
        around.drivers().requireEnabled(seen.zoneId());
        BackupOffering offering = checks.offeringOf(seen);
        String uuid = UUID.randomUUID().toString();
        around.operations().begin(() -> {
            Backup backup = around.backups()
                    .lock(backupId)
                    .orElseThrow(() -> conflict("backup " + seen.uuid(), "The backup was removed meanwhile"));
            String point = checks.point(backup);
            around.operations().refuseBusyBackup(backup.id(), backup.uuid());
            first.accept(uuid);
            around.journal()
                    .scheduled(
                            Backups.DELETE,
                            "Deleting backup " + backup.name() + ": " + why,
                            User.SYSTEM_ID,
                            subject(backup));
            return around.operations()
                    .add(new Operations.New(
                            uuid,
                            OperationKind.DELETE,
                            offering.provider(),
                            backup.zoneId(),
                            backup.vmId(),
                            false,
                            backup.id(),
                            null,
                            User.SYSTEM_ID,
                            GSON.toJson(new DeleteWork.Plan(point, false))));
        });
    }

    /** The operation, open or ended. */
    public Optional<Operation> operation(String uuid) {
        return around.operations().find(uuid);
    }

    /** A row to allocate. */
    public static Backup row(Target target, long scheduleId, Instant now) {
        return new Backup(
                0,
                UUID.randomUUID().toString(),
                Backups.nameOf(target.vmName(), now),
                null,
                target.vmId(),
                null,
                "",
                now,
                null,
                target.bytes(),
                BackupStatus.ALLOCATED,
                target.offeringId(),
                target.owner(),
                target.zoneId(),
                List.of(),
                scheduleId,
                null,
                0,
                null);
    }

    /** What to back up. */
    public record Target(long vmId, String vmName, long zoneId, Owner owner, long offeringId, long bytes) {}
}
