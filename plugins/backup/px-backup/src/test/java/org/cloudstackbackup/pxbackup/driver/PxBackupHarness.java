/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.Content;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.DriverHarness;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.VmRefBuilder;

/** The emulator with one cluster, where each VM has a namespace of its own and its claims are called by their position. */
final class PxBackupHarness implements DriverHarness {
    static final String ZONE = "7d3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a12";
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private static final String TOKEN = "static-token-of-the-test";

    private final PxBackupEmulator emulator;
    private final KubeCluster cluster;
    private final Map<String, String> settings = new HashMap<>();
    private DriverFactory factory;
    private Duration step = Duration.ofMinutes(1);

    PxBackupHarness() {
        this("3.1");
    }

    PxBackupHarness(String dialect) {
        emulator = PxBackupEmulator.start(
                PxBackupOptions.forTests().withToken(TOKEN).withStart(START).withDialect(dialect));
        cluster = emulator.addCluster("cluster", "UTC");
        emulator.addLocation("location", 0);
        emulator.addPolicy("at-month-end", "{\"monthly\":{\"date\":28,\"time\":\"02:00AM\",\"retain\":3}}");
        emulator.addPolicy("quarter-hourly", "{\"interval\":{\"minutes\":15,\"retain\":50}}");
        factory = new PxBackupDriverFactory(emulator::advance);
        factory.settings().forEach(setting -> settings.put(setting.key(), setting.defaultValue()));
        set(PxBackupSettings.URL, emulator.url());
        set(PxBackupSettings.TOKEN, TOKEN);
        set(PxBackupSettings.CLUSTER, "cluster");
        set(PxBackupSettings.LOCATION, "location");
        set(PxBackupSettings.PAGE_SIZE, "3");
    }

    PxBackupEmulator emulator() {
        return emulator;
    }

    KubeCluster cluster() {
        return cluster;
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    @Override
    public DriverFactory factory() {
        return factory;
    }

    @Override
    public ZoneContext zone() {
        return new ZoneContext(ZONE, "sim-pxbackup", settings, new EmulatorClock(emulator));
    }

    @Override
    public VmRef createVm(String name, byte[]... contents) {
        String namespace = "ns-" + Requests.token().substring(0, 8);
        VmRefBuilder vm =
                VmRefBuilder.vm(name).detail("kubevirt.namespace", namespace).detail("kubevirt.name", name);
        String[] claims = new String[contents.length];
        for (int i = 0; i < contents.length; i++) {
            claims[i] = "disk-" + i;
            Claim claim = Claim.of(namespace, claims[i], contents[i].length, "");
            cluster.put(claim);
            cluster.write(namespace, claims[i], contents[i], contents[i].length);
            vm.volume(namespace + "/" + claims[i], contents[i].length);
        }
        VirtualMachine machine = VirtualMachine.of(namespace, name, claims).withPhase(VirtualMachine.Phase.STOPPED);
        cluster.put(machine);
        return vm.detail("kubevirt.uid", machine.uid()).build();
    }

    /** No machine of the cluster, and paths that mean nothing to it. */
    @Override
    public VmRef createFreshVm(String name, int... sizes) {
        VmRefBuilder vm = VmRefBuilder.vm(name);
        for (int size : sizes) {
            vm.volume(Requests.token() + ".raw", size);
        }
        return vm.build();
    }

    @Override
    public void destroyVm(VmRef vm) {
        cluster.removeMachine(namespaceOf(vm), vm.name());
        vm.volumes().forEach(this::destroyVolume);
    }

    static String namespaceOf(VmRef vm) {
        return requireNonNull(vm.details().get("kubevirt.namespace"));
    }

    @Override
    public String contentHash(VolumeRef volume) {
        return content(volume).checksum();
    }

    private Content content(VolumeRef volume) {
        String[] path = volume.path().split("/");
        return cluster.claim(path[0], path[1]).orElseThrow().content();
    }

    @Override
    public void changeContent(VolumeRef volume, byte[] content) {
        String[] path = volume.path().split("/");
        byte[] before = content(volume).bytes();
        byte[] after = Arrays.copyOf(before, Math.max(before.length, content.length));
        System.arraycopy(content, 0, after, 0, content.length);
        cluster.write(path[0], path[1], after, content.length);
    }

    @Override
    public void destroyVolume(VolumeRef volume) {
        String[] path = volume.path().split("/");
        cluster.removeClaim(path[0], path[1]);
    }

    /** A backup takes seven seconds at least, a restore takes nine and the copy before it seven. */
    @Override
    public void makeOperationsSlow() {
        step = Duration.ofMillis(800);
    }

    @Override
    public void makeOperationsFast() {
        step = Duration.ofMinutes(1);
    }

    @Override
    public void step() {
        emulator.advance(step);
    }

    /** A port that nobody listens on stands for a product that is away. */
    @Override
    public void setReachable(boolean reachable) {
        set(PxBackupSettings.URL, reachable ? emulator.url() : "http://127.0.0.1:1");
    }

    @Override
    public void losePoint(RestorePoint point) {
        emulator.remove("backup", point.id().substring(0, point.id().indexOf('/')));
    }

    @Override
    public void restart() {
        factory = new PxBackupDriverFactory(emulator::advance);
    }

    @Override
    public void close() {
        emulator.close();
    }

    /** The server's time. */
    private static final class EmulatorClock extends Clock {
        private final PxBackupEmulator emulator;

        EmulatorClock(PxBackupEmulator emulator) {
            this.emulator = emulator;
        }

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
            return emulator.clock().instant();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EmulatorClock clock && clock.emulator == emulator;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(emulator);
        }
    }
}
