/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.DriverHarness;

/** The dummy product behind a driver that differs in a part, with other capabilities. */
final class ChangedHarness implements DriverHarness {
    private final DummyHarness dummy = new DummyHarness();
    private final Set<Capability> capabilities;
    private final UnaryOperator<BackupDriver> change;
    private DriverFactory factory;

    ChangedHarness(Set<Capability> capabilities, UnaryOperator<BackupDriver> change) {
        this.capabilities = Set.copyOf(capabilities);
        this.change = change;
        factory = new ChangedFactory(dummy.factory());
    }

    @Override
    public DriverFactory factory() {
        return factory;
    }

    @Override
    public ZoneContext zone() {
        return dummy.zone();
    }

    @Override
    public VmRef createVm(String name, byte[]... contents) {
        return dummy.createVm(name, contents);
    }

    @Override
    public VmRef createFreshVm(String name, int... sizes) {
        return dummy.createFreshVm(name, sizes);
    }

    @Override
    public void destroyVm(VmRef vm) {
        dummy.destroyVm(vm);
    }

    @Override
    public String contentHash(VolumeRef volume) {
        return dummy.contentHash(volume);
    }

    @Override
    public void changeContent(VolumeRef volume, byte[] content) {
        dummy.changeContent(volume, content);
    }

    @Override
    public void destroyVolume(VolumeRef volume) {
        dummy.destroyVolume(volume);
    }

    @Override
    public void makeOperationsSlow() {
        dummy.makeOperationsSlow();
    }

    @Override
    public void makeOperationsFast() {
        dummy.makeOperationsFast();
    }

    @Override
    public void step() {
        dummy.step();
    }

    @Override
    public void setReachable(boolean reachable) {
        dummy.setReachable(reachable);
    }

    @Override
    public void losePoint(RestorePoint point) {
        dummy.losePoint(point);
    }

    @Override
    public void restart() {
        dummy.restart();
        factory = new ChangedFactory(dummy.factory());
    }

    @Override
    public void close() {
        dummy.close();
    }

    private final class ChangedFactory implements DriverFactory {
        private final DriverFactory real;

        ChangedFactory(DriverFactory real) {
            this.real = real;
        }

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
            return capabilities;
        }

        @Override
        public List<SettingDefinition> settings() {
            return real.settings();
        }

        @Override
        public BackupDriver open(ZoneContext zone) {
            return change.apply(real.open(zone));
        }
    }
}
