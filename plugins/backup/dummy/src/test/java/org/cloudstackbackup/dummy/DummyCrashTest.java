/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.testkit.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stops the process before each change to the disk in turn, and looks at what the next process makes of the rest. */
@Timeout(120)
final class DummyCrashTest {
    private static final byte[] ROOT = new byte[200_000];
    private static final byte[] DATA = new byte[90_000];

    static {
        Arrays.fill(ROOT, (byte) 'r');
        Arrays.fill(DATA, (byte) 'd');
    }

    @Test
    void backupEndsWellWhereverTheProcessDies() throws IOException {
        int crashes = forEveryCrashPoint(new Scenario() {
            @Override
            public Function<BackupDriver, OperationRef> start(World world) {
                BackupRequest request = Requests.backup(world.vm, "gold-policy");
                return driver -> driver.startBackup(request);
            }

            @Override
            public void afterCrash(World world) {
                // A point is listed wholly or not at all; asking must not fail.
                assertThat(world.points()).hasSizeBetween(1, 2);
            }

            @Override
            public void afterEnd(World world, Succeeded end) {
                RestorePoint made = end.madeRestorePoint().orElseThrow();
                assertThat(world.points()).containsExactlyInAnyOrder(world.point, made);
                world.harness.changeContent(world.vm.volumes().get(1), "changed".getBytes(UTF_8));
                world.run(driver -> driver.startRestore(Requests.restore(made, world.vm)));
                assertThat(world.hashes()).isEqualTo(world.hashesAtCrash);
            }
        });

        assertThat(crashes).isGreaterThan(10);
    }

    @Test
    void restoreEndsWellAndNeverTearsAVolumeWhereverTheProcessDies() throws IOException {
        int crashes = forEveryCrashPoint(new Scenario() {
            @Override
            public Function<BackupDriver, OperationRef> start(World world) {
                RestoreRequest request = Requests.restore(world.point, world.vm);
                return driver -> driver.startRestore(request);
            }

            @Override
            public void afterCrash(World world) {
                List<String> now = world.hashes();
                for (int i = 0; i < now.size(); i++) {
                    assertThat(now.get(i)).isIn(world.hashesAtCrash.get(i), world.hashesInPoint.get(i));
                }
            }

            @Override
            public void afterEnd(World world, Succeeded end) {
                assertThat(world.hashes()).isEqualTo(world.hashesInPoint);
            }
        });

        assertThat(crashes).isGreaterThan(10);
    }

    @Test
    void volumeRestoreEndsWellWhereverTheProcessDies() throws IOException {
        int crashes = forEveryCrashPoint(new Scenario() {
            @Override
            public Function<BackupDriver, OperationRef> start(World world) {
                VolumeRestoreRequest request =
                        Requests.volumeRestore(world.point, world.vm.volumes().get(0), world.vm);
                return driver -> driver.startVolumeRestore(request);
            }

            @Override
            public void afterCrash(World world) {
                assertThat(world.hashes()).isEqualTo(world.hashesAtCrash);
            }

            @Override
            public void afterEnd(World world, Succeeded end) {
                String path = end.restoredVolumePath().orElseThrow();
                assertThat(DummyHarness.hash(world.harness.volumes().resolve(path)))
                        .isEqualTo(world.hashesInPoint.get(0));
                assertThat(world.hashes()).isEqualTo(world.hashesAtCrash);
            }
        });

        assertThat(crashes).isGreaterThan(8);
    }

    @Test
    void deletionEndsWellWhereverTheProcessDies() throws IOException {
        int crashes = forEveryCrashPoint(new Scenario() {
            @Override
            public Function<BackupDriver, OperationRef> start(World world) {
                DeleteRequest request = Requests.delete(world.point);
                return driver -> driver.startDelete(request);
            }

            @Override
            public void afterCrash(World world) {
                assertThat(world.points()).hasSizeBetween(0, 1);
            }

            @Override
            public void afterEnd(World world, Succeeded end) {
                assertThat(world.points()).isEmpty();
            }
        });

        assertThat(crashes).isGreaterThan(8);
    }

    private interface Scenario {
        Function<BackupDriver, OperationRef> start(World world);

        void afterCrash(World world);

        void afterEnd(World world, Succeeded end);
    }

    /** How many crash points there were. */
    private static int forEveryCrashPoint(Scenario scenario) throws IOException {
        int changes = 0;
        boolean crashed = true;
        while (crashed) {
            try (var world = new World()) {
                Function<BackupDriver, OperationRef> start = scenario.start(world);
                crashed = world.crashAfter(changes, start);
                scenario.afterCrash(world);
                Succeeded end = world.run(start);
                scenario.afterEnd(world, end);
                world.assertNothingIsLeftBehind();
            }
            changes++;
        }
        return changes - 1;
    }

    /** A VM with one restore point and with content that has changed since. */
    private static final class World implements AutoCloseable {
        final DummyHarness harness = new DummyHarness();
        final VmRef vm = harness.createVm("web-1", ROOT, DATA);
        final RestorePoint point;
        final List<String> hashesInPoint = hashes();
        final List<String> hashesAtCrash;

        World() {
            driver().assign(vm, "gold-policy");
            point = run(driver -> driver.startBackup(Requests.backup(vm, "gold-policy")))
                    .madeRestorePoint()
                    .orElseThrow();
            for (VolumeRef volume : vm.volumes()) {
                harness.changeContent(volume, "changed since".getBytes(UTF_8));
            }
            hashesAtCrash = hashes();
            harness.step();
        }

        /** False when the operation ended before the process died. */
        boolean crashAfter(int changes, Function<BackupDriver, OperationRef> start) {
            var gate = new CrashGate(changes);
            harness.restart(gate);
            boolean ended = false;
            try {
                OperationRef operation = start.apply(driver());
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (!ended && !gate.hasCrashed()) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    LockSupport.parkNanos(100_000);
                    ended = driver().status(operation).isEnded();
                }
            } catch (ProviderException e) {
                assertThat(gate.hasCrashed()).as(e.text()).isTrue();
            }
            harness.restart();
            return gate.hasCrashed();
        }

        Succeeded run(Function<BackupDriver, OperationRef> start) {
            BackupDriver driver = driver();
            OperationRef operation = start.apply(driver);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            OperationStatus status = driver.status(operation);
            while (!status.isEnded()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(100_000);
                status = driver.status(operation);
            }
            assertThat(status).isInstanceOf(Succeeded.class);
            return (Succeeded) status;
        }

        BackupDriver driver() {
            return harness.factory().open(harness.zone());
        }

        List<RestorePoint> points() {
            return driver().restorePoints(null, 100).points();
        }

        List<String> hashes() {
            return vm.volumes().stream().map(harness::contentHash).toList();
        }

        void assertNothingIsLeftBehind() throws IOException {
            assertThat(points()).hasSizeLessThan(3);
            assertThat(harness.volumeFiles()).noneMatch(name -> name.endsWith(".restoring"));
            try (Stream<Path> files = Files.walk(harness.zoneFolder())) {
                assertThat(files.map(
                                file -> harness.zoneFolder().relativize(file).toString()))
                        .noneMatch(name -> name.startsWith("operations/open/"))
                        .noneMatch(name -> name.startsWith("staging/"));
            }
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
