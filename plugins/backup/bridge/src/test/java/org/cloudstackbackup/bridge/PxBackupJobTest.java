/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloud.storage.VolumeVO;
import com.cloud.vm.VMInstanceVO;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.pxbackup.driver.PxBackupDriverFactory;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new VM from a backup of PX-Backup, which knows no machine that CloudStack has just made. */
@SuppressWarnings("NullAway.Init")
class PxBackupJobTest {
    private static final String TOKEN = "static-token-of-the-test";
    private static final int SIZE = 64;

    private final FakeCloudStack cloudStack = new FakeCloudStack();
    private final SettableClock clock = new SettableClock();
    private PxBackupEmulator emulator;
    private KubeCluster cluster;
    private DriverBackupProvider provider;
    private BackupOfferingVO policy;

    @BeforeEach
    void start() {
        emulator = PxBackupEmulator.start(PxBackupOptions.forTests()
                .withToken(TOKEN)
                .withStart(Instant.parse("2026-11-21T08:00:00Z"))
                .withDialect("3.1"));
        cluster = emulator.addCluster("cluster", "UTC");
        emulator.addLocation("location", 0);
        emulator.addPolicy("at-month-end", "{\"monthly\":{\"date\":28,\"time\":\"02:00AM\",\"retain\":3}}");
        provider = cloudStack.inject(
                new DriverBackupProvider("pxbackup", new ToTheEmulator(), clock, this::pause, Runnable::run));
        policy = cloudStack.offering(emulator.uid("schedule_policy", "at-month-end"), "pxbackup");
    }

    @AfterEach
    void stop() {
        provider.stop();
        emulator.close();
    }

    private void pause(Duration asked) {
        clock.advance(asked);
        emulator.advance(Duration.ofMinutes(1));
    }

    @Test
    void aNewVmIsMadeOfABackupAndIsBackedUpInItsTurn() {
        VMInstanceVO web = machine("web");
        assertThat(cloudStack.assign(provider, web, policy)).isTrue();
        Backup backup = cloudStack.take(provider, web).second();
        for (String claim : List.of("disk-0", "disk-1")) {
            cluster.write("shop", claim, bytes("late"), SIZE);
        }

        VMInstanceVO fresh = cloudStack.machine("fresh", SIZE, SIZE);
        cloudStack
                .machineDetails
                .listDetailsKeyPairs(web.getId())
                .forEach((name, value) -> cloudStack.machineDetails.addDetail(fresh.getId(), name, value, true));
        var restored = provider.restoreBackupToVM(fresh, backup, null, null);

        assertThat(restored.first()).as(restored.second()).isTrue();
        Map<String, String> details = cloudStack.machineDetails.listDetailsKeyPairs(fresh.getId());
        String namespace = "acs-vm-" + fresh.getUuid().replace("-", "").substring(0, 12);
        assertThat(details).containsEntry("kubevirt.namespace", namespace).containsEntry("kubevirt.name", "web");
        assertThat(volumes(fresh))
                .extracting(VolumeVO::getPath)
                .containsExactly(namespace + "/disk-0", namespace + "/disk-1");
        assertThat(content(namespace, "disk-0")).startsWith("saved 0");
        assertThat(content(namespace, "disk-1")).startsWith("saved 1");
        assertThat(content("shop", "disk-0"))
                .as("the old machine is left alone")
                .startsWith("late");
        assertThat(cluster.machine(namespace, "web").orElseThrow().phase()).isEqualTo(VirtualMachine.Phase.STOPPED);

        assertThat(cloudStack.assign(provider, fresh, policy)).isTrue();
        Backup own = cloudStack.take(provider, fresh).second();
        cluster.write(namespace, "disk-1", bytes("later"), SIZE);
        assertThat(provider.restoreVMFromBackup(fresh, own)).isTrue();
        assertThat(content(namespace, "disk-1")).startsWith("saved 1");
    }

    private VMInstanceVO machine(String name) {
        VMInstanceVO vm = cloudStack.machine(name, SIZE, SIZE);
        cloudStack.machineDetails.addDetail(vm.getId(), "kubevirt.namespace", "shop", true);
        cloudStack.machineDetails.addDetail(vm.getId(), "kubevirt.name", name, true);
        for (VolumeVO volume : volumes(vm)) {
            String claim = "disk-" + volume.getDeviceId();
            cluster.put(Claim.of("shop", claim, SIZE, ""));
            cluster.write("shop", claim, bytes("saved " + volume.getDeviceId()), SIZE);
            volume.setPath("shop/" + claim);
            cloudStack.volumes.update(volume.getId(), volume);
        }
        cluster.put(VirtualMachine.of("shop", name, "disk-0", "disk-1").withPhase(VirtualMachine.Phase.STOPPED));
        return vm;
    }

    private List<VolumeVO> volumes(VMInstanceVO vm) {
        return cloudStack.volumes.findByInstance(vm.getId());
    }

    private String content(String namespace, String claim) {
        return new String(
                cluster.claim(namespace, claim).orElseThrow().content().bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The driver for PX-Backup, whatever CloudStack's settings are. */
    private final class ToTheEmulator implements DriverFactory {
        private final DriverFactory real = new PxBackupDriverFactory();

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public String description() {
            return real.description();
        }

        @Override
        public Set<Capability> capabilities() {
            return real.capabilities();
        }

        @Override
        public List<SettingDefinition> settings() {
            return real.settings();
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            Map<String, String> settings = new HashMap<>();
            real.settings().forEach(setting -> settings.put(setting.key(), setting.defaultValue()));
            settings.put(PxBackupSettings.URL, emulator.url());
            settings.put(PxBackupSettings.TOKEN, TOKEN);
            settings.put(PxBackupSettings.CLUSTER, "cluster");
            settings.put(PxBackupSettings.LOCATION, "location");
            return real.open(new ZoneContext(zone.uuid(), zone.name(), settings, Clock.systemUTC()));
        }
    }
}
