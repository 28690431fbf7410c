/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.subject;

import com.google.gson.Gson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.framework.provider.PointPages;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** A backup: a row becomes {@code BackedUp} only with a restore point that has every volume the VM had at the start. */
final class BackupWork implements Work {
    private static final Gson GSON = new Gson();
    private static final int POINTS_PER_PAGE = 500;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final Surroundings around;
    private final BackupAlerts alerts;

    BackupWork(Surroundings around) {
        this.around = around;
        this.alerts = new BackupAlerts(around);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.BACKUP;
    }

    @Override
    public OperationRef start(Operation operation) {
        Plan plan = plan(operation);
        return around.drivers()
                .call(
                        operation.provider(),
                        operation.zoneId(),
                        "start of a backup of VM " + plan.vm().name(),
                        driver -> driver.startBackup(new BackupRequest(
                                operation.uuid(), plan.vm(), plan.offeringExternalId(), plan.name(), plan.quiesce())));
    }

    @Override
    public void started(Operation operation) {
        Plan plan = plan(operation);
        Backup backup = row(operation);
        around.journal()
                .started(
                        Backups.CREATE,
                        "Provider " + operation.provider() + " backs up VM "
                                + plan.vm().name() + " as " + plan.name(),
                        operation.userId(),
                        subject(backup));
        write(backup.in(BackupStatus.BACKING_UP, null));
    }

    /** Looks for a restore point of the VM that is newer than the operation and that no row knows. */
    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        Plan plan = plan(operation);
        Instant earliest = operation.created().minus(CLOCKS_DIFFER);
        List<RestorePoint> found = new ArrayList<>();
        new PointPages(around.drivers())
                .read(
                        operation.provider(),
                        operation.zoneId(),
                        "search for the backup of VM " + plan.vm().name(),
                        POINTS_PER_PAGE,
                        page -> {
                            page.points().stream()
                                    .filter(point -> plan.vm().uuid().equals(point.vmUuid())
                                            && !point.created().isBefore(earliest)
                                            && !around.backups()
                                                    .knowsPoint(operation.zoneId(), operation.provider(), point.id()))
                                    .findFirst()
                                    .ifPresent(found::add);
                            return found.isEmpty();
                        });
        if (!found.isEmpty()) {
            return OperationStatus.Succeeded.backup(found.get(0));
        }
        return new OperationStatus.Failed(
                ErrorKind.EXTERNAL,
                "Provider " + operation.provider() + " no longer knows the backup of VM "
                        + plan.vm().name() + " and has no restore point of it: " + cause.text());
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus ended) {
        if (ended instanceof OperationStatus.Succeeded succeeded) {
            return succeeded
                    .madeRestorePoint()
                    .map(point -> proven(operation, point))
                    .orElseGet(() -> failed(
                            operation,
                            ErrorKind.EXTERNAL,
                            BackupStatus.ERROR,
                            "Provider " + operation.provider() + " reported success but named no restore point"));
        }
        return failed(operation, Endings.kind(ended), BackupStatus.FAILED, Endings.text(ended));
    }

    private Conclusion proven(Operation operation, RestorePoint point) {
        Plan plan = plan(operation);
        Set<String> held = point.volumes().stream().map(VolumeRef::uuid).collect(Collectors.toSet());
        List<String> missing = plan.vm().volumes().stream()
                .map(VolumeRef::uuid)
                .filter(uuid -> !held.contains(uuid))
                .toList();
        @Nullable String flaw = null;
        if (point.vmUuid() != null && !point.vmUuid().equals(plan.vm().uuid())) {
            flaw = "Restore point " + point.id() + " is of another VM (" + point.vmUuid() + ")";
        } else if (!missing.isEmpty()) {
            flaw = "Restore point " + point.id() + " lacks " + missing.size() + " of "
                    + plan.vm().volumes().size() + " volumes of VM " + plan.vm().name() + ": "
                    + String.join(", ", missing);
        }
        Backup backup = row(operation);
        if (flaw != null) {
            tell(operation, backup, ErrorKind.EXTERNAL, flaw);
        } else {
            absorb(operation, backup, point);
            around.journal()
                    .completed(
                            Backups.CREATE,
                            "Backed up VM " + plan.vm().name() + " as " + backup.name(),
                            operation.userId(),
                            subject(backup));
            alerts.good(plan.vm().uuid());
        }
        write(backup.made(
                point.id(),
                point.type(),
                point.created(),
                point.sizeBytes(),
                point.protectedBytes(),
                flaw == null ? BackupStatus.BACKED_UP : BackupStatus.ERROR,
                flaw));
        return flaw == null
                ? Conclusion.success(null)
                : Conclusion.failed(new ProviderException(
                        ErrorKind.EXTERNAL, "vm " + plan.vm().name(), flaw));
    }

    /**
     * When the product's clock is far off, a comparison takes the restore point for one made outside and adopts it. It is this
     * operation's: two rows for one point would be counted and billed twice, so the adopted one goes. A row of another VM is never
     * touched, whatever the product says.
     */
    private void absorb(Operation operation, Backup backup, RestorePoint point) {
        for (Backup adopted : around.backups().ofPoint(operation.zoneId(), operation.provider(), point.id())) {
            if (adopted.id() == backup.id() || adopted.vmId() != backup.vmId()) {
                continue;
            }
            if (around.operations().isBusyBackup(adopted.id())) {
                throw new NotYetException("Restore point " + point.id() + " is known as backup " + adopted.name()
                        + ", which another operation works with");
            }
            around.journal()
                    .completed(
                            Backups.DELETE,
                            "Dropped the row of backup " + adopted.name() + ", found at provider "
                                    + operation.provider() + ": its restore point is the one of backup "
                                    + backup.name(),
                            operation.userId(),
                            subject(adopted));
            around.backups().remove(adopted.id(), around.clock().instant());
        }
    }

    private Conclusion failed(Operation operation, ErrorKind kind, BackupStatus status, String text) {
        Backup backup = row(operation);
        ProviderException failure =
                new ProviderException(kind, "vm " + plan(operation).vm().name(), text);
        tell(operation, backup, kind, failure.text());
        write(backup.in(status, failure.text()));
        return Conclusion.failed(failure);
    }

    private void tell(Operation operation, Backup backup, ErrorKind kind, String cause) {
        Plan plan = plan(operation);
        around.journal()
                .failed(
                        Backups.CREATE,
                        "Backup " + backup.name() + " of VM " + plan.vm().name() + " failed: " + cause,
                        operation.userId(),
                        subject(backup));
        if (kind != ErrorKind.UNAVAILABLE || !alerts.joinsOutage(operation.zoneId(), operation.provider())) {
            alerts.failed(backup, plan.vm().uuid(), plan.vm().name(), cause);
        }
    }

    private Backup row(Operation operation) {
        Long id = operation.backupId();
        return around.backups()
                .find(id == null ? -1 : id)
                .orElseThrow(() -> new IllegalStateException("The row of " + operation.describe() + " is gone"));
    }

    private void write(Backup changed) {
        if (around.backups().update(changed).isEmpty()) {
            throw new IllegalStateException("Backup " + changed.uuid() + " changed meanwhile");
        }
    }

    private static Plan plan(Operation operation) {
        return GSON.fromJson(operation.plan(), Plan.class);
    }

    /** All that is needed to go on. */
    record Plan(VmRef vm, String offeringExternalId, String name, boolean quiesce, long vmId) {}
}
