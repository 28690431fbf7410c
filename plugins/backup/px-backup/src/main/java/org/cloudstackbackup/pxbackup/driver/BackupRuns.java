/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupState;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** Starts backups of one machine and tells how they stand. */
final class BackupRuns {
    private static final Logger LOG = LogManager.getLogger(BackupRuns.class);

    private final Product product;

    BackupRuns(Product product) {
        this.product = product;
    }

    /** Starts a backup that becomes a restore point; finds the one that this token has started. */
    ObjectId start(BackupRequest request) {
        VmRef vm = request.vm();
        String token = request.clientToken();
        String name = Names.backup(vm.uuid(), token);
        return product.backup(name, token)
                .map(each -> new ObjectId(each.name(), each.uid()))
                .orElseGet(() -> {
                    refuseStray(vm);
                    product.requireIdle(vm, token, false);
                    Map<String, String> labels = Labels.with(
                            Labels.of(Labels.BACKUP, product.zone().uuid(), vm),
                            Labels.OFFERING,
                            request.offeringExternalId());
                    boolean freeze = request.quiesce() || Boolean.parseBoolean(setting(PxBackupSettings.FREEZE));
                    return create(name, vm, Labels.with(labels, Labels.OPERATION, token), freeze);
                });
    }

    private static void refuseStray(VmRef vm) {
        Machine machine = Machine.of(vm);
        for (VolumeRef volume : vm.volumes()) {
            Machine.ClaimName claim = machine.claimOf(volume);
            if (!machine.holds(claim)) {
                throw new ProviderException(
                        ErrorKind.USER,
                        "vm " + vm.name(),
                        "Volume " + volume.uuid() + " at " + claim + " is not in the namespace of its machine "
                                + machine + ", so a backup would not hold it");
            }
        }
    }

    /** Starts a copy of what a restore is going to overwrite. */
    ObjectId startSafety(VmRef vm, Map<String, String> labels, String token) {
        return create(Names.safety(vm.uuid(), token), vm, Labels.with(labels, Labels.OPERATION, token), false);
    }

    private ObjectId create(String name, VmRef vm, Map<String, String> labels, boolean freeze) {
        Parameters parameters = of(vm, labels).with("name", name).with("skip_vm_auto_exec_rules", !freeze);
        BackupObject made = product.client().backups().create(parameters);
        return new ObjectId(made.name(), made.uid());
    }

    /** What backups and schedules of a machine are made with alike. */
    Parameters of(VmRef vm, Map<String, String> labels) {
        Machine machine = Machine.of(vm);
        ObjectRef cluster = product.site().cluster().ref();
        return Parameters.none()
                .with("labels", labels)
                .with("backup_location_ref", product.site().location().ref())
                .with("cluster_ref", cluster)
                .with("namespaces", List.of(machine.namespace()))
                .with("backup_object_type", Map.of("type", "VirtualMachine"))
                .with("include_resources", List.of(machine.resource()))
                .with("backup_type", setting(PxBackupSettings.BACKUP_TYPE));
    }

    private String setting(String key) {
        return product.zone().setting(key);
    }

    OperationStatus status(ObjectId id) {
        BackupObject backup = product.backup(id)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "backup " + id.name(),
                        "PX-Backup has no backup " + id.name() + " (" + id.uid() + ")"));
        OperationStatus status = status(backup);
        if (status instanceof OperationStatus.Succeeded) {
            discardFormerParts(backup);
        } else if (status instanceof OperationStatus.Failed failed && isPart(backup)) {
            return new OperationStatus.Failed(
                    failed.kind(),
                    failed.message() + "; what is in it stays at PX-Backup until a newer backup on request is good");
        } else if (status instanceof OperationStatus.Failed && backup.state().isEnd() && !isMissing(backup)) {
            new Deletions(product).discard(backup, "of a failed backup");
        }
        return status;
    }

    /** Whether it has ended with something in it that may be all that is left of a volume, but is no good backup. */
    private static boolean isPart(BackupObject backup) {
        boolean ended = backup.state() == BackupState.SUCCESS || backup.state() == BackupState.PARTIAL_SUCCESS;
        Contents contents = Contents.of(backup);
        return ended
                && contents.volumes().stream().anyMatch(each -> each.state() == BackupState.SUCCESS)
                && contents.flaw(Labels.volumes(Contents.labels(backup))).isPresent();
    }

    /** A newer good backup makes the parts of older ones useless; only those that operations of ours have made. */
    private void discardFormerParts(BackupObject good) {
        String vm = Contents.labels(good).get(Labels.VM);
        if (vm == null) {
            return;
        }
        try {
            Parameters search = Parameters.none().with("labels", Map.of(Labels.VM, vm));
            product.client().backups().inspectAll(search).stream()
                    .filter(each ->
                            isOnRequest(each) && Points.created(each).isBefore(Points.created(good)) && isPart(each))
                    .forEach(each -> new Deletions(product).discard(each, "of a partial backup"));
        } catch (PxBackupException e) {
            LOG.warn("Parts of older backups of VM {} stay at PX-Backup: they could not be looked for", vm, e);
        }
    }

    private static boolean isOnRequest(BackupObject backup) {
        Map<String, String> labels = Contents.labels(backup);
        return Labels.isPurpose(labels, Labels.BACKUP) && labels.containsKey(Labels.OPERATION);
    }

    /** Where the bucket cannot be read, the backup may well be there. */
    private static boolean isMissing(BackupObject backup) {
        return backup.state() == BackupState.CLOUD_BACKUP_MISSING;
    }

    private static OperationStatus status(BackupObject backup) {
        return switch (backup.state()) {
            case INVALID, PENDING, IN_PROGRESS, CAPTURED ->
                new OperationStatus.Running(percent(backup), "PX-Backup: " + doing(backup));
            case SUCCESS, PARTIAL_SUCCESS -> ended(backup);
            case FAILED, ABORTED -> failed(backup);
            case DELETING, DELETE_PENDING, CLOUD_BACKUP_MISSING ->
                new OperationStatus.Failed(
                        ErrorKind.EXTERNAL,
                        "Backup " + backup.name() + " is " + backup.state().word() + " at PX-Backup");
            case UNKNOWN ->
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "backup " + backup.name(),
                        "PX-Backup tells a state of backup " + backup.name() + " that is not known here: "
                                + Contents.of(backup).word());
        };
    }

    private static OperationStatus ended(BackupObject backup) {
        return Contents.of(backup)
                .flaw(Labels.volumes(Contents.labels(backup)))
                .<OperationStatus>map(flaw -> new OperationStatus.Failed(flaw.kind(), flaw.text()))
                .orElseGet(() -> OperationStatus.Succeeded.backup(Points.point(backup, Contents.labels(backup))));
    }

    private static OperationStatus failed(BackupObject backup) {
        String reason = backup.reason();
        boolean gone = reason.contains("namespaces \"") && reason.contains("not found");
        return new OperationStatus.Failed(
                gone ? ErrorKind.NOT_FOUND : ErrorKind.EXTERNAL,
                "Backup " + backup.name() + " ended as " + backup.state().word() + " at PX-Backup"
                        + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** By stage, since the state may lag behind it. */
    static int percent(BackupObject backup) {
        String stage = stage(backup);
        return switch (stage == null ? "" : stage) {
            case "Initial" -> 5;
            case "PreExecRule" -> 10;
            case "Volumes" -> 25;
            case "Applications" -> 80;
            case "Final" -> 95;
            default -> 0;
        };
    }

    private static String doing(BackupObject backup) {
        String stage = stage(backup);
        String state = backup.state() == BackupState.INVALID
                ? "accepted"
                : backup.state().word();
        return stage == null ? state : state + ", stage " + stage;
    }

    private static @Nullable String stage(BackupObject backup) {
        return backup.backupInfo() == null ? null : backup.backupInfo().stage();
    }
}
