/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Running;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;

/** A product in memory that fails as it is told, and writes down each call. Outlives the providers that talk to it. */
final class ScriptedDriver implements BackupDriver {
    final List<String> calls = new ArrayList<>();
    final Map<String, RestorePoint> points = new LinkedHashMap<>();
    final Map<String, String> unusable = new LinkedHashMap<>();
    final List<RestoreRequest> restores = new ArrayList<>();
    final List<VolumeRestoreRequest> volumeRestores = new ArrayList<>();
    final List<BackupRequest> backups = new ArrayList<>();
    final List<VmRef> assigned = new ArrayList<>();

    /** How often a question for the state of an operation is answered with running. */
    int polls;

    /** What ends a new operation; null for success. */
    @Nullable
    OperationStatus ending;

    /** What is done with the driver in the middle of a call. */
    Map<String, Runnable> during = new HashMap<>();

    int pageSize = 2;

    private final SettableClock clock;
    private final Map<String, OperationStatus> ends = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Throwable> failures = new HashMap<>();
    private final Map<String, Integer> failing = new HashMap<>();

    ScriptedDriver(SettableClock clock) {
        this.clock = clock;
    }

    /** The next calls of that name throw. */
    void fail(String call, int times, Throwable failure) {
        failures.put(call, failure);
        failing.put(call, times);
    }

    void away(String call, int times) {
        fail(call, times, new ProviderException(ErrorKind.UNAVAILABLE, "product", "The product does not answer"));
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    RestorePoint point(String id, @Nullable String vmUuid, List<VolumeRef> volumes) {
        var point = new RestorePoint(id, vmUuid, "vm", "gold", clock.instant(), "INCREMENTAL", 7, 70, volumes);
        points.put(id, point);
        return point;
    }

    @Override
    public List<ProviderOffering> offerings() {
        enter("offerings");
        return List.of(new ProviderOffering("gold", "Gold", "Daily"));
    }

    @Override
    public Optional<ProviderOffering> offering(String externalId) {
        enter("offering");
        return externalId.equals("gold")
                ? Optional.of(new ProviderOffering("gold", "Gold", "Daily"))
                : Optional.empty();
    }

    @Override
    public Optional<String> assign(VmRef vm, String offeringExternalId) {
        enter("assign");
        assigned.add(vm);
        return Optional.of("job-" + vm.name());
    }

    @Override
    public void remove(VmRef vm, String offeringExternalId) {
        enter("remove");
    }

    @Override
    public OperationRef startBackup(BackupRequest request) {
        backups.add(request);
        OperationRef operation = begin("startBackup", request.clientToken(), () -> {
            RestorePoint point = point(
                    "point-" + (points.size() + 1),
                    request.vm().uuid(),
                    request.vm().volumes());
            return Succeeded.backup(point);
        });
        leave("startBackup");
        return operation;
    }

    @Override
    public OperationRef startRestore(RestoreRequest request) {
        restores.add(request);
        OperationRef operation = begin("startRestore", request.clientToken(), Succeeded::done);
        leave("startRestore");
        return operation;
    }

    @Override
    public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
        volumeRestores.add(request);
        OperationRef operation = begin(
                "startVolumeRestore", request.clientToken(), () -> Succeeded.volume(request.newVolumeUuid() + ".raw"));
        leave("startVolumeRestore");
        return operation;
    }

    @Override
    public OperationRef startDelete(DeleteRequest request) {
        return begin("startDelete", request.clientToken(), () -> {
            points.remove(request.restorePointId());
            return Succeeded.done();
        });
    }

    @Override
    public OperationStatus status(OperationRef operation) {
        enter("status");
        int left = running.getOrDefault(operation.value(), 0);
        if (left > 0) {
            running.put(operation.value(), left - 1);
            return new Running(10, "copying");
        }
        OperationStatus end = ends.get(operation.value());
        if (end == null) {
            throw new ProviderException(ErrorKind.NOT_FOUND, "operation", "There is no operation " + operation.value());
        }
        return end;
    }

    @Override
    public void cancel(OperationRef operation) {
        enter("cancel");
        running.put(operation.value(), 0);
        ends.put(operation.value(), new OperationStatus.Cancelled("as told"));
    }

    @Override
    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
        enter("restorePoints");
        List<RestorePoint> all = List.copyOf(points.values());
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(from + pageSize, all.size());
        RestorePointPage page = new RestorePointPage(
                all.subList(from, to),
                to < all.size() ? String.valueOf(to) : null,
                to < all.size() ? Map.of() : unusable);
        leave("restorePoints");
        return page;
    }

    @Override
    public StorageUse storageUse() {
        enter("storageUse");
        return new StorageUse(70, 700);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** Forgets an operation, as a product does that was set up anew. */
    void lose(String token) {
        ends.remove("op-" + token);
    }

    private OperationRef begin(String call, String token, Supplier<OperationStatus> work) {
        enter(call);
        String reference = "op-" + token;
        if (!ends.containsKey(reference)) {
            running.put(reference, polls);
            ends.put(reference, ending == null ? work.get() : ending);
        }
        return new OperationRef(reference);
    }

    private void enter(String call) {
        calls.add(call);
        during.getOrDefault(call, () -> {}).run();
        int times = failing.getOrDefault(call, 0);
        if (times > 0) {
            failing.put(call, times - 1);
            throw rethrown(call);
        }
    }

    /** The work is done, but the answer may be lost. */
    private void leave(String call) {
        String answer = call + " answer";
        int times = failing.getOrDefault(answer, 0);
        if (times > 0) {
            failing.put(answer, times - 1);
            throw rethrown(answer);
        }
    }

    private RuntimeException rethrown(String call) {
        Throwable failure = failures.getOrDefault(call, new IllegalStateException("no failure for " + call));
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
