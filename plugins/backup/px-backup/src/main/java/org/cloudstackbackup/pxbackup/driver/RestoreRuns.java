/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.pxbackup.client.RestoreState;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VmRef;

/**
 * Restores over what is there, in two steps: a copy of the VM as it is, then the restore itself.
 *
 * <p>The product deletes what it replaces before it brings anything back. The copy is therefore made first, when the backup has
 * been found complete; it also proves that the targets exist. After a success it is deleted, after a failure it is kept. Each
 * look at the status takes the next step; everything that is known about it is at the product.
 */
final class RestoreRuns {
    private static final Logger LOG = LogManager.getLogger(RestoreRuns.class);
    private static final int COPY_SHARE = 40;
    private static final String DELETE = "Delete";
    private static final String RETAIN = "Retain";

    private final Product product;
    private final BackupRuns backups;

    RestoreRuns(Product product, BackupRuns backups) {
        this.product = product;
        this.backups = backups;
    }

    Handle start(RestoreRequest request, ObjectId id) {
        String token = request.clientToken();
        String vmUuid = request.vm().uuid();
        Handle handle = new Handle(Handle.Kind.RESTORE, id, token, vmUuid);
        if (product.restore(Names.restore(vmUuid, token), token).isPresent()
                || product.backup(Names.safety(vmUuid, token), token).isPresent()) {
            return handle;
        }
        BackupObject backup = complete(id);
        RestorePoint point = Points.point(backup, names(backup));
        if (isForANewMachine(request.vm(), point)) {
            NewMachine made = NewMachine.of(backup, point, request);
            product.requireIdle(made.machine(), vmUuid, token, false);
            create(handle, made.parameters(keepsStopped()), made.labels());
            return handle;
        }
        RestorePlan plan = RestorePlan.of(backup, point, request);
        product.requireIdle(request.vm(), token, true);
        if (Boolean.parseBoolean(product.zone().setting(PxBackupSettings.SAFETY))) {
            deleteFormerCopies(request.vm());
            Map<String, String> labels = Labels.of(Labels.SAFETY, product.zone().uuid(), request.vm());
            backups.startSafety(request.vm(), Labels.with(labels, Labels.TARGET, plan.target()), token);
        } else {
            create(handle, plan.parameters(keepsStopped(), DELETE), Map.of());
        }
        return handle;
    }

    /** A VM that was backed up has a machine; details that do not name it any more are an error, not a new VM. */
    private static boolean isForANewMachine(VmRef vm, RestorePoint point) {
        return Machine.isNone(vm) && point.vmUuid() != null && !point.vmUuid().equals(vm.uuid());
    }

    /** The backup, found complete. */
    BackupObject complete(ObjectId id) {
        BackupObject backup = product.backup(id).orElseThrow(() -> gone(id.toString()));
        switch (backup.state()) {
            case DELETING, DELETE_PENDING, CLOUD_BACKUP_MISSING ->
                throw gone(id + " (" + backup.state().word() + ")");
            default ->
                Contents.of(backup)
                        .flaw(Labels.expected(names(backup), Points.created(backup)))
                        .ifPresent(flaw -> {
                            throw new ProviderException(ErrorKind.EXTERNAL, "backup " + id.name(), flaw.text());
                        });
        }
        return backup;
    }

    static ProviderException gone(String point) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "restore point " + point, "PX-Backup has no restore point " + point);
    }

    /** CloudStack's names of the VM and its volumes, from the backup or from the schedule that made it. */
    Map<String, String> names(BackupObject backup) {
        Map<String, String> own = Contents.labels(backup);
        var info = backup.backupInfo();
        if (own.containsKey(Labels.VM) || info == null || info.backupSchedule() == null) {
            return own;
        }
        String uid = String.valueOf(info.backupSchedule().uid());
        return product.client().schedules().inspectAll(Parameters.none()).stream()
                .filter(each -> each.uid().equals(uid))
                .findFirst()
                .map(Product::labels)
                .orElse(own);
    }

    private boolean keepsStopped() {
        return product.client().line().has(2, 11);
    }

    private void create(Handle handle, Parameters what, Map<String, String> more) {
        String name = Names.restore(handle.vmUuid(), handle.token());
        Map<String, String> labels = new HashMap<>(more);
        labels.put(Labels.PURPOSE, Labels.RESTORE);
        labels.put(Labels.ZONE, product.zone().uuid());
        labels.put(Labels.VM, handle.vmUuid());
        labels.put(Labels.OPERATION, handle.token());
        Parameters parameters = what.with("name", name)
                .with("cluster_ref", product.site().cluster().ref())
                .with("labels", labels);
        try {
            product.client().restores().create(parameters);
        } catch (PxBackupException e) {
            boolean other = e.reason() == Reason.CONFLICT
                    && product.restore(name, handle.token()).isPresent();
            if (!other) {
                throw e;
            }
        }
    }

    OperationStatus status(Handle handle) {
        Optional<RestoreObject> restore =
                product.restore(Names.restore(handle.vmUuid(), handle.token()), handle.token());
        if (restore.isPresent()) {
            return status(handle, restore.get());
        }
        BackupObject safety = safety(handle)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "restore point " + handle.id(),
                        "PX-Backup knows no restore of " + handle.id() + " under token " + handle.token()));
        return switch (safety.state()) {
            case INVALID, PENDING, IN_PROGRESS, CAPTURED ->
                new OperationStatus.Running(
                        BackupRuns.percent(safety) * COPY_SHARE / 100, "PX-Backup copies what is there");
            case SUCCESS, PARTIAL_SUCCESS -> copied(handle, safety);
            case DELETING, DELETE_PENDING, CLOUD_BACKUP_MISSING -> uncopied(safety);
            case FAILED, ABORTED -> refused(safety, uncopied(safety));
            case UNKNOWN ->
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "backup " + safety.name(),
                        "PX-Backup tells a state of copy " + safety.name() + " that is not known here: "
                                + Contents.of(safety).word());
        };
    }

    private static OperationStatus.Failed uncopied(BackupObject safety) {
        return new OperationStatus.Failed(
                ErrorKind.EXTERNAL,
                "Nothing was restored: the copy " + safety.name() + " of what is there ended as "
                        + Contents.of(safety).word() + " at PX-Backup: " + safety.reason());
    }

    /** Nothing was overwritten, so nobody needs the copy of it. */
    private OperationStatus refused(BackupObject safety, OperationStatus.Failed refusal) {
        new Deletions(product).discard(safety, "of a restore that did not begin");
        return refusal;
    }

    private Optional<BackupObject> safety(Handle handle) {
        return product.backup(Names.safety(handle.vmUuid(), handle.token()), handle.token());
    }

    /** The copy is there: looks at it, and begins the restore when everything is as it must be. */
    private OperationStatus copied(Handle handle, BackupObject safety) {
        Optional<OperationStatus> waiting = waiting(handle, safety);
        if (waiting.isPresent()) {
            return waiting.get();
        }
        BackupObject backup;
        try {
            backup = complete(handle.id());
        } catch (ProviderException e) {
            return refused(safety, new OperationStatus.Failed(e.kind(), "Nothing was restored: " + e.text()));
        }
        Contents contents = Contents.of(backup);
        String target = Contents.labels(safety).getOrDefault(Labels.TARGET, "");
        RestorePlan plan = new RestorePlan(
                handle.id(),
                contents.machine().orElseThrow(),
                contents.volumes().stream()
                        .map(each -> String.valueOf(each.pvc()))
                        .toList(),
                target);
        Optional<OperationStatus.Failed> refusal = refusal(plan, safety);
        if (refusal.isPresent()) {
            return refused(safety, refusal.get());
        }
        // An empty copy may also be the product's mistake: what is there without a copy is never deleted.
        String policy = Contents.of(safety).flaw(List.of()).isPresent() ? RETAIN : DELETE;
        create(handle, plan.parameters(keepsStopped(), policy), Map.of());
        return new OperationStatus.Running(COPY_SHARE, "PX-Backup begins the restore");
    }

    /** Others may have begun something with the VM since the copy was begun; it is let end. */
    private Optional<OperationStatus> waiting(Handle handle, BackupObject safety) {
        Optional<Machine> machine = Contents.of(safety).machine();
        try {
            machine.ifPresent(each -> product.requireIdle(each, handle.vmUuid(), handle.token(), true));
            return Optional.empty();
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            return Optional.of(new OperationStatus.Running(COPY_SHARE, "waits: " + e.text()));
        }
    }

    /** A machine that is wholly gone can be brought back where it was; nothing else may be missing, and nothing uncopied. */
    private static Optional<OperationStatus.Failed> refusal(RestorePlan plan, BackupObject safety) {
        Contents copy = Contents.of(safety);
        Set<String> there =
                copy.volumes().stream().map(each -> String.valueOf(each.pvc())).collect(Collectors.toSet());
        List<String> missing =
                plan.claims().stream().filter(each -> !there.contains(each)).toList();
        Optional<Contents.Flaw> flaw = copy.flaw(List.of());
        boolean isGone = flaw.isPresent() && flaw.get().kind() == ErrorKind.NOT_FOUND;
        if (isGone && plan.isInPlace()) {
            return Optional.empty();
        }
        if (isGone || !missing.isEmpty()) {
            return Optional.of(new OperationStatus.Failed(
                    ErrorKind.NOT_FOUND,
                    "Nothing was restored: of the targets in namespace " + plan.target() + " these do not exist: "
                            + String.join(", ", missing)));
        }
        return flaw.map(each -> new OperationStatus.Failed(
                ErrorKind.EXTERNAL, "Nothing was restored, since what is there could not be copied: " + each.text()));
    }

    private OperationStatus status(Handle handle, RestoreObject restore) {
        return switch (restore.state()) {
            case INVALID, PENDING, IN_PROGRESS ->
                new OperationStatus.Running(
                        percent(restore), "PX-Backup: " + restore.state().word());
            case SUCCESS, PARTIAL_SUCCESS, RETAINED -> ended(handle, restore);
            case FAILED, ABORTED, DELETING -> failed(handle, RestoreOutcome.text(restore));
            case UNKNOWN ->
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "restore " + restore.name(),
                        "PX-Backup tells a state of restore " + restore.name() + " that is not known here: "
                                + RestoreOutcome.text(restore));
        };
    }

    private static int percent(RestoreObject restore) {
        var info = restore.restoreInfo();
        String step = info == null || info.restoreStatus() == null
                ? ""
                : String.valueOf(info.restoreStatus().restoreStatus());
        return switch (step) {
            case "Deleting" -> 50;
            case "Verifying" -> 60;
            case "Applying" -> 90;
            default -> 45;
        };
    }

    private OperationStatus ended(Handle handle, RestoreObject restore) {
        // The backup itself may have been deleted since.
        Optional<Set<String>> held =
                product.backup(handle.id()).map(RestoreRuns::claims).filter(claims -> !claims.isEmpty());
        Optional<String> flaw = RestoreOutcome.flaw(restore, held.orElseGet(() -> RestoreOutcome.claims(restore)));
        Optional<RestoredMachine> made = NewMachine.of(restore);
        if (flaw.isPresent()) {
            String left = made.map(each -> "; what was restored is in namespace "
                            + each.details().get(Machine.NAMESPACE))
                    .orElse("");
            return failed(handle, flaw.get() + left);
        }
        if (made.isPresent()) {
            return OperationStatus.Succeeded.machine(made.get());
        }
        if (held.isPresent()) {
            deleteCopy(handle);
        } else {
            LOG.warn(
                    "Copy {} stays at PX-Backup: backup {} is gone, so nothing proves that all of it was restored",
                    Names.safety(handle.vmUuid(), handle.token()),
                    handle.id());
        }
        return OperationStatus.Succeeded.done();
    }

    /** The restore has succeeded, whatever becomes of the copy: a locked location keeps it, for one. */
    private void deleteCopy(Handle handle) {
        try {
            safety(handle).ifPresent(copy -> new Deletions(product).discard(copy, "of a good restore"));
        } catch (PxBackupException e) {
            LOG.warn(
                    "Copy {} stays at PX-Backup: it was not found after the restore of {}",
                    Names.safety(handle.vmUuid(), handle.token()),
                    handle.id(),
                    e);
        }
    }

    /** Copies for good restores whose ends nobody has asked for. */
    private void deleteFormerCopies(VmRef vm) {
        Parameters search = Parameters.none().with("labels", Map.of(Labels.VM, vm.uuid()));
        for (BackupObject copy : product.client().backups().inspectAll(search)) {
            Map<String, String> labels = Contents.labels(copy);
            String token = labels.get(Labels.OPERATION);
            if (Labels.isPurpose(labels, Labels.SAFETY) && token != null) {
                product.restore(Names.restore(vm.uuid(), token), token)
                        .filter(restore -> isGood(restore, copy))
                        .ifPresent(restore -> new Deletions(product).discard(copy, "of a good restore"));
            }
        }
    }

    /** Whether everything came back that was backed up, and everything that the copy has; without a doubt. */
    private boolean isGood(RestoreObject restore, BackupObject copy) {
        var info = restore.restoreInfo();
        ObjectRef source = info == null ? null : info.backupRef();
        if (restore.state() != RestoreState.SUCCESS || source == null) {
            return false;
        }
        Set<String> claims = product.backup(new ObjectId(String.valueOf(source.name()), String.valueOf(source.uid())))
                .map(RestoreRuns::claims)
                .orElse(Set.of());
        if (claims.isEmpty()) {
            return false;
        }
        Set<String> wanted = new HashSet<>(claims);
        wanted.addAll(claims(copy));
        return RestoreOutcome.flaw(restore, wanted).isEmpty();
    }

    private static Set<String> claims(BackupObject backup) {
        return Contents.of(backup).volumes().stream()
                .map(each -> String.valueOf(each.pvc()))
                .collect(Collectors.toSet());
    }

    private OperationStatus failed(Handle handle, String text) {
        String copy = safety(handle)
                .filter(each -> Contents.of(each).flaw(List.of()).isEmpty())
                .map(each -> "; what was there before is kept in backup " + each.name())
                .orElse("");
        return new OperationStatus.Failed(ErrorKind.EXTERNAL, text + copy);
    }
}
