/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** A product in memory that outlives restarts of the framework. Operations end at the second look. Operations can be followed by many threads. */
final class FakeProduct implements DriverFactory {
    final Map<String, RestorePoint> points = new LinkedHashMap<>();
    final Map<String, OperationStatus> operations = new LinkedHashMap<>();
    final Map<String, Integer> looks = new LinkedHashMap<>();
    final List<String> assigned = new ArrayList<>();
    /** The volumes of each assignment. */
    final List<List<String>> told = new ArrayList<>();

    final List<String> work = new ArrayList<>();
    boolean reachable = true;
    boolean losesVolumes;
    boolean fails;
    boolean failsToDelete;
    boolean forgets;
    boolean broken;
    /** Restores make machines beside the VMs that they were given. */
    boolean makesMachines;

    Runnable duringAssign = () -> {};
    Runnable duringRemove = () -> {};
    /** What its clock is ahead by. */
    Duration clockAhead = Duration.ZERO;

    UnaryOperator<BackupDriver> wrapping = UnaryOperator.identity();
    /** Points per page at most, whatever is asked for. */
    int pageSize = Integer.MAX_VALUE;
    /** Changes a page before it is sent, or fails instead. */
    UnaryOperator<RestorePointPage> sending = UnaryOperator.identity();

    StorageUse storage = new StorageUse(0, 0);
    final AtomicInteger listings = new AtomicInteger();

    private final String name;
    private final Clock clock;
    private final Set<Capability> capabilities;

    FakeProduct(Clock clock, Set<Capability> capabilities) {
        this("fake", clock, capabilities);
    }

    FakeProduct(String name, Clock clock, Set<Capability> capabilities) {
        this.name = name;
        this.clock = clock;
        this.capabilities = capabilities;
    }

    /** From now on it cannot do that. */
    void lacks(Capability capability) {
        capabilities.remove(capability);
    }

    /** From now on it can do that. */
    void has(Capability capability) {
        capabilities.add(capability);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "A product for tests";
    }

    @Override
    public Set<Capability> capabilities() {
        if (broken) {
            throw new IllegalStateException("bug in the driver");
        }
        return capabilities;
    }

    @Override
    public List<SettingDefinition> settings() {
        return List.of();
    }

    @Override
    public BackupDriver open(ZoneContext zone) {
        return wrapping.apply(new Driver());
    }

    private final class Driver implements BackupDriver {
        @Override
        public List<ProviderOffering> offerings() {
            reach();
            return List.of(new ProviderOffering("gold", "Gold", "Every hour"));
        }

        @Override
        public Optional<ProviderOffering> offering(String externalId) {
            return offerings().stream()
                    .filter(offering -> offering.externalId().equals(externalId))
                    .findFirst();
        }

        @Override
        public Optional<String> assign(VmRef vm, String offeringExternalId) {
            reach();
            duringAssign.run();
            told.add(vm.volumes().stream().map(VolumeRef::uuid).toList());
            assigned.remove(vm.uuid());
            assigned.add(vm.uuid());
            return Optional.of("job-" + vm.uuid());
        }

        @Override
        public void remove(VmRef vm, String offeringExternalId) {
            reach();
            duringRemove.run();
            assigned.remove(vm.uuid());
        }

        @Override
        public OperationRef startBackup(BackupRequest request) {
            List<VolumeRef> volumes = request.vm().volumes();
            return begin(request.clientToken(), () -> {
                RestorePoint point = new RestorePoint(
                        "point-" + request.clientToken(),
                        request.vm().uuid(),
                        request.vm().name(),
                        request.offeringExternalId(),
                        clock.instant().plus(clockAhead),
                        "FULL",
                        10,
                        20,
                        losesVolumes ? volumes.subList(0, 1) : volumes);
                points.put(point.id(), point);
                work.add("backup");
                return OperationStatus.Succeeded.backup(point);
            });
        }

        @Override
        public OperationRef startRestore(RestoreRequest request) {
            return begin(request.clientToken(), () -> {
                work.add("restore " + request.vm().uuid() + " "
                        + request.targets().size());
                return makesMachines
                        ? OperationStatus.Succeeded.machine(made(request))
                        : OperationStatus.Succeeded.done();
            });
        }

        @Override
        public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
            return begin(request.clientToken(), () -> {
                work.add("volume " + request.volumeUuid());
                return OperationStatus.Succeeded.volume("/restored/" + request.newVolumeUuid());
            });
        }

        @Override
        public OperationRef startDelete(DeleteRequest request) {
            return begin(request.clientToken(), () -> {
                if (failsToDelete) {
                    return new OperationStatus.Failed(ErrorKind.EXTERNAL, "The restore point is locked");
                }
                points.remove(request.restorePointId());
                work.add("delete");
                return OperationStatus.Succeeded.done();
            });
        }

        @Override
        public OperationStatus status(OperationRef operation) {
            synchronized (operations) {
                return look(operation);
            }
        }

        private OperationStatus look(OperationRef operation) {
            reach();
            OperationStatus end = operations.get(operation.value());
            if (end == null || forgets) {
                throw new ProviderException(ErrorKind.NOT_FOUND, operation.value(), "No such operation");
            }
            return looks.merge(operation.value(), 1, Integer::sum) < 2
                    ? new OperationStatus.Running(50, "half way")
                    : end;
        }

        @Override
        public void cancel(OperationRef operation) {}

        @Override
        public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
            reach();
            listings.incrementAndGet();
            int size = Math.min(limit, pageSize);
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            List<RestorePoint> page =
                    points.values().stream().skip(from).limit(size).toList();
            boolean last = from + page.size() >= points.size();
            return sending.apply(new RestorePointPage(page, last ? null : String.valueOf(from + page.size())));
        }

        @Override
        public StorageUse storageUse() {
            reach();
            return storage;
        }

        @Override
        public void close() {}

        private RestoredMachine made(RestoreRequest request) {
            return new RestoredMachine(
                    Map.of("machine", "made for " + request.vm().uuid()),
                    request.targets().values().stream()
                            .collect(Collectors.toMap(VolumeRef::uuid, target -> "/made" + target.path())));
        }

        private OperationRef begin(String token, java.util.function.Supplier<OperationStatus> body) {
            reach();
            synchronized (operations) {
                if (!operations.containsKey(token)) {
                    operations.put(
                            token,
                            fails ? new OperationStatus.Failed(ErrorKind.EXTERNAL, "The disk is full") : body.get());
                }
            }
            return new OperationRef(token);
        }

        private void reach() {
            if (broken) {
                throw new IllegalStateException("bug in the driver");
            }
            if (!reachable) {
                throw new ProviderException(ErrorKind.UNAVAILABLE, "fake", "Connection refused");
            }
        }
    }
}
