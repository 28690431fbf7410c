/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process, without a chance to tidy up, while it copies bytes. */
@Timeout(120)
final class DummyKillTest {
    private static final String ZONE = "zone-1";
    private static final String BACKUP_TOKEN = "backup-token";
    private static final String RESTORE_TOKEN = "restore-token";
    private static final int VOLUME_BYTES = 96 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @Test
    void aKilledBackupAndAKilledRestoreComeToATrueEnd() throws Exception {
        byte[] content = new byte[VOLUME_BYTES];
        new Random(4711).nextBytes(content);
        Files.createDirectories(folder.resolve("volumes"));
        for (String volume : List.of("root.raw", "data.raw")) {
            Files.write(folder.resolve("volumes").resolve(volume), content);
        }
        String good = hash("root.raw");

        killWhile("backup", "repository/zone-1/staging/" + BACKUP_TOKEN);
        RestorePoint point;
        try (var product = new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes"))) {
            assertThat(open(product).restorePoints(null, 10).points()).isEmpty();
            OperationStatus end = await(open(product), start(open(product), "backup"));
            assertThat(end).isInstanceOf(OperationStatus.Succeeded.class);
            point = ((OperationStatus.Succeeded) end).madeRestorePoint().orElseThrow();
            assertThat(open(product).restorePoints(null, 10).points()).containsExactly(point);
        }

        for (String volume : List.of("root.raw", "data.raw")) {
            DummyHarness.write(folder.resolve("volumes").resolve(volume), new byte[] {1, 2, 3});
        }
        String changed = hash("root.raw");
        killWhile(
                "restore",
                "volumes/.data.raw." + RESTORE_TOKEN + ".restoring",
                "volumes/.root.raw." + RESTORE_TOKEN + ".restoring");
        assertThat(List.of(changed, good)).contains(hash("root.raw"), hash("data.raw"));
        try (var product = new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes"))) {
            assertThat(await(open(product), start(open(product), "restore")))
                    .isInstanceOf(OperationStatus.Succeeded.class);
        }
        assertThat(List.of(hash("root.raw"), hash("data.raw"))).containsOnly(good);
        assertThat(folder.resolve("volumes").toFile().list()).containsExactlyInAnyOrder("root.raw", "data.raw");
    }

    @Test
    void aLivingProcessIsLeftAloneAndADeadOneIsReplaced() throws Exception {
        byte[] content = new byte[VOLUME_BYTES];
        new Random(4712).nextBytes(content);
        Files.createDirectories(folder.resolve("volumes"));
        for (String volume : List.of("root.raw", "data.raw")) {
            Files.write(folder.resolve("volumes").resolve(volume), content);
        }
        Path staging = folder.resolve("repository/zone-1/staging/" + BACKUP_TOKEN);
        Process process = victim("backup");
        try (var product = new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes"))) {
            awaitAnyOf(process, "repository/zone-1/staging/" + BACKUP_TOKEN);
            Object begun = key(staging);
            BackupDriver driver = open(product, Clock.systemUTC());
            OperationRef operation = start(driver, "backup");
            assertThat(driver.status(operation)).isInstanceOf(OperationStatus.Running.class);
            assertThat(driver.restorePoints(null, 10).points()).isEmpty();
            assertThat(process.isAlive()).as(this::log).isTrue();
            assertThat(key(staging)).as("what the other process gathers").isEqualTo(begun);

            process.destroyForcibly().waitFor();
            assertThat(await(open(product), operation)).isInstanceOf(OperationStatus.Succeeded.class);
            assertThat(open(product).restorePoints(null, 10).points()).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Starts the operation in another process and kills that as soon as one of the files is there. */
    private void killWhile(String action, String... files) throws IOException, InterruptedException {
        Process process = victim(action);
        try {
            awaitAnyOf(process, files);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as("killed while it worked").isNotZero();
    }

    private Process victim(String action) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        action)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("victim.log").toFile())
                .start();
    }

    private void awaitAnyOf(Process process, String... files) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (List.of(files).stream().noneMatch(file -> Files.exists(folder.resolve(file)))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(process.isAlive()).as(this::log).isTrue();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("victim.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String hash(String volume) {
        return DummyHarness.hash(folder.resolve("volumes").resolve(volume));
    }

    /** As seen a day later, when every operation of the victim is due. */
    private static BackupDriver open(DummyDriverFactory product) {
        return open(product, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
    }

    /** Operations started here last an hour, so that the victim cannot end before it is killed. */
    private static BackupDriver open(DummyDriverFactory product, Clock clock) {
        Map<String, String> settings = product.settings().stream()
                .collect(Collectors.toMap(SettingDefinition::key, SettingDefinition::defaultValue));
        settings.put(DummySettings.DELAY, "3600");
        return product.open(new ZoneContext(ZONE, ZONE, settings, clock));
    }

    private static VmRef vm() {
        return VmRefBuilder.vm("web-1")
                .uuid("vm-1")
                .volume("root", "root.raw", VOLUME_BYTES)
                .volume("data", "data.raw", VOLUME_BYTES)
                .build();
    }

    private static OperationRef start(BackupDriver driver, String action) {
        VmRef vm = vm();
        driver.assign(vm, "gold-policy");
        if (action.equals("backup")) {
            return driver.startBackup(new BackupRequest(BACKUP_TOKEN, vm, "gold-policy", "b", false));
        }
        RestorePoint point = driver.restorePoints(null, 10).points().get(0);
        return driver.startRestore(new RestoreRequest(
                RESTORE_TOKEN,
                point.id(),
                vm,
                Map.of("root", vm.volumes().get(0), "data", vm.volumes().get(1))));
    }

    private static OperationStatus await(BackupDriver driver, OperationRef operation) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        OperationStatus status = driver.status(operation);
        while (!status.isEnded()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
            status = driver.status(operation);
        }
        return status;
    }

    /** The process to be killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            try (var product = new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes"))) {
                BackupDriver driver = open(product, Clock.systemUTC());
                await(driver, start(driver, arguments[1]));
            }
        }
    }
}
