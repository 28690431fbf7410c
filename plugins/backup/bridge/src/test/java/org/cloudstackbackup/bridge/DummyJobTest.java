/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.storage.VolumeVO;
import com.cloud.utils.Pair;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.dummy.DummyDriverFactory;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with a product that keeps real bytes, and its own operations through crashes. */
@SuppressWarnings("NullAway.Init")
class DummyJobTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    private final FakeCloudStack cloudStack = new FakeCloudStack();
    private DummyDriverFactory factory;
    private DriverBackupProvider provider;
    private VMInstanceVO vm;
    private boolean killed;

    /** CloudStack's clock may run ahead of the product's; time is only looked at here to see who is alive. */
    private Duration ahead = Duration.ZERO;

    @BeforeEach
    void assign() throws IOException {
        Files.createDirectories(folder.resolve("volumes"));
        start();
        BackupOfferingVO gold = cloudStack.offering("gold-policy", "dummy-files");
        vm = cloudStack.machine("web-1", SIZE, SIZE);
        for (VolumeVO volume : volumes(vm)) {
            fill(volume, volume.getDeviceId().byteValue() + 1);
        }
        assertThat(cloudStack.assign(provider, vm, gold)).isTrue();
        assertThat(vm.getBackupExternalId()).isEqualTo("dummy-" + vm.getUuid());
    }

    @AfterEach
    void stop() {
        factory.close();
    }

    @Test
    void whatWasBackedUpComesBackInPlaceInANewMachineAndAsAVolume() throws IOException {
        Backup backup = cloudStack.take(provider, vm).second();
        for (VolumeVO volume : volumes(vm)) {
            fill(volume, 99);
        }
        assertThat(provider.restoreVMFromBackup(vm, backup)).isTrue();
        assertThat(content(volumes(vm).get(0))).isEqualTo(filled(1));
        assertThat(content(volumes(vm).get(1))).isEqualTo(filled(2));

        VMInstanceVO fresh = cloudStack.machine("web-2", SIZE, SIZE);
        for (VolumeVO volume : volumes(fresh)) {
            fill(volume, 0);
        }
        assertThat(provider.restoreBackupToVM(fresh, backup, null, null).first())
                .isTrue();
        assertThat(content(volumes(fresh).get(1))).isEqualTo(filled(2));

        Pair<Boolean, String> restored = provider.restoreBackedUpVolume(
                backup,
                backup.getBackedUpVolumes().get(1),
                FakeCloudStack.HOST,
                FakeCloudStack.POOL,
                new Pair<>(fresh.getName(), VirtualMachine.State.Stopped));
        assertThat(content(cloudStack.volumes.known(restored.second()))).isEqualTo(filled(2));

        assertThat(cloudStack.sync(provider, vm)).isEmpty();
        assertThat(cloudStack.rowsOf(vm)).hasSize(1);
        assertThat(provider.getBackupStorageStats(FakeCloudStack.ZONE).first()).isPositive();
        assertThat(provider.deleteBackup(backup, false)).isTrue();
        assertThatThrownBy(() -> provider.restoreVMFromBackup(vm, backup)).hasMessageContaining("restore point");
    }

    @Test
    void aBackupOutlivesItsManagementServer() {
        killed = true;
        assertThatThrownBy(() -> provider.takeBackup(vm, false)).hasMessageContaining("goes on at the product");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cloudStack.rowsOf(vm)).extracting(BackupVO::getStatus).containsExactly(Status.BackingUp);

        factory.close();
        start();
        ahead = Marks.SILENCE.plusMinutes(1);
        Instant bound = Instant.now().plusSeconds(60);
        while (cloudStack.rowsOf(vm).get(0).getStatus() == Status.BackingUp
                && Instant.now().isBefore(bound)) {
            assertThat(cloudStack.sync(provider, vm)).isEmpty();
        }
        assertThat(cloudStack.rowsOf(vm)).extracting(BackupVO::getStatus).containsExactly(Status.BackedUp);
        assertThat(cloudStack.counted).isEqualTo(1);
        assertThat(provider.restoreVMFromBackup(vm, cloudStack.rowsOf(vm).get(0)))
                .isTrue();
    }

    private void start() {
        killed = false;
        factory = new DummyDriverFactory(folder.resolve("repository"), folder.resolve("volumes"));
        provider = cloudStack.inject(
                new DriverBackupProvider("dummy-files", reachable(factory), new Ahead(), this::pause, Runnable::run));
    }

    /** The same product, that a killed server cannot ask any more. */
    private DriverFactory reachable(DriverFactory product) {
        return forwarding(
                DriverFactory.class,
                product,
                opened -> opened instanceof BackupDriver driver
                        ? forwarding(BackupDriver.class, driver, answer -> answer)
                        : opened);
    }

    private <T> T forwarding(Class<T> type, T target, UnaryOperator<Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (killed && method.getName().equals("status")) {
                        throw new ProviderException(ErrorKind.UNAVAILABLE, "product", "The server is being killed");
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        return answer == null ? null : answers.apply(answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Short, for the product's threads work in real time; a killed server does not wait at all. */
    private void pause(Duration asked) throws InterruptedException {
        if (killed) {
            throw new InterruptedException("killed");
        }
        Thread.onSpinWait();
    }

    private List<VolumeVO> volumes(VMInstanceVO owner) {
        return cloudStack.volumes.findByInstance(owner.getId());
    }

    private void fill(VolumeVO volume, int value) throws IOException {
        Files.write(folder.resolve("volumes").resolve(volume.getPath()), filled(value));
    }

    private byte[] content(VolumeVO volume) throws IOException {
        return Files.readAllBytes(folder.resolve("volumes").resolve(volume.getPath()));
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private final class Ahead extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
