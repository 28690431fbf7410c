/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.dummy.DummySettings.Fault;
import org.cloudstackbackup.dummy.Operation.Kind;
import org.cloudstackbackup.dummy.Operation.Subject;
import org.cloudstackbackup.dummy.Operation.VolumeCopy;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.jspecify.annotations.Nullable;

/** Speaks {@link BackupDriver} in terms of one zone's {@link ZoneRepository}; holds nothing but the zone's settings. */
final class DummyDriver implements BackupDriver {
    private static final List<ProviderOffering> OFFERINGS = List.of(
            new ProviderOffering("gold-policy", "Golden Policy", "Full backups for what must not be lost."),
            new ProviderOffering("silver-policy", "Silver Policy", "Full backups for everything else."));

    private final ZoneRepository repository;
    private final DummySettings settings;

    DummyDriver(ZoneRepository repository, DummySettings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    @Override
    public List<ProviderOffering> offerings() {
        requireReachable();
        return OFFERINGS;
    }

    @Override
    public Optional<ProviderOffering> offering(String externalId) {
        requireReachable();
        return OFFERINGS.stream()
                .filter(offering -> offering.externalId().equals(externalId))
                .findFirst();
    }

    @Override
    public Optional<String> assign(VmRef vm, String offeringExternalId) {
        if (offering(offeringExternalId).isEmpty()) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "vm " + vm.name(),
                    "The assignment of vm " + vm.name() + " was refused: there is no such policy among gold-policy and"
                            + " silver-policy");
        }
        change("assignment of vm " + vm.name(), () -> {
            Optional<String> present = repository.assignments().offeringOf(vm.uuid());
            if (present.isEmpty()) {
                repository.assignments().put(vm.uuid(), offeringExternalId);
            } else if (!present.get().equals(offeringExternalId)) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "vm " + vm.name(),
                        "The assignment of vm " + vm.name() + " to " + offeringExternalId + " was refused: it is under "
                                + present.get());
            }
            return present;
        });
        return Optional.of("dummy-" + vm.uuid());
    }

    @Override
    public void remove(VmRef vm, String offeringExternalId) {
        requireReachable();
        change("removal of vm " + vm.name(), () -> {
            Optional<String> present = repository.assignments().offeringOf(vm.uuid());
            if (present.isPresent() && present.get().equals(offeringExternalId)) {
                repository.assignments().remove(vm.uuid());
            }
            return present;
        });
    }

    @Override
    public OperationRef startBackup(BackupRequest request) {
        VmRef vm = request.vm();
        SafeName.require("vm uuid", vm.uuid());
        var subject = new Subject(vm.uuid(), vm.name(), request.offeringExternalId(), vm.volumes());
        String pointId = PointCatalogue.newId(vm.uuid(), settings.clock().instant());
        return start(Operation.backup(request.clientToken(), pointId, subject, settings), unfinished -> {
            requireAssigned(vm, request.offeringExternalId());
            requireIdle(vm, unfinished);
            repository.work().checkBackup(subject);
        });
    }

    @Override
    public OperationRef startRestore(RestoreRequest request) {
        VmRef vm = request.vm();
        var subject = new Subject(vm.uuid(), vm.name(), null, List.of());
        var operation = Operation.restore(
                request.clientToken(), request.restorePointId(), subject, request.targets(), settings);
        return start(operation, unfinished -> {
            requireIdle(vm, unfinished);
            repository.work().checkRestore(operation, settings);
            requireNoOther(operation, unfinished, Kind.DELETE);
        });
    }

    @Override
    public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
        SafeName.require("new volume uuid", request.newVolumeUuid());
        var copy = new VolumeCopy(request.volumeUuid(), request.newVolumeUuid());
        var operation = Operation.volumeRestore(request.clientToken(), request.restorePointId(), copy, settings);
        return start(operation, unfinished -> {
            repository.work().checkVolumeRestore(operation, settings);
            repository.work().checkVolumeIsNew(operation);
            requireNoOther(operation, unfinished, Kind.DELETE);
        });
    }

    @Override
    public OperationRef startDelete(DeleteRequest request) {
        var operation = Operation.delete(request.clientToken(), request.restorePointId(), settings);
        return start(operation, unfinished -> {
            requireNoOther(operation, unfinished, Kind.RESTORE);
            requireNoOther(operation, unfinished, Kind.VOLUME_RESTORE);
        });
    }

    @Override
    public OperationStatus status(OperationRef operation) {
        requireReachable();
        return call(
                "state of operation " + operation.value(),
                () -> repository.runner().status(operation.value(), settings).orElseThrow(() -> unknown(operation)));
    }

    @Override
    public void cancel(OperationRef operation) {
        requireReachable();
        boolean known = call(
                "cancellation of operation " + operation.value(),
                () -> repository.runner().cancel(operation.value(), settings));
        if (!known) {
            throw unknown(operation);
        }
    }

    @Override
    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
        requireReachable();
        if (limit < 1) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "restore points",
                    "A page of restore points has at least 1 entry, asked for " + limit);
        }
        if (settings.fault() == Fault.LIST) {
            throw new ProviderException(
                    ErrorKind.EXTERNAL,
                    "restore points",
                    "The listing of restore points failed because setting " + DummySettings.FAIL + " says so");
        }
        return call("listing of restore points", () -> {
            repository.runner().settle(settings);
            return repository.catalogue().page(cursor, limit, settings);
        });
    }

    @Override
    public StorageUse storageUse() {
        requireReachable();
        return call("storage use", repository::storageUse);
    }

    @Override
    public void close() {
        // The repository belongs to the factory, and running operations go on.
    }

    private OperationRef start(Operation operation, OperationRunner.Admission admission) {
        requireReachable();
        SafeName.require("client token", operation.token());
        return call(operation.describe(), () -> {
            repository.prepareForWriting();
            repository.runner().start(operation, settings, admission);
            return operation.ref();
        });
    }

    private void requireReachable() {
        if (settings.fault() == Fault.UNREACHABLE) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "dummy",
                    "The simulated product does not answer because setting " + DummySettings.FAIL + " says so");
        }
        repository.requireMounted();
    }

    private void requireAssigned(VmRef vm, String offering) throws IOException {
        if (!repository.assignments().offeringOf(vm.uuid()).equals(Optional.of(offering))) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "vm " + vm.name(),
                    "The backup of vm " + vm.name() + " was refused: the VM is not under policy " + offering);
        }
    }

    private static void requireIdle(VmRef vm, List<Operation> unfinished) {
        for (Operation other : unfinished) {
            if (other.isAboutVm(vm.uuid())) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "vm " + vm.name(),
                        "Nothing was started for vm " + vm.name() + ": the " + other.describe() + " is running");
            }
        }
    }

    private static void requireNoOther(Operation operation, List<Operation> unfinished, Kind kind) {
        for (Operation other : unfinished) {
            if (other.kind() == kind && other.restorePointId().equals(operation.restorePointId())) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "restore point " + operation.restorePointId(),
                        "The " + operation.describe() + " was refused: the " + other.describe() + " is running");
            }
        }
    }

    private static ProviderException unknown(OperationRef operation) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "operation", "The simulated product knows no operation " + operation.value());
    }

    private <T> T change(String what, OperationRunner.Change<T> change) {
        return call(what, () -> {
            repository.prepareForWriting();
            return repository.runner().exclusively(change);
        });
    }

    /** The single place where a failing disk becomes a typed error. */
    private static <T> T call(String what, OperationRunner.Change<T> call) {
        try {
            return call.make();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "repository",
                    "The " + what + " was interrupted, as happens when the server stops",
                    e);
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.EXTERNAL, "repository", "The " + what + " failed: " + e, e);
        }
    }
}
