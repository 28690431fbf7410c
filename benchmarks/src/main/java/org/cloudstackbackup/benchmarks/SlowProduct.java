/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** A product that answers each call after a time, and makes its restore points up as they are asked for. */
final class SlowProduct implements DriverFactory {
    static final String NAME = "slow";
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GIB = 1L << 30;

    final AtomicInteger calls = new AtomicInteger();
    /** Runs before each page is sent. */
    Runnable beforePage = () -> {};

    private final int vms;
    private final int pointsPerVm;
    private final Duration answerTime;

    SlowProduct(int vms, int pointsPerVm, Duration answerTime) {
        this.vms = vms;
        this.pointsPerVm = pointsPerVm;
        this.answerTime = answerTime;
    }

    static String vmUuid(int vm) {
        return "bench-vm-" + vm;
    }

    /** What a product that can only be asked per VM would answer. */
    List<RestorePoint> pointsOf(int vm) {
        answer();
        return IntStream.range(0, pointsPerVm)
                .mapToObj(i -> point(vm * pointsPerVm + i))
                .toList();
    }

    private RestorePoint point(int number) {
        int vm = number / pointsPerVm;
        return new RestorePoint(
                "point-" + number,
                vmUuid(vm),
                vmUuid(vm),
                "gold",
                FIRST.plus(Duration.ofDays(number % pointsPerVm)),
                "FULL",
                1_000_000L + number,
                GIB,
                List.of(new VolumeRef("bench-volume-" + vm, "/volumes/" + vm, true, GIB, 0)));
    }

    private void answer() {
        calls.incrementAndGet();
        try {
            TimeUnit.NANOSECONDS.sleep(answerTime.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Answers after " + answerTime;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public List<SettingDefinition> settings() {
        return List.of();
    }

    @Override
    public BackupDriver open(ZoneContext zone) {
        return new Driver();
    }

    private final class Driver implements BackupDriver {
        @Override
        public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
            answer();
            beforePage.run();
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(from + limit, vms * pointsPerVm);
            List<RestorePoint> points =
                    IntStream.range(from, to).mapToObj(SlowProduct.this::point).toList();
            return new RestorePointPage(points, to < vms * pointsPerVm ? String.valueOf(to) : null);
        }

        @Override
        public StorageUse storageUse() {
            answer();
            return new StorageUse(GIB, 4 * GIB);
        }

        @Override
        public List<ProviderOffering> offerings() {
            throw notMeasured();
        }

        @Override
        public Optional<ProviderOffering> offering(String externalId) {
            throw notMeasured();
        }

        @Override
        public Optional<String> assign(VmRef vm, String offeringExternalId) {
            throw notMeasured();
        }

        @Override
        public void remove(VmRef vm, String offeringExternalId) {
            throw notMeasured();
        }

        @Override
        public OperationRef startBackup(BackupRequest request) {
            throw notMeasured();
        }

        @Override
        public OperationRef startRestore(RestoreRequest request) {
            throw notMeasured();
        }

        @Override
        public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
            throw notMeasured();
        }

        @Override
        public OperationRef startDelete(DeleteRequest request) {
            throw notMeasured();
        }

        @Override
        public OperationStatus status(OperationRef operation) {
            throw notMeasured();
        }

        @Override
        public void cancel(OperationRef operation) {
            throw notMeasured();
        }

        @Override
        public void close() {}

        private UnsupportedOperationException notMeasured() {
            return new UnsupportedOperationException("A comparison does not call this");
        }
    }
}
