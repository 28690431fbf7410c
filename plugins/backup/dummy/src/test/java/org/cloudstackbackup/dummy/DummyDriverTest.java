/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is the dummy's own, beside the {@link DriverContract}. */
@Timeout(60)
final class DummyDriverTest {
    private final DummyHarness harness = new DummyHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    // ---- names that lead elsewhere

    @Test
    void aVolumePathThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Path secret = harness.repository().resolveSibling("secret.raw");
        Files.writeString(secret, "not a volume");
        Path link = harness.volumes().resolve("link");
        Files.createSymbolicLink(link, harness.repository().getParent());

        for (String path :
                List.of("../secret.raw", secret.toString(), "a/../../secret.raw", "link/secret.raw", "", ".")) {
            VmRef vm = assigned(VmRefBuilder.vm("evil").volume(path, 12).build());
            assertFails(ErrorKind.USER, () -> driver().startBackup(Requests.backup(vm, "gold-policy")));
        }
        assertThat(driver().restorePoints(null, 10).points()).isEmpty();
    }

    @Test
    void aVolumeThatIsALinkIsNotAVolume() throws IOException {
        Files.createSymbolicLink(harness.volumes().resolve("linked.raw"), Path.of("/etc/hostname"));
        VmRef vm = assigned(VmRefBuilder.vm("evil").volume("linked.raw", 12).build());

        assertFails(ErrorKind.NOT_FOUND, () -> driver().startBackup(Requests.backup(vm, "gold-policy")));
    }

    @Test
    void aRestoreTargetOutsideOfTheFolderIsRefused() throws IOException {
        VmRef vm = assigned(harness.createVm("web-1", bytes("content")));
        RestorePoint point = backedUp(vm);
        Path secret = harness.repository().resolveSibling("secret.raw");
        Files.writeString(secret, "not a volume");
        VolumeRef outside = new VolumeRef(Requests.token(), "../secret.raw", true, 100, 0);

        assertFails(
                ErrorKind.USER,
                () -> driver().startRestore(new RestoreRequest(
                        Requests.token(),
                        point.id(),
                        vm,
                        Map.of(vm.volumes().get(0).uuid(), outside))));
        assertThat(secret).hasContent("not a volume");
    }

    @Test
    void idsThatAreNoUuidsAreRefused() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("content")));
        RestorePoint point = backedUp(vm);
        String volume = vm.volumes().get(0).uuid();

        for (String id : List.of("../x", "a/b", "", "x".repeat(65), "a\u0000b", ".", "-a")) {
            assertFails(
                    ErrorKind.USER, () -> driver().startBackup(new BackupRequest(id, vm, "gold-policy", "b", false)));
            assertFails(
                    ErrorKind.USER,
                    () -> driver().assign(VmRefBuilder.copyOf(vm).uuid(id).build(), "gold-policy"));
            assertFails(
                    ErrorKind.USER,
                    () -> driver().startVolumeRestore(
                                    new VolumeRestoreRequest(Requests.token(), point.id(), volume, id, vm)));
            assertFails(
                    ErrorKind.NOT_FOUND,
                    () -> driver().startVolumeRestore(
                                    new VolumeRestoreRequest(Requests.token(), id, volume, Requests.token(), vm)));
        }
        assertFails(ErrorKind.NOT_FOUND, () -> driver().status(new OperationRef("../../" + DummyHarness.ZONE)));
    }

    // ---- damage

    @Test
    void aRestoreOfDamagedBytesIsRefusedAndNamesBothHashes() throws IOException {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root"), bytes("data")));
        RestorePoint point = backedUp(vm);
        VolumeRef data = vm.volumes().get(1);
        Path stored = stored(point, data);
        String good = DummyHarness.hash(stored);
        flipLastByte(stored);
        changeAll(vm);
        List<String> before = hashes(vm);

        OperationStatus inPlace = run(driver().startRestore(Requests.restore(point, vm)));
        OperationStatus ofVolume = run(driver().startVolumeRestore(Requests.volumeRestore(point, data, vm)));

        for (OperationStatus end : List.of(inPlace, ofVolume)) {
            assertThat(end).isInstanceOfSatisfying(OperationStatus.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(ErrorKind.EXTERNAL);
                assertThat(failed.message()).contains(data.uuid(), good, DummyHarness.hash(stored));
            });
        }
        assertThat(hashes(vm)).isEqualTo(before);
        assertThat(harness.volumeFiles()).hasSize(2);
    }

    @Test
    void aTornOrMissingStoredVolumeFailsTheRestore() throws IOException {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root"), bytes("data")));
        List<String> before = hashes(vm);
        RestorePoint torn = backedUp(vm);
        try (var file = new RandomAccessFile(stored(torn, vm.volumes().get(0)).toFile(), "rw")) {
            file.setLength(5);
        }
        RestorePoint missing = backedUp(vm);
        Files.delete(stored(missing, vm.volumes().get(1)));

        for (RestorePoint point : List.of(torn, missing)) {
            assertThat(run(driver().startRestore(Requests.restore(point, vm))))
                    .isInstanceOfSatisfying(
                            OperationStatus.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.EXTERNAL));
        }
        assertThat(hashes(vm)).isEqualTo(before);
        assertThat(harness.volumeFiles()).hasSize(2);
    }

    @Test
    void aDamagedCatalogueIsAnErrorAndNeverAShorterListing() throws IOException {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        backedUp(vm);
        Path manifest = point(backedUp(vm)).resolve("manifest.json");
        byte[] whole = Files.readAllBytes(manifest);

        for (String damage : List.of("", "{", "[]", "{}", "null", "{\"point\":{}}", "\u0000\u0001")) {
            Files.writeString(manifest, damage);
            assertFails(ErrorKind.EXTERNAL, () -> driver().restorePoints(null, 10));
        }
        Files.delete(manifest);
        assertFails(ErrorKind.EXTERNAL, () -> driver().restorePoints(null, 10));
        Files.write(manifest, whole);
        assertThat(driver().restorePoints(null, 10).points()).hasSize(2);
    }

    @Test
    void aRepositoryThatIsNotMountedIsUnavailableAndNotEmpty() throws IOException {
        backedUp(assigned(harness.createVm("web-1", bytes("root"))));
        Path away = harness.repository().resolveSibling("away");
        Files.move(harness.repository(), away);

        assertFails(ErrorKind.UNAVAILABLE, () -> driver().restorePoints(null, 10));
        assertFails(ErrorKind.UNAVAILABLE, () -> driver().offerings());

        Files.move(away, harness.repository(), StandardCopyOption.ATOMIC_MOVE);
        assertThat(driver().restorePoints(null, 10).points()).hasSize(1);
        Files.move(harness.zoneFolder().resolve("points"), harness.zoneFolder().resolve("elsewhere"));
        assertFails(ErrorKind.EXTERNAL, () -> driver().restorePoints(null, 10));
        assertFails(ErrorKind.EXTERNAL, () -> driver().storageUse());
    }

    // ---- disks that do not take more

    @Test
    void aFolderThatCannotBeMadeIsATypedError() {
        Path file = harness.volumes().resolve("file");
        DummyHarness.write(file, bytes("in the way"));

        assertFails(ErrorKind.EXTERNAL, () -> new DummyDriverFactory(file.resolve("repository"), harness.volumes()));
    }

    @Test
    void aFullDiskFailsTheOperationAndKeepsWhatWasThere() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root"), bytes("data")));
        RestorePoint point = backedUp(vm);
        changeAll(vm);
        List<String> before = hashes(vm);
        harness.restart((action, path) -> {
            if (action.equals("unpack block") || action.equals("pack block")) {
                throw new IOException("No space left on device");
            }
        });

        OperationStatus restore = run(driver().startRestore(Requests.restore(point, vm)));
        OperationStatus backup = run(driver().startBackup(Requests.backup(vm, "gold-policy")));

        for (OperationStatus end : List.of(restore, backup)) {
            assertThat(end).isInstanceOfSatisfying(OperationStatus.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(ErrorKind.EXTERNAL);
                assertThat(failed.message()).contains("No space left on device");
            });
        }
        assertThat(hashes(vm)).isEqualTo(before);
        assertThat(harness.volumeFiles()).hasSize(2);
        assertThat(driver().restorePoints(null, 10).points()).containsExactly(point);
    }

    @Test
    void aStartThatCannotBeWrittenDownIsATypedErrorAndStartsNothing() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        harness.restart(new CrashGate(0));

        assertFails(ErrorKind.EXTERNAL, () -> driver().startBackup(Requests.backup(vm, "gold-policy")));

        harness.restart();
        assertThat(driver().restorePoints(null, 10).points()).isEmpty();
        backedUp(vm);
    }

    // ---- what is stored

    @Test
    void aSparseVolumeIsStoredAsWhatIsInItAndComesBackWhole() throws IOException {
        long gibibyte = 1L << 30;
        VmRef vm = assigned(harness.createVm("web-1", bytes("beginning")));
        VolumeRef file = vm.volumes().get(0);
        try (var volume = new RandomAccessFile(harness.file(file).toFile(), "rw")) {
            volume.setLength(gibibyte);
            volume.seek(gibibyte - 3);
            volume.write(bytes("end"));
        }
        VmRef large = VmRefBuilder.copyOf(vm)
                .volumes(List.of(new VolumeRef(file.uuid(), file.path(), true, gibibyte, 0)))
                .build();

        RestorePoint point = backedUp(large);
        harness.changeContent(file, bytes("something else"));
        run(driver().startRestore(Requests.restore(point, large)));

        assertThat(point.protectedBytes()).isEqualTo(gibibyte);
        assertThat(point.sizeBytes()).isBetween(1L, 200_000L);
        assertThat(Files.size(harness.file(file))).isEqualTo(gibibyte);
        try (var volume = new RandomAccessFile(harness.file(file).toFile(), "r")) {
            byte[] head = new byte[14];
            volume.readFully(head);
            assertThat(new String(head, UTF_8)).isEqualTo("beginning\0\0\0\0\0");
            volume.seek(gibibyte - 3);
            byte[] tail = new byte[3];
            volume.readFully(tail);
            assertThat(new String(tail, UTF_8)).isEqualTo("end");
        }
    }

    @Test
    void aVmWithoutVolumesOrWithoutAPolicyIsNotBackedUp() {
        VmRef empty = assigned(VmRefBuilder.vm("empty").build());
        VmRef free = harness.createVm("free", bytes("root"));

        assertFails(ErrorKind.USER, () -> driver().startBackup(Requests.backup(empty, "gold-policy")));
        assertFails(ErrorKind.NOT_FOUND, () -> driver().startBackup(Requests.backup(free, "gold-policy")));
        driver().assign(free, "silver-policy");
        assertFails(ErrorKind.CONFLICT, () -> driver().assign(free, "gold-policy"));
        driver().remove(free, "gold-policy");
        assertFails(ErrorKind.CONFLICT, () -> driver().assign(free, "gold-policy"));
        driver().remove(free, "silver-policy");
        driver().assign(free, "gold-policy");
    }

    @Test
    void anExistingVolumeIsNeverOverwrittenByAVolumeRestore() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        RestorePoint point = backedUp(vm);
        var first = Requests.volumeRestore(point, vm.volumes().get(0), vm);
        run(driver().startVolumeRestore(first));

        var second =
                new VolumeRestoreRequest(Requests.token(), point.id(), first.volumeUuid(), first.newVolumeUuid(), vm);

        assertFails(ErrorKind.CONFLICT, () -> driver().startVolumeRestore(second));
    }

    @Test
    void aTokenThatWasUsedForSomethingElseIsRefused() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        BackupRequest backup = Requests.backup(vm, "gold-policy");
        RestorePoint point = succeeded(run(driver().startBackup(backup)));

        assertFails(
                ErrorKind.USER,
                () -> driver().startRestore(new RestoreRequest(
                        backup.clientToken(),
                        point.id(),
                        vm,
                        Requests.restore(point, vm).targets())));
    }

    // ---- being told what to do

    @Test
    void anOperationEndsWhenTheClockSaysSo() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        harness.set(DummySettings.DELAY, "40");
        OperationRef backup = driver().startBackup(Requests.backup(vm, "gold-policy"));

        harness.clock().advance(Duration.ofSeconds(10));
        assertThat(driver().status(backup)).isEqualTo(new OperationStatus.Running(25, "backup of vm web-1"));
        harness.clock().advance(Duration.ofSeconds(29));
        assertThat(driver().status(backup)).isEqualTo(new OperationStatus.Running(97, "backup of vm web-1"));
        harness.clock().advance(Duration.ofSeconds(1));

        assertThat(run(backup)).isInstanceOf(OperationStatus.Succeeded.class);
    }

    @Test
    void aCancelledRestoreTouchesNoVolumeAndLeavesNoFile() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root"), bytes("data")));
        RestorePoint point = backedUp(vm);
        changeAll(vm);
        List<String> before = hashes(vm);
        harness.makeOperationsSlow();
        OperationRef restore = driver().startRestore(Requests.restore(point, vm));

        driver().cancel(restore);

        assertThat(run(restore)).isInstanceOf(OperationStatus.Cancelled.class);
        assertThat(hashes(vm)).isEqualTo(before);
        assertThat(harness.volumeFiles()).hasSize(2);
    }

    @Test
    void eachKindOfOperationCanBeToldToFail() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root"), bytes("data")));
        RestorePoint point = backedUp(vm);
        changeAll(vm);
        List<String> before = hashes(vm);

        harness.set(DummySettings.FAIL, "backup");
        OperationStatus backup = run(driver().startBackup(Requests.backup(vm, "gold-policy")));
        harness.set(DummySettings.FAIL, "restore");
        OperationStatus restore = run(driver().startRestore(Requests.restore(point, vm)));
        OperationStatus ofVolume = run(driver().startVolumeRestore(
                        Requests.volumeRestore(point, vm.volumes().get(0), vm)));
        harness.set(DummySettings.FAIL, "delete");
        OperationStatus delete = run(driver().startDelete(Requests.delete(point)));
        harness.set(DummySettings.FAIL, "list");
        assertFails(ErrorKind.EXTERNAL, () -> driver().restorePoints(null, 10));
        harness.set(DummySettings.FAIL, "none");

        for (OperationStatus end : List.of(backup, restore, ofVolume, delete)) {
            assertThat(end).isInstanceOfSatisfying(OperationStatus.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(ErrorKind.EXTERNAL);
                assertThat(failed.message()).contains(DummySettings.FAIL);
            });
        }
        assertThat(hashes(vm)).isEqualTo(before);
        assertThat(driver().restorePoints(null, 10).points()).containsExactly(point);
        assertThat(harness.volumeFiles()).hasSize(2);
    }

    @Test
    void aPointThatIsBeingReadIsNotDeleted() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        RestorePoint point = backedUp(vm);
        harness.makeOperationsSlow();
        OperationRef restore = driver().startRestore(Requests.restore(point, vm));

        assertFails(ErrorKind.CONFLICT, () -> driver().startDelete(Requests.delete(point)));

        assertThat(run(restore)).isInstanceOf(OperationStatus.Succeeded.class);
    }

    @Test
    void zonesDoNotSeeEachOther() {
        backedUp(assigned(harness.createVm("web-1", bytes("root"))));
        var other = new ZoneContext(Requests.token(), "other", harness.zone().settings(), harness.clock());

        assertThat(harness.factory().open(other).restorePoints(null, 10).points())
                .isEmpty();
        assertThat(harness.factory().open(other).storageUse().usedBytes()).isZero();
    }

    @Test
    void anOperationThatOneFactoryPreparedIsEndedByAnother() {
        harness.set(DummySettings.DELAY, "100");
        VmRef vm = harness.createVm("web-1", "content".getBytes(UTF_8));
        BackupDriver driver = harness.factory().open(harness.zone());
        driver.assign(vm, "gold-policy");
        OperationRef operation = driver.startBackup(Requests.backup(vm, "gold-policy"));
        try (var other = new DummyDriverFactory(harness.repository(), harness.volumes())) {
            BackupDriver second = other.open(harness.zone());
            assertThat(second.status(operation)).isInstanceOf(OperationStatus.Running.class);
            harness.clock().advance(Duration.ofSeconds(101));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!second.status(operation).isEnded()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(second.restorePoints(null, 10).points()).hasSize(1);
            assertThat(driver.status(operation)).isInstanceOf(OperationStatus.Succeeded.class);
        }
    }

    @Test
    void endedOperationsAreForgottenAfterAWeek() throws IOException {
        VmRef vm = harness.createVm("web-1", "content".getBytes(UTF_8));
        BackupDriver driver = harness.factory().open(harness.zone());
        driver.assign(vm, "gold-policy");
        Instant now = harness.clock().instant();
        List<Path> ended = new ArrayList<>();
        for (Duration age : List.of(Duration.ofDays(6), Duration.ofDays(8))) {
            OperationRef operation = driver.startBackup(Requests.backup(vm, "gold-policy"));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!driver.status(operation).isEnded()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(1_000_000);
            }
            Path file = harness.zoneFolder().resolve("operations/ended/" + operation.value() + ".json");
            Files.setLastModifiedTime(file, FileTime.from(now.minus(age)));
            ended.add(file);
        }
        harness.clock().advance(Duration.ofMinutes(61));
        driver.restorePoints(null, 10);
        assertThat(ended.get(0)).exists();
        assertThat(ended.get(1)).doesNotExist();
    }

    @Test
    void manyDriversOfOneZoneShareTheWork() {
        VmRef vm = assigned(harness.createVm("web-1", bytes("root")));
        harness.makeOperationsSlow();
        OperationRef backup = driver().startBackup(Requests.backup(vm, "gold-policy"));

        harness.makeOperationsFast();
        try (BackupDriver other = driver()) {
            assertFails(ErrorKind.CONFLICT, () -> other.startBackup(Requests.backup(vm, "gold-policy")));
            harness.clock().advance(Duration.ofSeconds(100));
            assertThat(run(backup)).isInstanceOf(OperationStatus.Succeeded.class);
        }
        assertThat(driver().restorePoints(null, 10).points()).hasSize(1);
    }

    // ---- private

    private BackupDriver driver() {
        return harness.factory().open(harness.zone());
    }

    private VmRef assigned(VmRef vm) {
        driver().assign(vm, "gold-policy");
        return vm;
    }

    private RestorePoint backedUp(VmRef vm) {
        RestorePoint point = succeeded(run(driver().startBackup(Requests.backup(vm, "gold-policy"))));
        harness.step();
        return point;
    }

    private OperationStatus run(OperationRef operation) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        OperationStatus status = driver().status(operation);
        while (!status.isEnded()) {
            assertThat(System.nanoTime())
                    .as("%s has not ended: %s", operation, status)
                    .isLessThan(deadline);
            harness.step();
            LockSupport.parkNanos(1_000_000);
            status = driver().status(operation);
        }
        return status;
    }

    private static RestorePoint succeeded(OperationStatus status) {
        assertThat(status).isInstanceOf(OperationStatus.Succeeded.class);
        return ((OperationStatus.Succeeded) status).madeRestorePoint().orElseThrow();
    }

    private void changeAll(VmRef vm) {
        vm.volumes().forEach(volume -> harness.changeContent(volume, bytes("X")));
    }

    private List<String> hashes(VmRef vm) {
        return vm.volumes().stream().map(harness::contentHash).toList();
    }

    private Path point(RestorePoint point) {
        return harness.zoneFolder().resolve("points").resolve(point.id());
    }

    private Path stored(RestorePoint point, VolumeRef volume) throws IOException {
        try (Stream<Path> files = Files.list(point(point))) {
            return files.filter(file -> file.getFileName().toString().startsWith(volume.uuid()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static void assertFails(ErrorKind kind, ThrowingCallable call) {
        ProviderException thrown = catchThrowableOfType(ProviderException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.text()).isEqualTo(kind);
    }
}
